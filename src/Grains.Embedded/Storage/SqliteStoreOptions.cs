namespace Grains.Embedded;

/// <summary>The settings of a <see cref="SqliteStore"/>.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>1,024: more in one transaction gains nothing, and makes the first wait for the last.</summary>
    public const int DefaultMaxBatch = 1024;

    /// <summary>How many queued operations are done in one transaction at most.</summary>
    public int MaxBatch { get; init; } = DefaultMaxBatch;

    /// <summary>Whether the structure of the whole file is checked when it is opened: about 3 s for each GB.</summary>
    public bool CheckOnOpen { get; init; } = true;

    /// <summary>How many pages of 4,096 bytes the file may grow to; null for as many as the disk holds.</summary>
    public int? MaxPages { get; init; }
}
