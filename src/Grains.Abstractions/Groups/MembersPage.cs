using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Groups;

/// <summary>A part of a group's members.</summary>
[GenerateSerializer, Immutable, Alias("muster.MembersPage")]
public sealed record MembersPage
{
    [Id(0)]
    public required GroupMember[] Members { get; init; }

    /// <summary>Where the next page begins, or null after the last.</summary>
    [Id(1)]
    public IndexPosition? Next { get; init; }
}
