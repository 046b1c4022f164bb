using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Api.Admin.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

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

    /// <summary>How many are given at the most of what each has to be read for itself.</summary>
    public const int MaxRead = 200;

    private const int MaxCursorLength = 600;

    /// <summary>Reads the parameters; everything that is wrong with them is put to the faults.</summary>
    public static PageRequest Read(int? count, string? after, string? name, List<Fault> faults, int most = MaxCount)
    {
        if (count < 1 || count > most)
        {
            faults.Add(new Fault($"must be between 1 and {most}.", Parameter: "count"));
        }

        string? key = null;
        if (after is not null && (key = Decode(after)) is null)
        {
            faults.Add(BadCursor());
        }

        if (name is { Length: 0 })
        {
            faults.Add(new Fault("must have a character.", Parameter: "name"));
        }

        return new PageRequest(count ?? DefaultCount, key, name);
    }

    /// <summary>The key of what is listed by when it was made.</summary>
    public static string KeyOf(DateTimeOffset made, string id) => $"{made.UtcTicks:D19}.{id}";

    /// <summary>What <c>after</c> is told that no page gave.</summary>
    public static Fault BadCursor() => new("must be the 'next' of a page before.", Parameter: "after");

    /// <summary>Answers with a part of a list that is all here, or with what is wrong with the parameters.</summary>
    /// <param name="all">The list.</param>
    /// <param name="name">The name of one, by which they are chosen.</param>
    /// <param name="http">The request.</param>
    /// <param name="parameters"><c>count</c>, <c>after</c> and <c>name</c>, as they came.</param>
    /// <param name="key">The key of one; null for a list that only grows at its end, which stays in its order.</param>
    public static Results<Ok<Page<T>>, ProblemHttpResult> Answer<T>(
        IEnumerable<T> all,
        Func<T, string> name,
        HttpContext http,
        (int? Count, string? After, string? Name) parameters,
        Func<T, string>? key = null)
    {
        var faults = new List<Fault>();
        var page = Read(parameters.Count, parameters.After, parameters.Name, faults);
        return faults.Count > 0 ? Faults.Problem(faults) : TypedResults.Ok(page.Of(all, key, name, http));
    }

    /// <summary>A part of a list that is all here, in the order of a key; where there is none, in its own, by the place in it.</summary>
    public Page<T> Of<T>(IEnumerable<T> all, Func<T, string>? key, Func<T, string> name, HttpContext http)
    {
        var sorted = all.Select((i, at) => (Item: i, Key: key?.Invoke(i) ?? at.ToString("D9", CultureInfo.InvariantCulture)))
            .Where(i => Name is null || name(i.Item).Contains(Name, StringComparison.OrdinalIgnoreCase))
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
