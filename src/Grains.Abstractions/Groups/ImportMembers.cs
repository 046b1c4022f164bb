namespace Grains.Abstractions.Groups;

/// <summary>Members of a group that was imported, a part of them.</summary>
[GenerateSerializer, Immutable, Alias("muster.ImportMembers")]
public sealed record ImportMembers
{
    [Id(0)]
    public required GroupMember[] Members { get; init; }

    /// <summary>The number in <c>meta.version</c> that the group was imported with: a group that was changed since takes no more of them.</summary>
    [Id(1)]
    public required long Version { get; init; }
}
