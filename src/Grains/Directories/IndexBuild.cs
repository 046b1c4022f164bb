using Grains.Abstractions.Indexes;

namespace Grains.Directories;

/// <summary>How far the building of indexes that were added together has come: it has begun once this stands.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexBuild")]
public sealed record IndexBuild
{
    /// <summary><c>User</c> or <c>Group</c>.</summary>
    [Id(0)]
    public string ResourceType { get; init; } = "";

    /// <summary>The epoch since which whoever writes keeps these indexes.</summary>
    [Id(1)]
    public int Since { get; init; }

    /// <summary>Everyone up to here stands in them.</summary>
    [Id(2)]
    public IndexPosition Cursor { get; init; }

    /// <summary>How many resources that were.</summary>
    [Id(3)]
    public long Done { get; init; }

    /// <summary>How many there were to look at when it began.</summary>
    [Id(4)]
    public long Total { get; init; }
}
