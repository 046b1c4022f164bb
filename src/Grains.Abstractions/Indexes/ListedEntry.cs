namespace Grains.Abstractions.Indexes;

/// <summary>An entry in listing order.</summary>
[GenerateSerializer, Immutable, Alias("muster.ListedEntry")]
public sealed record ListedEntry
{
    [Id(0)]
    public required IndexKey Key { get; init; }

    [Id(1)]
    public required IndexEntry[] Entries { get; init; }
}
