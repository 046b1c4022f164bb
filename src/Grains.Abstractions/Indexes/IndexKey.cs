namespace Grains.Abstractions.Indexes;

/// <summary>A normalised value and its hash by the directory's key.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexKey")]
public readonly record struct IndexKey
{
    /// <summary>The value in the form in which equal values are equal text.</summary>
    [Id(0)]
    public required string Value { get; init; }

    /// <summary>The keyed 64-bit hash. Its low bits choose the bucket; its reversed bits are the listing order.</summary>
    [Id(1)]
    public required ulong Hash { get; init; }
}
