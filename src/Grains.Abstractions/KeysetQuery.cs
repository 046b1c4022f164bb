namespace Grains.Abstractions;

/// <summary>Which part of a list is asked for, by keyset: what comes after an id, so that nothing is skipped or repeated as others come and go.</summary>
[GenerateSerializer, Immutable, Alias("muster.KeysetQuery")]
public sealed record KeysetQuery
{
    /// <summary>How many of a list are looked at for one page, where they are chosen by name: a page may have fewer than were asked for.</summary>
    public const int MaxScanned = 1000;

    /// <summary>The id after which to go on; null for the beginning.</summary>
    [Id(0)]
    public string? After { get; init; }

    /// <summary>How many at the most.</summary>
    [Id(1)]
    public required int Count { get; init; }

    /// <summary>Only those whose name has this in it, whatever the case; null for all.</summary>
    [Id(2)]
    public string? Name { get; init; }

    /// <summary>Whether a name is asked for.</summary>
    public bool Takes(string name) => Name is null || name.Contains(Name, StringComparison.OrdinalIgnoreCase);
}
