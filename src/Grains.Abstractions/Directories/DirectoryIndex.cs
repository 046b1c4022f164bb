namespace Grains.Abstractions.Directories;

/// <summary>An index of an attribute that was added, or taken away, after its directory was made.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryIndex")]
public sealed record DirectoryIndex
{
    /// <summary><c>User</c> or <c>Group</c>.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>The attribute, as <see cref="DirectoryIndexes.Canonical"/> spells it.</summary>
    [Id(1)]
    public required string Path { get; init; }

    /// <summary>Tells its rows from those of one of the same attribute that is still being cleared; mostly 0.</summary>
    [Id(2)]
    public int Generation { get; init; }

    [Id(3)]
    public IndexStatus Status { get; init; }

    /// <summary>The <see cref="DirectoryContext.IndexEpoch"/> from which on whoever writes keeps it.</summary>
    [Id(4)]
    public int Since { get; init; }

    /// <summary>While it is <see cref="IndexStatus.Clearing"/>: the epoch from which on nobody keeps it.</summary>
    [Id(5)]
    public int Until { get; init; }

    /// <summary>When it came into its status.</summary>
    [Id(6)]
    public DateTimeOffset Changed { get; init; }
}
