namespace Grains.Abstractions.Queries;

/// <summary>Asks for resources by their ids.</summary>
[GenerateSerializer, Immutable, Alias("muster.FetchQuery")]
public sealed record FetchQuery
{
    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own types.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>The filter that they matched, as it came in, or null: who no longer does is left out.</summary>
    [Id(1)]
    public string? Filter { get; init; }

    /// <summary>Whether other types are queried together with this one, so that an attribute that only they have is no fault.</summary>
    [Id(2)]
    public bool AllTypes { get; init; }

    [Id(3)]
    public required string[] Ids { get; init; }
}
