using Grains.Abstractions.Groups;

namespace Grains.Groups;

/// <summary>A change of members that the head has committed: what follows from it is done before the group serves again.</summary>
[GenerateSerializer, Immutable, Alias("muster.MembershipIntent")]
public sealed record MembershipIntent
{
    [Id(0)]
    public GroupMember[] Adds { get; init; } = [];

    [Id(1)]
    public GroupMember[] Removes { get; init; } = [];

    /// <summary>Those who are removed no longer exist: nobody is told. One of them may be waiting for this very change.</summary>
    [Id(2)]
    public bool Gone { get; init; }
}
