namespace Grains.Abstractions.Directories;

/// <summary>A change of a directory's settings: all of them as they are to be.</summary>
[GenerateSerializer, Immutable, Alias("muster.ChangeDirectory")]
public sealed record ChangeDirectory
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public required DirectoryDialect Dialect { get; init; }

    [Id(2)]
    public required DirectoryLimits Limits { get; init; }

    /// <summary>Only where the directory's revision is still this one.</summary>
    [Id(3)]
    public required string? IfRevision { get; init; }
}
