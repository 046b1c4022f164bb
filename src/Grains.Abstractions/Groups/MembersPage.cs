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

    /// <summary>Whether the group is no longer there: it was deleted after whoever asks had read it.</summary>
    [Id(2)]
    public bool Gone { get; init; }
}
