using Grains.Storage;
using System.Security.Cryptography;
using System.Text;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;

namespace Grains.Indexes;

/// <summary>
/// Finds the bucket of a value and asks it, following it where it has moved. Made for one request: what it learns of an index's
/// width lives as long as that.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="directory">The directory.</param>
internal sealed class IndexClient(IGrainFactory grains, DirectoryContext directory)
{
    /// <summary>Longer values are kept as their SHA-256, so that an entry's size has a bound.</summary>
    public const int MaxValueLength = 200;

    /// <summary>How often a value is followed from bucket to bucket; each step is one split that the caller had not heard of.</summary>
    private const int MaxSteps = 64;

    private const char HashedValueMark = '#';

    /// <summary>The width of an index that is not the directory's, by its owner.</summary>
    public long? Width { get; init; }

    /// <summary>Whether a bucket said that it holds too much.</summary>
    public bool Crowded { get; private set; }

    /// <summary>A value as it stands in an index: a long one as its digest.</summary>
    public static string Shorten(string value) =>
        value.Length > MaxValueLength || value.StartsWith(HashedValueMark)
            ? HashedValueMark + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))
            : value;

    /// <summary>A value as it stands in an index, with its hash.</summary>
    public IndexKey KeyOf(string index, string value) => KeyOfStored(index, Shorten(value));

    /// <summary>The hash of a value that is given as it stands in an index.</summary>
    public IndexKey KeyOfStored(string index, string value) => new() { Value = value, Hash = IndexHash.Of(directory.HashKey, index, value) };

    /// <summary>Claims a unique value.</summary>
    /// <returns><see cref="BucketStatus.Ok"/>, <see cref="BucketStatus.Lost"/> or <see cref="BucketStatus.Retry"/>.</returns>
    public async Task<BucketStatus> Claim(IndexTerm term, string id, long version, bool final, bool confirmOnly = false)
    {
        var key = KeyOf(term.Index, term.Value);
        var request = new ClaimRequest { Key = key, Id = id, Version = version, Final = final, ConfirmOnly = confirmOnly };
        var number = NumberOf(term.Index, key.Hash);
        for (var step = 0; step < MaxSteps; step++)
        {
            var reply = await Bucket(term.Index, number).Claim(request);
            if (Next(reply.Status, reply.Level, key.Hash, ref number))
            {
                continue;
            }

            Notice(term.Index, reply.Crowded);
            return reply.Status;
        }

        return BucketStatus.Retry;
    }

    /// <summary>Puts an id under values, and takes it away from others.</summary>
    /// <param name="terms">The values.</param>
    /// <param name="kind">Which of the two.</param>
    /// <param name="id">The id.</param>
    /// <param name="version">The version of the row on whose behalf it is done.</param>
    /// <param name="provisioned">When the values were sent, where that was not just now: an org unit that was deleted since stays so.</param>
    /// <returns>False where storage did not confirm all of it.</returns>
    public async Task<bool> Apply(IEnumerable<IndexTerm> terms, ChangeKind kind, string id, long version, DateTimeOffset? provisioned = null)
    {
        // All are under way before the first is waited for.
        var tasks = new List<Task<bool>>(4);
        foreach (var index in terms.GroupBy(t => t.Index))
        {
            if (IndexNames.OrgUnitKindOf(index.Key) is { } unitKind)
            {
                tasks.AddRange(index.Select(term => ApplyToUnit(unitKind, term, kind, id, version, provisioned)));
                continue;
            }

            var changes = new List<IndexChange>(1);
            foreach (var term in index)
            {
                changes.Add(new IndexChange { Kind = kind, Key = KeyOf(term.Index, term.Value), Id = id, Version = version });
            }

            tasks.Add(Apply(index.Key, changes));
        }

        return await All(tasks);
    }

    private Task<bool> ApplyToUnit(string unitKind, IndexTerm term, ChangeKind kind, string user, long version, DateTimeOffset? provisioned)
    {
        var unit = grains.GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directory.Id, unitKind, OrgUnitNames.SlugOf(term.Value)));
        return kind == ChangeKind.Put ? unit.Join(directory, term.Name ?? term.Value, user, version, provisioned) : unit.Leave(directory, user, version);
    }

    /// <summary>Makes changes in one index, those for one bucket in one call.</summary>
    /// <returns>False where storage did not confirm all of it.</returns>
    public Task<bool> Apply(string index, IReadOnlyList<IndexChange> changes) => changes.Count == 1
        ? Send(index, NumberOf(index, changes[0].Key.Hash), [changes[0]], MaxSteps)
        : All([.. changes.GroupBy(c => NumberOf(index, c.Key.Hash)).Select(g => Send(index, g.Key, [.. g], MaxSteps))]);

    /// <summary>What stands under a value.</summary>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    public async Task<FoundEntries> Find(string index, string value)
    {
        var key = KeyOf(index, value);
        var number = NumberOf(index, key.Hash);
        for (var step = 0; step < MaxSteps; step++)
        {
            var reply = await Bucket(index, number).Find([key], fresh: false);
            if (reply.Status == BucketStatus.Retry)
            {
                break;
            }

            if (reply.Status != BucketStatus.NotInstalled && reply.Found[0] is { } entries)
            {
                return new FoundEntries(entries, reply.Common[0]);
            }

            Next(reply.Status, reply.Level, key.Hash, ref number);
        }

        throw new StorageUnavailableException();
    }

    /// <summary>What stands under values, in their order.</summary>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    /// <param name="index">The index.</param>
    /// <param name="values">The values.</param>
    /// <param name="fresh">Whether the buckets read their rows again first, before "nothing to do" is said of what they have.</param>
    public async Task<FoundEntries[]> Find(string index, IReadOnlyList<string> values, bool fresh = false)
    {
        var found = new FoundEntries[values.Count];
        var open = new List<(int At, IndexKey Key, long Bucket)>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            var key = KeyOf(index, values[i]);
            open.Add((i, key, NumberOf(index, key.Hash)));
        }

        for (var step = 0; step < MaxSteps && open.Count > 0; step++)
        {
            var asked = open.GroupBy(o => o.Bucket).Select(async g =>
            {
                var group = g.ToArray();
                return (Group: group, Reply: await Bucket(index, g.Key).Find(Array.ConvertAll(group, o => o.Key), fresh));
            }).ToList();
            var still = new List<(int, IndexKey, long)>();
            foreach (var task in asked)
            {
                var (group, reply) = await task;
                if (reply.Status == BucketStatus.Retry)
                {
                    throw new StorageUnavailableException();
                }

                for (var i = 0; i < group.Length; i++)
                {
                    var (at, key, number) = group[i];
                    if (reply.Status != BucketStatus.NotInstalled && reply.Found[i] is { } entries)
                    {
                        found[at] = new FoundEntries(entries, reply.Common[i]);
                        continue;
                    }

                    Next(reply.Status, reply.Level, key.Hash, ref number);
                    still.Add((at, key, number));
                }
            }

            open = still;
        }

        return open.Count == 0 ? found : throw new StorageUnavailableException();
    }

    /// <summary>Entries of an index in listing order.</summary>
    /// <returns>The entries, and where the next page begins: null behind the last.</returns>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    public async Task<(List<ListedEntry> Entries, IndexPosition? Next)> List(string index, IndexPosition after, int take)
    {
        var listed = new List<ListedEntry>(Math.Min(take, 256));
        var position = after;
        while (listed.Count < take)
        {
            var (page, number) = await Page(index, position, take - listed.Count);
            listed.AddRange(page.Entries);
            if (!page.End)
            {
                return (listed, PositionAfter(listed[^1]));
            }

            if (SplitOrder.After(number, page.Level) is not { } next)
            {
                return (listed, null);
            }

            position = new IndexPosition { Order = next };
        }

        return (listed, position);
    }

    /// <summary>Each bucket of an index in listing order: where its range begins, and how many ids it holds.</summary>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    public async Task<List<(IndexPosition Start, int Count)>> Counts(string index)
    {
        // By width first, all at once; a bucket that has split since is walked on from.
        var counts = new List<(IndexPosition, int)>();
        var starts = Enumerable.Range(0, checked((int)WidthOf(index))).Select(n => SplitOrder.Reverse((ulong)n)).Order().ToArray();
        var pages = new List<Task<(BucketPage, long)>>(starts.Length);
        foreach (var start in starts)
        {
            pages.Add(Page(index, new IndexPosition { Order = start }, 0));
        }

        for (var i = 0; i < starts.Length; i++)
        {
            var start = starts[i];
            var (page, number) = await pages[i];
            counts.Add((new IndexPosition { Order = start }, page.Count));
            var end = i + 1 < starts.Length ? starts[i + 1] : (ulong?)null;
            while (SplitOrder.After(number, page.Level) is { } next && (end is null || next < end))
            {
                (page, number) = await Page(index, new IndexPosition { Order = next }, 0);
                counts.Add((new IndexPosition { Order = next }, page.Count));
            }
        }

        return counts;
    }

    /// <summary>Where a listing goes on behind an entry.</summary>
    public static IndexPosition PositionAfter(ListedEntry entry) =>
        new() { Order = SplitOrder.Reverse(entry.Key.Hash), Value = entry.Key.Value };

    private async Task<(BucketPage Page, long Bucket)> Page(string index, IndexPosition position, int take)
    {
        var hash = SplitOrder.Reverse(position.Order);
        var number = NumberOf(index, hash);
        for (var step = 0; step < MaxSteps; step++)
        {
            var page = await Bucket(index, number).List(position, take);
            if (page.Status == BucketStatus.Ok)
            {
                return (page, number);
            }

            if (!Next(page.Status, page.Level, hash, ref number))
            {
                break;
            }
        }

        throw new StorageUnavailableException();
    }

    private static async Task<bool> All(List<Task<bool>> tasks)
    {
        var done = true;
        foreach (var task in tasks)
        {
            done &= await task;
        }

        return done;
    }

    private async Task<bool> Send(string index, long number, IndexChange[] changes, int steps)
    {
        if (steps == 0)
        {
            return false;
        }

        var reply = await Bucket(index, number).Apply(changes);
        if (reply.Statuses[0] == BucketStatus.Retry)
        {
            return false;
        }

        Notice(index, reply.Crowded);
        List<(long Bucket, IndexChange Change)>? moved = null;
        for (var i = 0; i < changes.Length; i++)
        {
            if (reply.Statuses[i] != BucketStatus.Ok)
            {
                var to = number;
                Next(reply.Statuses[i], reply.Level, changes[i].Key.Hash, ref to);
                (moved ??= []).Add((to, changes[i]));
            }
        }

        if (moved is null)
        {
            return true;
        }

        var done = true;
        foreach (var group in moved.GroupBy(m => m.Bucket))
        {
            done &= await Send(index, group.Key, [.. group.Select(m => m.Change)], steps - 1);
        }

        return done;
    }

    /// <summary>Where to ask next.</summary>
    /// <returns>False where the answer was one.</returns>
    private static bool Next(BucketStatus status, int level, ulong hash, ref long number)
    {
        switch (status)
        {
            case BucketStatus.Moved:
                number = SplitOrder.BucketAt(hash, level);
                return true;
            case BucketStatus.NotInstalled:
                number = SplitOrder.ParentOf(number);
                return true;
            default:
                return false;
        }
    }

    private IBucketGrain Bucket(string index, long number) => grains.GetGrain<IBucketGrain>(GrainKeys.Bucket(directory.Id, index, number));

    private long WidthOf(string index) => Width ?? directory.WidthOf(index);

    private long NumberOf(string index, ulong hash) => SplitOrder.BucketOf(hash, WidthOf(index));

    private void Notice(string index, bool crowded)
    {
        if (!crowded)
        {
            return;
        }

        Crowded = true;
        if (IndexNames.IsOfDirectory(index))
        {
            // Nobody waits for it: where it fails, the next change of a crowded bucket asks again.
            _ = grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directory.Id)).Grow(index);
        }
    }
}
