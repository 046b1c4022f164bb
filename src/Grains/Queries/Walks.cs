using Grains.Abstractions.Indexes;

namespace Grains.Queries;

/// <summary>
/// What is remembered of walks through a list: where the next page begins, and how many there were in all; of a filter or a sort, what it
/// found. So a walk costs the same per page from first to last. What is forgotten is found again by counting, or by looking again. One for
/// all queries of a process, since a walk's next page may be asked of another worker.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class Walks(TimeProvider time)
{
    /// <summary>How long a walk is remembered after its last page.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How many walks are remembered.</summary>
    private const int MaxWalks = 1024;

    /// <summary>How many matches are remembered, of all walks together: 17 MB.</summary>
    private const int MaxMatches = 1_000_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(string List, int StartIndex), Walk> walks = [];
    private readonly long since = time.GetTimestamp();
    private int matches;

    /// <summary>Whether a walk may go on that began before this process did.</summary>
    internal bool MayHaveBegunBefore => time.GetElapsedTime(since) < Lifetime;

    /// <summary>What is known of the page of a list that begins at an index, or null. It is forgotten by this.</summary>
    internal Walk? Take(string list, int startIndex)
    {
        lock (gate)
        {
            return Forget((list, startIndex)) is { } walk && time.GetElapsedTime(walk.At) < Lifetime ? walk : null;
        }
    }

    /// <summary>What is known of the page of a list that begins at an index, or null. It stays known.</summary>
    internal Walk? Find(string list, int startIndex)
    {
        lock (gate)
        {
            return Take(list, startIndex) is { } walk ? Keep((list, startIndex), walk) : null;
        }
    }

    /// <summary>Remembers where a page begins.</summary>
    internal void Put(string list, int startIndex, IndexPosition position, int total, RememberedMatches? found = null)
    {
        lock (gate)
        {
            Keep((list, startIndex), new Walk(position, total, found, At: 0));
        }
    }

    private Walk Keep((string List, int StartIndex) key, Walk walk)
    {
        Forget(key);
        while (walks.Count > 0 && (walks.Count >= MaxWalks || matches + walk.Size > MaxMatches))
        {
            Forget(walks.MinBy(w => w.Value.At).Key);
        }

        walk = walk with { At = time.GetTimestamp() };
        walks[key] = walk;
        matches += walk.Size;
        return walk;
    }

    private Walk? Forget((string List, int StartIndex) key)
    {
        if (!walks.Remove(key, out var walk))
        {
            return null;
        }

        matches -= walk.Size;
        return walk;
    }

    /// <summary>A place in a walk.</summary>
    /// <param name="Position">Where the next page begins.</param>
    /// <param name="Total">How many results there were when the walk began.</param>
    /// <param name="Found">Of a filter or a sort: all that matched.</param>
    /// <param name="At">When it was remembered.</param>
    internal sealed record Walk(IndexPosition Position, int Total, RememberedMatches? Found, long At)
    {
        public int Size => Found?.Count ?? 0;
    }
}
