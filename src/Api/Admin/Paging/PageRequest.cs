using System.Buffers.Text;
using System.Text;
using Api.Admin.Problems;

namespace Api.Admin.Paging;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Count">How many at the most.</param>
/// <param name="After">The key after which to go on, or null for the beginning.</param>
/// <param name="Name">Only those whose name has this in it, whatever the case; null for all.</param>
internal sealed record PageRequest(int Count, string? After, string? Name)
{
    /// <summary>How many are given where nothing is said.</summary>
    public const int DefaultCount = 100;

    /// <summary>How many are given at the most.</summary>
    public const int MaxCount = 1000;

    private const int MaxCursorLength = 200;

    /// <summary>Reads the parameters; everything that is wrong with them is put to the faults.</summary>
    public static PageRequest Read(int? count, string? after, string? name, List<Fault> faults)
    {
        if (count is < 1 or > MaxCount)
        {
            faults.Add(new Fault($"must be between 1 and {MaxCount}.", Parameter: "count"));
        }

        string? key = null;
        if (after is not null && (key = Decode(after)) is null)
        {
            faults.Add(new Fault("must be the 'next' of a page before.", Parameter: "after"));
        }

        if (name is { Length: 0 })
        {
            faults.Add(new Fault("must have a character.", Parameter: "name"));
        }

        return new PageRequest(count ?? DefaultCount, key, name);
    }

    /// <summary>The key of what is listed by when it was made.</summary>
    public static string KeyOf(DateTimeOffset made, string id) => $"{made.UtcTicks:D19}.{id}";

    /// <summary>A part of a list that is all here, in the order of a key.</summary>
    public Page<T> Of<T>(IEnumerable<T> all, Func<T, string> key, Func<T, string> name, HttpContext http)
    {
        var sorted = all.Where(i => Name is null || name(i).Contains(Name, StringComparison.OrdinalIgnoreCase))
            .Select(i => (Item: i, Key: key(i)))
            .Where(i => After is null || string.CompareOrdinal(i.Key, After) > 0)
            .OrderBy(i => i.Key, StringComparer.Ordinal)
            .Take(Count + 1)
            .ToList();
        return Of([.. sorted.Take(Count).Select(i => i.Item)], sorted.Count > Count ? sorted[Count - 1].Key : null, http);
    }

    /// <summary>A part of a list, with its <c>Link</c> header (RFC 8288).</summary>
    public static Page<T> Of<T>(IReadOnlyList<T> items, string? nextKey, HttpContext http)
    {
        var next = nextKey is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(nextKey));
        if (next is not null)
        {
            var query = QueryString.Create(http.Request.Query.Where(q => q.Key != "after")).Add("after", next);
            http.Response.Headers.Link = $"<{http.Request.PathBase}{http.Request.Path}{query}>; rel=\"next\"";
        }

        return new Page<T>(items, next);
    }

    private static string? Decode(string after)
    {
        if (after.Length is 0 or > MaxCursorLength || after.Any(char.IsWhiteSpace) || !Base64Url.IsValid(after))
        {
            return null;
        }

        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(after));
    }
}
