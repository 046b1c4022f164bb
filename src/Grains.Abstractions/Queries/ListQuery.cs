namespace Grains.Abstractions.Queries;

/// <summary>A list request (RFC 7644 §3.4.2), already checked by the front.</summary>
[GenerateSerializer, Immutable, Alias("muster.ListQuery")]
public sealed record ListQuery
{
    /// <summary><c>User</c> or <c>Group</c>.</summary>
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
}
