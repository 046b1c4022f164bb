using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Indexes;
using Grains.Storage;

namespace Grains.Groups;

/// <summary>The members of a group, in buckets. Made for one request; it grows the index as it fills it.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="directory">The directory.</param>
/// <param name="group">The group's id.</param>
/// <param name="width">How many buckets there are.</param>
/// <param name="followed">The buckets that are known to be as new as the group's head; null asks each as it is.</param>
internal sealed class MemberBuckets(IGrainFactory grains, DirectoryContext directory, string group, long width, HashSet<long>? followed = null)
{
    /// <summary>How many members a bucket holds on average when the index has grown enough: well below where a bucket is crowded.</summary>
    private const int MembersPerBucket = 80;

    /// <summary>How many changes are sent at a time for each bucket, so that no row outgrows its limit while the index grows.</summary>
    private const int ChangesPerBucket = 64;

    /// <summary>How many buckets are asked at a time.</summary>
    private const int BucketsAtOnce = 64;

    private readonly string index = IndexNames.Members(group);
    private readonly IndexBuckets buckets = new(grains, directory.Id, IndexNames.Members(group));

    /// <summary>How many buckets there are now.</summary>
    public long Width { get; private set; } = width;

    private IndexClient Client => new(grains, directory) { Width = Width };

    /// <summary>Which of the ids are members, and of which type.</summary>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    /// <param name="ids">The ids.</param>
    /// <param name="fresh">Whether the buckets read their rows again first.</param>
    public async Task<Dictionary<string, GroupMember>> Find(IReadOnlyCollection<string> ids, bool fresh = false)
    {
        var found = new Dictionary<string, GroupMember>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(1024))
        {
            await Follow(some.Select(id => SplitOrder.BucketOf(Client.KeyOf(index, id).Hash, Width)));
            foreach (var entries in await Client.Find(index, some, fresh))
            {
                foreach (var entry in entries.Entries)
                {
                    found[entry.Id] = new GroupMember { Id = entry.Id, Type = entry.Tag ?? "User" };
                }
            }
        }

        return found;
    }

    /// <summary>All members.</summary>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    public async Task<Dictionary<string, GroupMember>> All()
    {
        for (long number = 0; number < Width; number += BucketsAtOnce)
        {
            var first = number;
            await Follow(Enumerable.Range(0, (int)Math.Min(BucketsAtOnce, Width - first)).Select(i => first + i));
        }

        var all = new Dictionary<string, GroupMember>(StringComparer.Ordinal);
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var page = await List(after, 1000);
            foreach (var member in page.Members)
            {
                all[member.Id] = member;
            }

            position = page.Next;
        }

        return all;
    }

    /// <summary>Members in listing order.</summary>
    /// <exception cref="StorageUnavailableException">A bucket could not answer.</exception>
    public async Task<MembersPage> List(IndexPosition after, int take)
    {
        var (entries, next) = await Client.List(index, after, take);
        return new MembersPage
        {
            Members = [.. entries.SelectMany(e => e.Entries).Select(e => new GroupMember { Id = e.Id, Type = e.Tag ?? "User" })],
            Next = next,
        };
    }

    /// <summary>Puts members in and takes members out, and grows the index to the number that there are then.</summary>
    /// <returns>False where storage did not confirm all of it.</returns>
    public async Task<bool> Apply(MembershipIntent intent, long version, long members)
    {
        var changes = intent.Removes.Select(m => Change(m, ChangeKind.Remove, version))
            .Concat(intent.Adds.Select(m => Change(m, ChangeKind.Put, version)))
            .ToList();
        for (var done = 0; done < changes.Count;)
        {
            var some = changes.GetRange(done, (int)Math.Min(changes.Count - done, ChangesPerBucket * Width));
            var client = Client;
            if (!await client.Apply(index, some))
            {
                return false;
            }

            done += some.Count;
            var filled = Math.Min(members, done + Math.Max(0, members - intent.Adds.Length));
            // Versions that were left behind crowd a bucket, too.
            if (!await Grow(Math.Max(client.Crowded ? Width + 1 : 1, filled / MembersPerBucket)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Clears all buckets, when the group is gone.</summary>
    public Task<bool> Clear() => buckets.Clear();

    /// <summary>
    /// Lets buckets read their rows again, once: the head is confirmed by its next write, but a bucket's memory may be a stale twin's,
    /// and what a change comes to would be counted wrong.
    /// </summary>
    private async Task Follow(IEnumerable<long> numbers)
    {
        if (followed is null)
        {
            return;
        }

        var asked = numbers.Distinct().Where(n => !followed.Contains(n)).Select(n => (Number: n, Reply: buckets[n].Find([], fresh: true))).ToList();
        foreach (var (number, reply) in asked)
        {
            if ((await reply).Status == BucketStatus.Retry)
            {
                throw new StorageUnavailableException();
            }

            followed.Add(number);
        }
    }

    private async Task<bool> Grow(long wanted)
    {
        while (Width < wanted)
        {
            // Buckets of one level split side by side.
            var (first, level) = SplitOrder.NextSplit(Width);
            var number = Math.Min(wanted - Width, (1L << level) - first);
            var splits = Enumerable.Range(0, (int)Math.Min(number, 64)).Select(i => buckets[first + i].Split(level)).ToList();
            foreach (var split in splits)
            {
                if (await split != BucketStatus.Ok)
                {
                    return false;
                }
            }

            Width += splits.Count;
        }

        return true;
    }

    private IndexChange Change(GroupMember member, ChangeKind kind, long version) => new()
    {
        Kind = kind,
        Key = Client.KeyOf(index, member.Id),
        Id = member.Id,
        Version = version,
        // Nearly all are users, whose entries are smaller without it.
        Tag = member.Type == "User" ? null : member.Type,
    };
}
