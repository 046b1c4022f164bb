using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>What a directory's log knows of where a page of a list begins, and how many there are in all.</summary>
[GenerateSerializer, Immutable, Alias("muster.ListStart")]
public sealed record ListStart
{
    /// <summary>How many there are; of a walk that is known, how many it has been told.</summary>
    [Id(0)]
    public required long Total { get; init; }

    /// <summary>The nearest <c>startIndex</c> up to the one asked for whose place is known.</summary>
    [Id(1)]
    public required int StartIndex { get; init; }

    /// <summary>Its place: behind which entry of the index it begins.</summary>
    [Id(2)]
    public IndexPosition Position { get; init; }

    /// <summary>Whether that place is one of a walk.</summary>
    [Id(3)]
    public bool IsWalk { get; init; }

    /// <summary>
    /// The ids of those who came since this activation of the log began. A walk that is counted on from what an earlier one has left did not
    /// see them.
    /// </summary>
    [Id(4)]
    public string[] Created { get; init; } = [];

    /// <summary>The ids of those who went since: such a walk may have seen them.</summary>
    [Id(5)]
    public string[] Deleted { get; init; } = [];
}
