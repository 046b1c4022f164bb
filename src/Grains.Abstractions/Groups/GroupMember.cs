namespace Grains.Abstractions.Groups;

/// <summary>A member of a group.</summary>
[GenerateSerializer, Immutable, Alias("muster.GroupMember")]
public sealed record GroupMember
{
    [Id(0)]
    public required string Id { get; init; }

    /// <summary><c>User</c> or <c>Group</c>.</summary>
    [Id(1)]
    public required string Type { get; init; }
}
