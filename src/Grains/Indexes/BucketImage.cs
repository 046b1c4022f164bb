using Grains.Storage;

namespace Grains.Indexes;

/// <summary>
/// A bucket's entries as they were written last. The row is written whole with each change, and nearly all of it is as it was: what is the
/// same is copied from there, and only what changed since is encoded.
/// </summary>
/// <param name="entries">The entries.</param>
/// <param name="row">The row.</param>
/// <param name="start">Where the first entry begins in it.</param>
/// <param name="ends">Where each ends.</param>
internal sealed class BucketImage(BucketEntry[] entries, byte[] row, int start, int[] ends)
{
    /// <summary>How much longer a row may have become since, without its writer having to grow.</summary>
    private const int Headroom = 512;

    /// <summary>Nothing was written.</summary>
    public static BucketImage None { get; } = new([], [], 0, []);

    /// <summary>The room to reserve for the next row.</summary>
    public int Room => row.Length + Headroom;

    /// <summary>Writes entries, in listing order as those of the image.</summary>
    /// <returns>Where each ends.</returns>
    public int[] Write(BucketEntry[] next, ref RowWriter writer)
    {
        var nextEnds = new int[next.Length];
        var old = 0;
        for (var i = 0; i < next.Length;)
        {
            while (old < entries.Length && !ReferenceEquals(entries[old], next[i]) && Compare(entries[old], next[i]) < 0)
            {
                old++;
            }

            if (old == entries.Length || !ReferenceEquals(entries[old], next[i]))
            {
                next[i].Write(ref writer);
                nextEnds[i++] = writer.Length;
                continue;
            }

            var from = old == 0 ? start : ends[old - 1];
            var moved = writer.Length - from;
            do
            {
                nextEnds[i++] = ends[old++] + moved;
            }
            while (i < next.Length && old < entries.Length && ReferenceEquals(entries[old], next[i]));

            writer.Raw(row.AsSpan(from, ends[old - 1] - from));
        }

        return nextEnds;
    }

    private static int Compare(BucketEntry one, BucketEntry other)
    {
        var compared = one.Order.CompareTo(other.Order);
        return compared != 0 ? compared : string.CompareOrdinal(one.Value, other.Value);
    }
}
