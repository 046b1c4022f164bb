namespace Grains.Abstractions.Directories;

/// <summary>What became of a change of a directory.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryReply")]
public sealed record DirectoryReply
{
    /// <summary>The directory as it stands, or null where there is none.</summary>
    [Id(0)]
    public DirectoryDescription? Directory { get; init; }

    /// <summary>Its revision is another than the change was for: nothing was changed.</summary>
    [Id(1)]
    public bool Stale { get; init; }
}
