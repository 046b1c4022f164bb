namespace Grains.Abstractions.Indexes;

/// <summary>How many buckets an index has.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexWidth")]
public sealed record IndexWidth
{
    [Id(0)]
    public required string Index { get; init; }

    /// <summary>At least 1.</summary>
    [Id(1)]
    public required long Width { get; init; }
}
