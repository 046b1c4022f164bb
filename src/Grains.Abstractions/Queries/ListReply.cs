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
}
