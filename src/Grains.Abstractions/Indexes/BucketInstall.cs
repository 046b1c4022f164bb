namespace Grains.Abstractions.Indexes;

/// <summary>The contents of a new bucket, handed over by the one that splits.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketInstall")]
public sealed record BucketInstall
{
    [Id(0)]
    public required int Level { get; init; }

    /// <summary>The moving half, versions left behind included, as the storage form of a bucket's entries (UTF-8 JSON).</summary>
    [Id(1)]
    public required byte[] Entries { get; init; }
}
