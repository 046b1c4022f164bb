using Grains.Abstractions.Indexes;

namespace Grains.Abstractions.Queries;

/// <summary>Asks which of the next resources of a type match, in the order of their index.</summary>
[GenerateSerializer, Immutable, Alias("muster.ScanQuery")]
public sealed record ScanQuery
{
    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own types.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>The filter as it came in; null where all match.</summary>
    [Id(1)]
    public string? Filter { get; init; }

    /// <summary>The attribute whose sort keys are wanted, or null.</summary>
    [Id(2)]
    public string? SortBy { get; init; }

    /// <summary>Whether other types are queried together with this one, so that an attribute that only they have is no fault.</summary>
    [Id(3)]
    public bool AllTypes { get; init; }

    /// <summary>Behind which resource to begin.</summary>
    [Id(4)]
    public IndexPosition After { get; init; }

    /// <summary>How many resources to look at, at most.</summary>
    [Id(5)]
    public required int Take { get; init; }

    /// <summary>How many matches to find, at most.</summary>
    [Id(6)]
    public required int Most { get; init; }
}
