namespace Grains.Abstractions.Directories;

/// <summary>A directory to make.</summary>
[GenerateSerializer, Immutable, Alias("muster.CreateDirectory")]
public sealed record CreateDirectory
{
    [Id(0)]
    public required string Tenant { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public DirectoryDialect Dialect { get; init; }
}
