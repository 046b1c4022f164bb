namespace Grains.Queries;

/// <summary>What a query found, in order, in little room: 17 bytes for each.</summary>
internal sealed class RememberedMatches
{
    private readonly Guid[]? ids;
    private readonly string[]? texts;
    private readonly byte[] types;

    /// <param name="matches">The matches, in order.</param>
    public RememberedMatches(List<Match> matches)
    {
        types = new byte[matches.Count];
        ids = new Guid[matches.Count];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = matches[i].Type;
            if (!Guid.TryParseExact(matches[i].Id, "D", out ids[i]))
            {
                ids = null;
                texts = [.. matches.Select(m => m.Id)];
                types = [.. matches.Select(m => m.Type)];
                break;
            }
        }
    }

    /// <summary>How many.</summary>
    public int Count => types.Length;

    /// <summary>Of a sort that is paged by cursor: how many are on a page.</summary>
    public int PageSize { get; init; }

    /// <summary>Of a sort that is paged by cursor: the key of the last one of each page.</summary>
    public string?[] PageKeys { get; init; } = [];

    /// <summary>Some of them.</summary>
    public List<Match> Slice(int start, int count)
    {
        var some = new List<Match>(Math.Max(0, Math.Min(count, Count - start)));
        for (var i = start; i < Count && some.Count < count; i++)
        {
            some.Add(new Match(types[i], ids is not null ? ids[i].ToString() : texts![i], Key: null));
        }

        return some;
    }
}
