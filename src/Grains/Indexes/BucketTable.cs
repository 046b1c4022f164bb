using Grains.Abstractions.Indexes;

namespace Grains.Indexes;

/// <summary>
/// What a bucket knows, as a pure value: every change makes a new table. Entries stand in listing order. Rule R4 of PROTOCOL is
/// kept here: an older version never overwrites a newer one, and who leaves, leaves its version behind.
/// </summary>
public readonly struct BucketTable
{
    /// <summary>How long a version that was left behind is remembered, in seconds: longer than any write can be under way.</summary>
    public const long LeftBehindSeconds = 600;

    /// <summary>How many ids may share a value before they are no longer listed.</summary>
    public const int MaxIdsPerValue = 256;

    private readonly BucketEntry[] entries;

    public BucketTable(BucketEntry[] entries) => this.entries = entries;

    /// <summary>The entries in listing order.</summary>
    public BucketEntry[] Entries => entries ?? [];

    /// <summary>How many ids stand in the bucket.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var entry in Entries)
            {
                count += entry.Owners.Length;
            }

            return count;
        }
    }

    /// <summary>The entry of a value, or null.</summary>
    public BucketEntry? Find(IndexKey key)
    {
        var at = Search(key);
        return at >= 0 ? Entries[at] : null;
    }

    /// <summary>The version that an id left behind at a value, or -1.</summary>
    public long LeftBehind(IndexKey key, string id)
    {
        foreach (var left in Find(key)?.Left ?? [])
        {
            if (left.Id == id)
            {
                return left.Version;
            }
        }

        return -1;
    }

    /// <summary>Puts an id under a value, unless a version as new stands or was left behind there.</summary>
    public BucketTable Put(IndexKey key, string id, long version, string? tag, out bool changed)
    {
        changed = false;
        var entry = Find(key) ?? Empty(key);
        if (entry.Common || LeftBehind(key, id) >= version)
        {
            return this;
        }

        var owner = Array.Find(entry.Owners, o => o.Id == id);
        if (owner is not null && owner.Version >= version)
        {
            return this;
        }

        changed = true;
        var owners = Without(entry.Owners, id);
        return owners.Length >= MaxIdsPerValue
            ? With(entry with { Owners = [], Left = null, Common = true })
            : With(entry with { Owners = [.. owners, new BucketOwner { Id = id, Version = version, Tag = tag }], Left = Without(entry.Left, id) });
    }

    /// <summary>Takes an id away, if what stands is not newer, and leaves the version behind.</summary>
    public BucketTable Remove(IndexKey key, string id, long version, long now, out bool changed)
    {
        changed = false;
        var entry = Find(key) ?? Empty(key);
        if (entry.Common)
        {
            return this;
        }

        var owner = Array.Find(entry.Owners, o => o.Id == id);
        var leaves = owner is not null && owner.Version <= version;
        if (!leaves && LeftBehind(key, id) >= version)
        {
            return this;
        }

        changed = true;
        return With(entry with
        {
            Owners = leaves ? Without(entry.Owners, id) : entry.Owners,
            Left = Leave(entry.Left, id, version, now),
        });
    }

    /// <summary>Makes an id the only owner of a value. Whom it replaces leaves a version behind.</summary>
    public BucketTable Take(IndexKey key, string id, long version, string? replaced, long replacedVersion, long now)
    {
        var entry = Find(key) ?? Empty(key);
        var left = replaced is null ? entry.Left : Leave(entry.Left, replaced, replacedVersion, now);
        return With(entry with { Owners = [new BucketOwner { Id = id, Version = version }], Left = left });
    }

    /// <summary>Writes down that a claim of this id and version was refused.</summary>
    public BucketTable Refuse(IndexKey key, string id, long version, long now)
    {
        var entry = Find(key) ?? Empty(key);
        return With(entry with { Left = Leave(entry.Left, id, version, now) });
    }

    /// <summary>Forgets what was left behind too long ago to matter.</summary>
    public BucketTable Prune(long now)
    {
        var before = now - LeftBehindSeconds;
        if (!Array.Exists(Entries, e => e.Left is not null && Array.Exists(e.Left, l => l.At < before)))
        {
            return this;
        }

        var kept = new List<BucketEntry>(Entries.Length);
        foreach (var entry in Entries)
        {
            var left = entry.Left is null ? null : Array.FindAll(entry.Left, l => l.At >= before);
            left = left is { Length: 0 } ? null : left;
            if (entry.Owners.Length > 0 || left is not null || entry.Common)
            {
                kept.Add(entry.Left is null ? entry : entry with { Left = left });
            }
        }

        return new BucketTable([.. kept]);
    }

    /// <summary>The half that stays and the half that moves when a bucket splits at a level.</summary>
    public (BucketTable Staying, BucketTable Moving) Split(int level)
    {
        var bit = 1UL << level;
        return (
            new BucketTable(Array.FindAll(Entries, e => (e.Hash & bit) == 0)),
            new BucketTable(Array.FindAll(Entries, e => (e.Hash & bit) != 0)));
    }

    /// <summary>The index of the first entry behind a position in the listing order.</summary>
    public int FirstAfter(IndexPosition position)
    {
        var low = 0;
        var high = Entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            var entry = Entries[middle];
            var behind = entry.Order > position.Order
                || (entry.Order == position.Order && (position.Value is null || string.CompareOrdinal(entry.Value, position.Value) > 0));
            if (behind)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private static BucketEntry Empty(IndexKey key) => new() { Value = key.Value, Hash = key.Hash };

    private static BucketOwner[] Without(BucketOwner[]? owners, string id) =>
        owners is null ? [] : Array.Exists(owners, o => o.Id == id) ? Array.FindAll(owners, o => o.Id != id) : owners;

    private static BucketOwner[] Leave(BucketOwner[]? left, string id, long version, long now)
    {
        var before = left is null ? null : Array.Find(left, l => l.Id == id);
        if (left is { Length: >= MaxIdsPerValue })
        {
            // The oldest is forgotten: what could still come of it is a claim by a resource that no longer stands, and it is asked.
            left = left[1..];
        }

        return [.. Without(left, id), new BucketOwner { Id = id, Version = Math.Max(version, before?.Version ?? 0), At = now }];
    }

    private BucketTable With(BucketEntry entry)
    {
        entry = entry.Left is { Length: 0 } ? entry with { Left = null } : entry;
        var at = Search(new IndexKey { Value = entry.Value, Hash = entry.Hash });
        BucketEntry[] changed;
        if (at >= 0)
        {
            changed = (BucketEntry[])Entries.Clone();
        }
        else
        {
            at = ~at;
            changed = new BucketEntry[Entries.Length + 1];
            Entries.AsSpan(0, at).CopyTo(changed);
            Entries.AsSpan(at).CopyTo(changed.AsSpan(at + 1));
        }

        changed[at] = entry;
        return new BucketTable(changed);
    }

    private int Search(IndexKey key)
    {
        var order = SplitOrder.Reverse(key.Hash);
        var low = 0;
        var high = Entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = Entries[middle];
            var compared = entry.Order.CompareTo(order);
            compared = compared != 0 ? compared : string.CompareOrdinal(entry.Value, key.Value);
            if (compared == 0)
            {
                return middle;
            }

            if (compared < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
