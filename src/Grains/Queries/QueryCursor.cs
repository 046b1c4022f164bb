using Grains.Abstractions.Indexes;

namespace Grains.Queries;

/// <summary>Where a query goes on: behind which resource. It says all that is needed, so that any front can go on with it.</summary>
public sealed record QueryCursor
{
    /// <summary>The beginning.</summary>
    public static QueryCursor Start { get; } = new();

    /// <summary>Which of the query's types is listed, without sorting.</summary>
    public int Type { get; init; }

    /// <summary>Behind which of its resources, without sorting.</summary>
    public IndexPosition Position { get; init; }

    /// <summary>With sorting, the id of the last resource given; null at the beginning.</summary>
    public string? Id { get; init; }

    /// <summary>With sorting, the key of the last resource given; null where it has no value.</summary>
    public string? Key { get; init; }

    /// <summary>With sorting, under which name the process that sorted remembers the order.</summary>
    public ulong Walk { get; init; }

    /// <summary>With sorting, how many resources of that order were given.</summary>
    public int Offset { get; init; }
}
