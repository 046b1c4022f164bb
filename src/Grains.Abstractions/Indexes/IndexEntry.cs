namespace Grains.Abstractions.Indexes;

/// <summary>An id that stands under a value.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexEntry")]
public sealed record IndexEntry
{
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The version of the row on whose behalf it was put there.</summary>
    [Id(1)]
    public required long Version { get; init; }

    [Id(2)]
    public string? Tag { get; init; }
}
