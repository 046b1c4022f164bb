using System.Buffers.Binary;
using System.Numerics;

namespace Grains.Indexes;

/// <summary>
/// The arithmetic of linear hashing in split order. Bucket <c>n</c> at level <c>l</c> holds the hashes whose low <c>l</c> bits are
/// <c>n</c>; read as a number whose bits are reversed, that is one contiguous range, so that a split cuts a range in two and moves
/// nothing in the listing (split-ordered lists: Shalev and Shavit).
/// </summary>
public static class SplitOrder
{
    /// <summary>The bucket of a hash in an index of <paramref name="width"/> buckets.</summary>
    public static long BucketOf(ulong hash, long width)
    {
        var level = CeilingLevel(width);
        var bucket = BucketAt(hash, level);
        return bucket < width ? bucket : BucketAt(hash, level - 1);
    }

    /// <summary>The bucket of a hash among buckets of one level.</summary>
    public static long BucketAt(ulong hash, int level) => (long)(hash & Mask(level));

    /// <summary>Whether a hash belongs to a bucket of that number and level.</summary>
    public static bool Belongs(ulong hash, long bucket, int level) => BucketAt(hash, level) == bucket;

    /// <summary>The bucket that split to make this one.</summary>
    public static long ParentOf(long bucket) => bucket & ~(1L << BitOperations.Log2((ulong)bucket));

    /// <summary>Which bucket of an index splits next, at which level; the new bucket's number is the width.</summary>
    public static (long Bucket, int Level) NextSplit(long width)
    {
        var level = BitOperations.Log2((ulong)width);
        return (width - (1L << level), level);
    }

    /// <summary>The bucket that the moving half of a split goes to.</summary>
    public static long TargetOf(long bucket, int level) => bucket + (1L << level);

    /// <summary>The place of a hash in the listing order: its bits reversed.</summary>
    public static ulong Reverse(ulong value)
    {
        value = ((value >> 1) & 0x5555555555555555) | ((value & 0x5555555555555555) << 1);
        value = ((value >> 2) & 0x3333333333333333) | ((value & 0x3333333333333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F0F0F0F0F) | ((value & 0x0F0F0F0F0F0F0F0F) << 4);
        return BinaryPrimitives.ReverseEndianness(value);
    }

    /// <summary>Where the range behind that of a bucket begins in the listing order, or null behind the last.</summary>
    public static ulong? After(long bucket, int level)
    {
        if (level == 0)
        {
            return null;
        }

        var next = unchecked(Reverse((ulong)bucket) + (1UL << (64 - level)));
        return next == 0 ? null : next;
    }

    private static int CeilingLevel(long width) => width <= 1 ? 0 : BitOperations.Log2((ulong)(width - 1)) + 1;

    private static ulong Mask(int level) => level == 0 ? 0 : ulong.MaxValue >> (64 - level);
}
