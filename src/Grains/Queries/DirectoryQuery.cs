namespace Grains.Queries;

/// <summary>A query over one or several types of a directory (RFC 7644 §3.4.2), already checked by the front as far as no schema is needed.</summary>
public sealed record DirectoryQuery
{
    /// <summary>The names of the types, in the order in which their resources are listed.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>The filter as it came in, or null.</summary>
    public string? Filter { get; init; }

    /// <summary>The attribute to sort by, or null.</summary>
    public string? SortBy { get; init; }

    /// <summary>Whether the greatest comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>The first result wanted, from 1. Not looked at where there is a <see cref="Cursor"/>.</summary>
    public int StartIndex { get; init; } = 1;

    /// <summary>How many results at most; 0 asks for the total only.</summary>
    public required int Count { get; init; }

    /// <summary>Where to go on, of paging by cursor; null for paging by index.</summary>
    public QueryCursor? Cursor { get; init; }
}
