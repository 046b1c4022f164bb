using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>Asks for users in the archive of a directory, in the order of its index.</summary>
[GenerateSerializer, Immutable, Alias("muster.ArchiveQuery")]
public sealed record ArchiveQuery
{
    /// <summary>A SCIM filter (RFC 7644 §3.4.2.2) over the users as they were, or null for all.</summary>
    [Id(0)]
    public string? Filter { get; init; }

    /// <summary>Behind which of them to begin.</summary>
    [Id(1)]
    public IndexPosition After { get; init; }

    /// <summary>How many to find, at most.</summary>
    [Id(2)]
    public required int Most { get; init; }
}
