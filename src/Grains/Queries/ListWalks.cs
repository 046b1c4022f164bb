using Grains.Abstractions.Queries;

namespace Grains.Queries;

/// <summary>
/// What the log of a directory knows of walks through its lists without a filter, page by page: so each page begins where the one before
/// ended, whatever comes or goes meanwhile, and whichever silo it is asked of. Of each walk the last page is known, which may be asked for
/// again, and the next.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class ListWalks(TimeProvider time)
{
    /// <summary>How long a walk is known after its last page.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>How many walks are known; the one that has not moved for longest is forgotten first.</summary>
    public const int MaxWalks = 32;

    /// <summary>The walks, the one that moved last at the end.</summary>
    private readonly List<(WalkPlace Place, bool IsKept)> walks = [];

    /// <summary>Whether a walk has moved since they were last kept.</summary>
    public bool HaveMoved { get; private set; }

    /// <summary>Adds what was kept by an activation before this one.</summary>
    public void Restore(IEnumerable<WalkPlace> kept)
    {
        walks.InsertRange(0, kept.Where(k => IsFresh(k) && !walks.Exists(w => IsSameWalk(w.Place, k))).Select(k => (k, true)));
        Shorten();
    }

    /// <summary>What is to be kept of them now.</summary>
    public WalkPlace[] ToKeep()
    {
        HaveMoved = false;
        return [.. walks.Select(w => w.Place).Where(IsFresh)];
    }

    /// <summary>A walk goes on.</summary>
    public void Move(WalkPlace place)
    {
        place = place with { At = Now };
        walks.RemoveAll(w => IsSameWalk(w.Place, place) || !IsFresh(w.Place));
        walks.Add((place, false));
        Shorten();
        HaveMoved = true;
    }

    /// <summary>Where a page begins, if a walk came there: the next page of one, or the last one again.</summary>
    public ListStart? Find(string resourceType, int startIndex)
    {
        if (FindLast(p => p.NextIndex == startIndex) is { } next)
        {
            return new ListStart { Total = next.Total, StartIndex = startIndex, Position = next.NextPosition, IsWalk = true };
        }

        return FindLast(p => p.StartIndex == startIndex) is { } again
            ? new ListStart { Total = again.Total, StartIndex = startIndex, Position = again.Position, IsWalk = true }
            : null;

        WalkPlace? FindLast(Predicate<WalkPlace> holds) =>
            walks.FindLast(w => w.Place.ResourceType == resourceType && holds(w.Place) && IsFresh(w.Place)).Place;
    }

    /// <summary>Of the walks that were kept by an activation before this one the one that came nearest to an index.</summary>
    public ListStart? Before(string resourceType, int startIndex) => walks
        .Where(w => w.IsKept && w.Place.ResourceType == resourceType && w.Place.NextIndex < startIndex && IsFresh(w.Place))
        .MaxBy(w => w.Place.NextIndex).Place is { } place
        ? new ListStart { Total = place.Total, StartIndex = place.NextIndex, Position = place.NextPosition, IsWalk = true }
        : null;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool IsFresh(WalkPlace place) => Now - place.At < Lifetime.TotalMilliseconds;

    /// <summary>Whether a page is the one after another, or the same again.</summary>
    private static bool IsSameWalk(WalkPlace known, WalkPlace page) => known.ResourceType == page.ResourceType
        && ((known.NextIndex == page.StartIndex && known.NextPosition == page.Position) || (known.StartIndex == page.StartIndex && known.Position == page.Position));

    private void Shorten()
    {
        if (walks.Count > MaxWalks)
        {
            walks.RemoveRange(0, walks.Count - MaxWalks);
        }
    }
}
