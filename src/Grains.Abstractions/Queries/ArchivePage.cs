using Grains.Abstractions.Indexes;
using Grains.Abstractions.Users;

namespace Grains.Abstractions.Queries;

/// <summary>A part of the archive of a directory, or why not.</summary>
[GenerateSerializer, Immutable, Alias("muster.ArchivePage")]
public sealed record ArchivePage
{
    [Id(0)]
    public GrainError? Error { get; init; }

    [Id(1)]
    public UserRecord[] Users { get; init; } = [];

    /// <summary>Where the next part begins, or null behind the last. A part may be empty and yet have one behind it.</summary>
    [Id(2)]
    public IndexPosition? Next { get; init; }
}
