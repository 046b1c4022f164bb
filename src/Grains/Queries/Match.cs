using Scim.Sorting;

namespace Grains.Queries;

/// <summary>A resource that matches a query.</summary>
/// <param name="Type">Which of the query's types it is of.</param>
/// <param name="Id">Its id.</param>
/// <param name="Key">Its sort key; null where it has no value, or nothing is sorted.</param>
internal readonly record struct Match(byte Type, string Id, string? Key)
{
    /// <summary>The order of a sort: by key, and among equal keys by id, so that it is always the same.</summary>
    public static int Compare(Match x, Match y, bool descending)
    {
        var order = SortKey.Compare(x.Key, y.Key, descending);
        return order != 0 ? order : string.CompareOrdinal(x.Id, y.Id);
    }
}
