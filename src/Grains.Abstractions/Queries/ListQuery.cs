using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>A list request (RFC 7644 §3.4.2), already checked by the front.</summary>
[GenerateSerializer, Immutable, Alias("muster.ListQuery")]
public sealed record ListQuery
{
    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own types.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>The filter as it came in, or null.</summary>
    [Id(1)]
    public string? Filter { get; init; }

    /// <summary>The first result wanted, from 1.</summary>
    [Id(2)]
    public required int StartIndex { get; init; }

    /// <summary>How many results at most; 0 asks for the total only.</summary>
    [Id(3)]
    public required int Count { get; init; }

    /// <summary>The attribute to sort by, or null.</summary>
    [Id(4)]
    public string? SortBy { get; init; }

    /// <summary>Whether the greatest comes first.</summary>
    [Id(5)]
    public bool Descending { get; init; }

    /// <summary>Whether the caller looks through all resources itself, step by step, where no index helps: see <see cref="IDirectoryQueryGrain.Scan"/>.</summary>
    [Id(6)]
    public bool Stepwise { get; init; }

    /// <summary>Of a list without filter that is paged by cursor: behind which resource to begin. It takes the place of <see cref="StartIndex"/>.</summary>
    [Id(7)]
    public IndexPosition? After { get; init; }
}
