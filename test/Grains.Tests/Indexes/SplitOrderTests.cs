using FsCheck;
using FsCheck.Fluent;
using Grains.Indexes;

namespace Grains.Tests.Indexes;

public sealed class SplitOrderTests
{
    [Fact]
    public void BucketOf_AnyHashAndWidth_IsTheOneBucketThatGrowingSplitsLeaveItIn() => Prop.ForAll<ulong, int>((hash, size) =>
    {
        var width = 1 + ((long)(uint)size % 300);
        var holders = Levels(width).Where(l => SplitOrder.Belongs(hash, l.Key, l.Value)).Select(l => l.Key).ToList();
        return holders.Count == 1 && holders[0] == SplitOrder.BucketOf(hash, width);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void After_WalkedFromTheStart_MeetsEveryBucketOnceInRangeOrder() => Prop.ForAll<int>(size =>
    {
        var width = 1 + ((long)(uint)size % 300);
        var levels = Levels(width);
        var seen = new HashSet<long>();
        ulong? position = 0;
        while (position is { } at)
        {
            var bucket = SplitOrder.BucketOf(SplitOrder.Reverse(at), width);
            var level = levels[bucket];
            if (!seen.Add(bucket))
            {
                return false;
            }

            var next = SplitOrder.After(bucket, level);
            if (next is { } n && n <= at)
            {
                return false;
            }

            position = next;
        }

        return seen.Count == width;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Split_OfABucket_CutsItsRangeInTwo() => Prop.ForAll<ulong, ulong, byte>((one, other, number) =>
    {
        const int Level = 8;
        var bucket = (long)number;
        one = (one & ~0xFFUL) | number;
        other = (other & ~0xFFUL) | number;
        var target = SplitOrder.TargetOf(bucket, Level);
        var moves = SplitOrder.Belongs(one, target, Level + 1);
        var stays = SplitOrder.Belongs(other, bucket, Level + 1);

        // All that stays is listed before all that moves, and the moving range begins where the staying one ends.
        return moves != SplitOrder.Belongs(one, bucket, Level + 1)
            && (!moves || !stays || SplitOrder.Reverse(other) < SplitOrder.Reverse(one))
            && SplitOrder.After(bucket, Level + 1) == SplitOrder.Reverse((ulong)target)
            && SplitOrder.After(target, Level + 1) == SplitOrder.After(bucket, Level)
            && SplitOrder.ParentOf(target) == bucket;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reverse_Twice_IsTheSame() => Prop.ForAll<ulong>(value =>
        SplitOrder.Reverse(SplitOrder.Reverse(value)) == value).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1UL, 0x8000000000000000UL)]
    [InlineData(0x8000000000000000UL, 1UL)]
    [InlineData(6UL, 0x6000000000000000UL)]
    public void Reverse_KnownValues(ulong value, ulong reversed) => SplitOrder.Reverse(value).ShouldBe(reversed);

    /// <summary>The level of each bucket of an index that has grown from one bucket by splits alone.</summary>
    private static Dictionary<long, int> Levels(long width)
    {
        var levels = new Dictionary<long, int> { [0] = 0 };
        for (var w = 1L; w < width; w++)
        {
            var (bucket, level) = SplitOrder.NextSplit(w);
            levels[bucket].ShouldBe(level);
            SplitOrder.TargetOf(bucket, level).ShouldBe(w);
            levels[bucket] = levels[w] = level + 1;
        }

        return levels;
    }
}
