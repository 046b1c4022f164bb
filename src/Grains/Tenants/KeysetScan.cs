using Grains.Abstractions;

namespace Grains.Tenants;

/// <summary>One page of a list of ids whose names another grain knows.</summary>
internal static class KeysetScan
{
    /// <summary>How many are asked at a time.</summary>
    private const int AtOnce = 100;

    /// <summary>Asks for what stands behind the ids after a place, in their order, until there are as many as were asked for.</summary>
    /// <param name="ids">All ids, in any order.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="describe">What stands behind one, or null.</param>
    /// <param name="name">Its name.</param>
    /// <returns>What was found, and the id after which to go on, or null where there are no more.</returns>
    public static async Task<(T[] Found, string? Next)> Run<T>(string[] ids, KeysetQuery query, Func<string, ValueTask<T?>> describe, Func<T, string> name)
        where T : class
    {
        string[] sorted = [.. ids.Where(id => query.After is null || string.CompareOrdinal(id, query.After) > 0).Order(StringComparer.Ordinal)];
        var found = new List<T>(Math.Min(query.Count, sorted.Length));
        var looked = 0;
        while (looked < sorted.Length && found.Count < query.Count && looked < KeysetQuery.MaxScanned)
        {
            // Without a choice by name, no more are asked than are given.
            var most = query.Name is null ? Math.Min(AtOnce, query.Count - found.Count) : AtOnce;
            var asked = sorted.Skip(looked).Take(most).Select(id => describe(id).AsTask());
            foreach (var description in await Task.WhenAll(asked))
            {
                if (found.Count == query.Count)
                {
                    break;
                }

                looked++;
                if (description is not null && query.Takes(name(description)))
                {
                    found.Add(description);
                }
            }
        }

        return ([.. found], looked < sorted.Length ? sorted[looked - 1] : null);
    }
}
