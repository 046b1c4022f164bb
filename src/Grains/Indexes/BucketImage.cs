using Grains.Storage;

namespace Grains.Indexes;

/// <summary>
/// A bucket's entries as they stand in its row. The row is written whole with each change, and nearly all of it is as it was: an entry
/// that changes is put into a copy of the bytes, and the others are not encoded again.
/// </summary>
internal sealed class BucketImage
{
    private readonly int[] ends;

    private BucketImage(BucketEntry[] entries, byte[] bytes, int[] ends) => (Entries, Bytes, this.ends) = (entries, bytes, ends);

    /// <summary>The entries whose image it is.</summary>
    public BucketEntry[] Entries { get; }

    /// <summary>The entries in their order, without their number.</summary>
    public byte[] Bytes { get; }

    /// <summary>The image of entries.</summary>
    public static BucketImage Of(BucketEntry[] entries)
    {
        var writer = new RowWriter();
        var upTo = new int[entries.Length];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i].Write(ref writer);
            upTo[i] = writer.Length;
        }

        return new BucketImage(entries, writer.Finish(), upTo);
    }

    /// <summary>The image of entries that are the same but for one, which is new or stands in the place of another.</summary>
    public BucketImage With(BucketEntry[] entries, int at)
    {
        var replaces = entries.Length == Entries.Length;
        var start = at == 0 ? 0 : ends[at - 1];
        var rest = replaces ? ends[at] : start;
        var writer = new RowWriter();
        writer.Raw(Bytes.AsSpan(0, start));
        entries[at].Write(ref writer);
        var end = writer.Length;
        writer.Raw(Bytes.AsSpan(rest));

        var moved = new int[entries.Length];
        ends.AsSpan(0, at).CopyTo(moved);
        moved[at] = end;
        for (var i = at + 1; i < moved.Length; i++)
        {
            moved[i] = ends[replaces ? i : i - 1] + end - rest;
        }

        return new BucketImage(entries, writer.Finish(), moved);
    }
}
