namespace Grains.Abstractions.Requests;

/// <summary>What came within five minutes.</summary>
[GenerateSerializer, Immutable, Alias("muster.TrafficSlot")]
public sealed record TrafficSlot
{
    /// <summary>How long a slot is, in milliseconds.</summary>
    public const long Length = 5 * 60 * 1000;

    /// <summary>When it began, in Unix milliseconds.</summary>
    [Id(0)]
    public long Start { get; init; }

    /// <summary>Requests whose credential was good.</summary>
    [Id(1)]
    public long Requests { get; init; }

    /// <summary>Those of them that failed: 4xx and 5xx, but not a GET of a resource that is not there.</summary>
    [Id(2)]
    public long Failures { get; init; }

    /// <summary>Tries whose credential was not good.</summary>
    [Id(3)]
    public long Unauthenticated { get; init; }

    [Id(4)]
    public long UsersMade { get; init; }

    [Id(5)]
    public long GroupsMade { get; init; }

    [Id(6)]
    public long MembersAdded { get; init; }
}
