namespace Grains.Abstractions.Directories;

/// <summary>What the page of a setup link shows.</summary>
[GenerateSerializer, Immutable, Alias("muster.OpenedSetup")]
public sealed record OpenedSetup
{
    [Id(0)]
    public required DirectoryDescription Directory { get; init; }

    [Id(1)]
    public required SetupLink Link { get; init; }
}
