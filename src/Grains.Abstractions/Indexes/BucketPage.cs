namespace Grains.Abstractions.Indexes;

/// <summary>A part of a bucket's entries in listing order.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketPage")]
public sealed record BucketPage
{
    [Id(0)]
    public required BucketStatus Status { get; init; }

    [Id(1)]
    public int Level { get; init; }

    [Id(2)]
    public ListedEntry[] Entries { get; init; } = [];

    /// <summary>Whether the bucket has no entry behind the last one given.</summary>
    [Id(3)]
    public bool End { get; init; }

    /// <summary>How many ids the whole bucket holds.</summary>
    [Id(4)]
    public int Count { get; init; }
}
