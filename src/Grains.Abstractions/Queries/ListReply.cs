using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;

namespace Grains.Abstractions.Queries;

/// <summary>A page of a list, or why not.</summary>
[GenerateSerializer, Immutable, Alias("muster.ListReply")]
public sealed record ListReply
{
    [Id(0)]
    public GrainError? Error { get; init; }

    [Id(1)]
    public int TotalResults { get; init; }

    /// <summary>The resources of the page, as their grains hand them out.</summary>
    [Id(2)]
    public ResourceReply[] Resources { get; init; } = [];

    /// <summary>The id of each resource, in the same order.</summary>
    [Id(3)]
    public string[] Ids { get; init; } = [];

    /// <summary>Of a list that is paged by cursor: where the next page begins, or null behind the last.</summary>
    [Id(4)]
    public IndexPosition? Next { get; init; }

    /// <summary>There is no answer yet: no index helps, and the caller is to look through all.</summary>
    [Id(5)]
    public bool NeedsScan { get; init; }
}
