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

    [Id(2)]
    public IndexStatus Status { get; init; }

    /// <summary>
    /// The <see cref="DirectoryContext.IndexEpoch"/> from which on whoever writes keeps it; 0 where the directory was made with it. It is a
    /// part of the index's name, so that none is ever taken for one of the same attribute that is being cleared.
    /// </summary>
    [Id(3)]
    public int Since { get; init; }

    /// <summary>While it is <see cref="IndexStatus.Clearing"/>: the epoch from which on nobody keeps it.</summary>
    [Id(4)]
    public int Until { get; init; }

    /// <summary>When it came into its status.</summary>
    [Id(5)]
    public DateTimeOffset Changed { get; init; }
}
