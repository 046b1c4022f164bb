using Grains.Abstractions;

namespace Grains.Queries;

/// <summary>A page of a query, or why not.</summary>
public sealed record QueryPage
{
    /// <summary>Why there is no page, or null.</summary>
    public GrainError? Error { get; init; }

    /// <summary>How many results there are in all; null where only looking further would tell.</summary>
    public int? TotalResults { get; init; }

    /// <summary>The resources of the page, in order.</summary>
    public IReadOnlyList<QueryResult> Results { get; init; } = [];

    /// <summary>Of paging by cursor: where the next page begins, or null behind the last.</summary>
    public QueryCursor? Next { get; init; }

    internal static QueryPage Refused(GrainError error) => new() { Error = error };
}
