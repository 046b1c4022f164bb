using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>The next matches, or why not.</summary>
[GenerateSerializer, Immutable, Alias("muster.ScanReply")]
public sealed record ScanReply
{
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>The ids of those that match, in the order of the index.</summary>
    [Id(1)]
    public string[] Ids { get; init; } = [];

    /// <summary>Where sort keys were asked for: for each id its key, null for a missing value.</summary>
    [Id(2)]
    public string?[] Keys { get; init; } = [];

    /// <summary>Where to go on, or null behind the last.</summary>
    [Id(3)]
    public IndexPosition? Next { get; init; }

    /// <summary>How many resources were looked at; none where an index named those that can match.</summary>
    [Id(4)]
    public int Seen { get; init; }
}
