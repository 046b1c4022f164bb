using Grains.Abstractions.Directories;

namespace Grains.Abstractions.Tenants;

/// <summary>Some of the directories of a tenant.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoriesPage")]
public sealed record DirectoriesPage
{
    [Id(0)]
    public required DirectoryDescription[] Directories { get; init; }

    /// <summary>After which id to go on; null where there are no more.</summary>
    [Id(1)]
    public string? Next { get; init; }
}
