namespace Grains.Abstractions.Indexes;

/// <summary>A bucket's answer to a claim.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketReply")]
public sealed record BucketReply
{
    [Id(0)]
    public required BucketStatus Status { get; init; }

    /// <summary>The bucket's level: it holds the hashes whose low <c>Level</c> bits are its number.</summary>
    [Id(1)]
    public int Level { get; init; }

    /// <summary>The bucket holds more entries than it should: its index wants to grow.</summary>
    [Id(2)]
    public bool Crowded { get; init; }
}
