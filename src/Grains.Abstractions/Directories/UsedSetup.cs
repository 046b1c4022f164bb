namespace Grains.Abstractions.Directories;

/// <summary>What came of the use of a setup link.</summary>
[GenerateSerializer, Immutable, Alias("muster.UsedSetup")]
public sealed record UsedSetup
{
    /// <summary>Why nothing was made though the link is good: it can be used again. Null where it was made.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    [Id(1)]
    public required DirectoryDescription Directory { get; init; }

    [Id(2)]
    public required SetupLink Link { get; init; }

    /// <summary>When the secret that was made ends; null for never, and for a federation.</summary>
    [Id(3)]
    public DateTimeOffset? Expires { get; init; }
}
