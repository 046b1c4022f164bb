using System.Numerics;
using Grains.Abstractions.Indexes;
using Grains.Indexes;

namespace Grains.Checking;

/// <summary>What the buckets of one index hold, and what is wrong with them as buckets: of what the entries should be it knows nothing.</summary>
internal sealed class IndexContents
{
    private readonly SortedDictionary<long, BucketState?> buckets;
    private readonly string key;
    private readonly Func<string, IndexKey> keyOf;

    /// <param name="key">What the buckets' keys begin with, without the dot.</param>
    /// <param name="buckets">The buckets by number; null where one cannot be read.</param>
    /// <param name="width">How many buckets the index's owner says there are.</param>
    /// <param name="keyOf">A value as the index keeps it, with its hash.</param>
    public IndexContents(string key, SortedDictionary<long, BucketState?> buckets, long width, Func<string, IndexKey> keyOf)
    {
        this.key = key;
        this.buckets = buckets;
        this.keyOf = keyOf;
        LookAtBuckets(width);
        foreach (var (number, bucket) in buckets)
        {
            if (bucket is not null)
            {
                LookAtEntries(number, bucket);
            }
        }
    }

    /// <summary>What is wrong with the buckets.</summary>
    public List<(FindingKind Kind, string Subject, string Detail)> Faults { get; } = [];

    /// <summary>Buckets that are splitting: what moves may stand in both halves.</summary>
    public List<long> Splitting { get; } = [];

    /// <summary>What stands where it is looked for, each once.</summary>
    public Dictionary<(string Value, string Id), BucketOwner> Entries { get; } = [];

    /// <summary>The versions that ids left behind.</summary>
    public Dictionary<(string Value, string Id), long> Left { get; } = [];

    /// <summary>Values that so many share that their ids are not listed.</summary>
    public HashSet<string> Common { get; } = new(StringComparer.Ordinal);

    /// <summary>Values that several ids stand under.</summary>
    public HashSet<string> Shared { get; } = new(StringComparer.Ordinal);

    private static int BirthLevel(long number) => number == 0 ? 0 : BitOperations.Log2((ulong)number) + 1;

    private string Subject(long number) => $"bucket/{key}.{number}";

    private void LookAtBuckets(long width)
    {
        var missing = new HashSet<long>();
        foreach (var (number, bucket) in buckets)
        {
            if (number > 0)
            {
                var parent = SplitOrder.ParentOf(number);
                var isKnown = buckets.TryGetValue(parent, out var from);
                var born = BirthLevel(number) - 1;

                // A bucket that cannot be read may have split as well as not.
                if (isKnown ? from is not null && from.Level <= born && !(from.Level == born && from.Splitting) : parent == 0 || !missing.Contains(parent))
                {
                    Faults.Add((FindingKind.BucketStray, Subject(number), $"Bucket {parent} has not split to make it."));
                }
            }

            if (bucket is null)
            {
                continue;
            }

            if (bucket.Level < BirthLevel(number))
            {
                Faults.Add((FindingKind.BucketStray, Subject(number), $"Its level is {bucket.Level}; a bucket of that number begins at {BirthLevel(number)}."));
            }

            for (var level = BirthLevel(number); level < Math.Min(bucket.Level, 62); level++)
            {
                var target = SplitOrder.TargetOf(number, level);
                if (!buckets.ContainsKey(target) && missing.Add(target))
                {
                    Faults.Add((FindingKind.BucketMissing, Subject(target), $"Bucket {number} has split into it, at level {level}, and it is not there."));
                }
            }

            if (bucket.Splitting)
            {
                Splitting.Add(number);
            }
        }

        for (var number = 1L; number < width; number++)
        {
            if (!buckets.ContainsKey(number) && missing.Add(number))
            {
                Faults.Add((FindingKind.WidthAhead, Subject(number), $"The index is said to have {width} buckets, and this one is not there."));
                break;
            }
        }
    }

    private void LookAtEntries(long number, BucketState bucket)
    {
        BucketEntry? before = null;
        foreach (var entry in bucket.Entries)
        {
            var right = keyOf(entry.Value);
            var isInOrder = before is null || before.Order < entry.Order
                || (before.Order == entry.Order && string.CompareOrdinal(before.Value, entry.Value) < 0);
            before = entry;
            if (right.Hash != entry.Hash || right.Value != entry.Value || !isInOrder || !SplitOrder.Belongs(entry.Hash, number, bucket.Level))
            {
                Faults.Add((FindingKind.EntryMisplaced, Subject(number), $"The value '{entry.Value}' is not looked for there."));
                continue;
            }

            if (entry.Common)
            {
                Common.Add(entry.Value);
            }

            if (entry.Owners.Length > 1)
            {
                Shared.Add(entry.Value);
            }

            foreach (var owner in entry.Owners)
            {
                Entries[(entry.Value, owner.Id)] = owner;
            }

            foreach (var left in entry.Left ?? [])
            {
                Left[(entry.Value, left.Id)] = left.Version;
            }
        }
    }
}
