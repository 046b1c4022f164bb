using Grains.Abstractions.Indexes;

namespace Grains.Indexes;

/// <summary>
/// Finds values among a bucket's entries by their places in the listing order, side by side in memory: of a hundred thousand users' buckets,
/// each entry that is looked at on the way to the right one has to be fetched from far away.
/// </summary>
internal sealed class EntryOrders
{
    private BucketEntry[]? of;
    private ulong[]? orders;

    /// <summary>The entry of a value, or null.</summary>
    /// <param name="entries">The bucket's entries.</param>
    /// <param name="key">The value.</param>
    public BucketEntry? Find(BucketEntry[] entries, IndexKey key)
    {
        if (!ReferenceEquals(of, entries))
        {
            // Asked once between two writes, they are not worth to be put together.
            (of, orders) = (entries, null);
            return new BucketTable(entries).Find(key);
        }

        orders ??= Array.ConvertAll(entries, static entry => entry.Order);
        var at = Array.BinarySearch(orders, SplitOrder.Reverse(key.Hash));
        return at < 0 ? null
            : entries[at].Value == key.Value ? entries[at]
            // Another value has the same hash.
            : new BucketTable(entries).Find(key);
    }
}
