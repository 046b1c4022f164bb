namespace Grains.Abstractions.Indexes;

/// <summary>The contents of a new bucket, handed over by the one that splits.</summary>
[GenerateSerializer, Immutable, Alias("muster.BucketInstall")]
public sealed record BucketInstall
{
    /// <summary>The moving half, versions left behind included, as the stored form of the new bucket's row.</summary>
    [Id(0)]
    public required byte[] State { get; init; }
}
