using Grains.Abstractions.Indexes;

namespace Grains.Queries;

/// <summary>
/// What is remembered of walks through a list: where the next page begins, and how many there were in all. So a walk costs the
/// same per page from first to last. What is forgotten is found again by counting. One for all query workers of a process, since a
/// walk's next page may be asked of another one.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class Walks(TimeProvider time)
{
    /// <summary>How long a walk is remembered after its last page.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How many walks are remembered.</summary>
    private const int MaxWalks = 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<(string List, int StartIndex), Walk> walks = [];

    /// <summary>What is known of the page of a list that begins at an index, or null.</summary>
    internal Walk? Take(string list, int startIndex)
    {
        lock (gate)
        {
            return walks.Remove((list, startIndex), out var walk) && time.GetElapsedTime(walk.At) < Lifetime ? walk : null;
        }
    }

    /// <summary>Remembers where a page begins.</summary>
    internal void Put(string list, int startIndex, IndexPosition position, int total, string[]? ids = null)
    {
        lock (gate)
        {
            if (walks.Count >= MaxWalks)
            {
                walks.Remove(walks.MinBy(w => w.Value.At).Key);
            }

            walks[(list, startIndex)] = new Walk(position, total, ids, time.GetTimestamp());
        }
    }

    /// <summary>A place in a walk.</summary>
    /// <param name="Position">Where the next page begins.</param>
    /// <param name="Total">How many results there were when the walk began.</param>
    /// <param name="Ids">Of a filtered walk: all that matched.</param>
    /// <param name="At">When it was remembered.</param>
    internal sealed record Walk(IndexPosition Position, int Total, string[]? Ids, long At);
}
