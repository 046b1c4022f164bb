namespace Grains.Abstractions.Directories;

/// <summary>An index of a directory as its admins see it.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexDescription")]
public sealed record IndexDescription
{
    /// <summary><c>User</c> or <c>Group</c>.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>The attribute, in its canonical spelling.</summary>
    [Id(1)]
    public required string Path { get; init; }

    [Id(2)]
    public IndexStatus Status { get; init; }

    /// <summary>When it came into its status; null where it has been ready since the directory was made.</summary>
    [Id(3)]
    public DateTimeOffset? Since { get; init; }

    /// <summary>While it is being built: how many resources were looked at.</summary>
    [Id(4)]
    public long Done { get; init; }

    /// <summary>While it is being built: how many there were to look at when that began; 0 before.</summary>
    [Id(5)]
    public long Total { get; init; }
}
