using FsCheck;
using FsCheck.Fluent;
using Grains.Abstractions.Indexes;
using Grains.Indexes;
using Grains.Storage;

namespace Grains.Tests.Indexes;

public sealed class BucketTableTests
{
    private const long Now = 1_000_000;
    private static readonly IndexKey Ada = new() { Value = "ada", Hash = 42 };

    [Fact]
    public void Put_OlderOrEqualVersion_ChangesNothing()
    {
        var table = Put(default, "u1", 5);

        Put(table, "u1", 4, changes: false);
        Put(table, "u1", 5, changes: false);
        Put(table, "u1", 6).Find(Ada)!.Owners.Single().Version.ShouldBe(6);
    }

    [Fact]
    public void Remove_NewerStands_KeepsIt()
    {
        var table = default(BucketTable).Put(Ada, "u1", 5, null, out _).Remove(Ada, "u1", 4, Now, out _);

        table.Find(Ada)!.Owners.Single().Id.ShouldBe("u1");
    }

    [Fact]
    public void Remove_LeavesItsVersionBehind_SoThatAnOlderPutComesTooLate()
    {
        var table = default(BucketTable).Remove(Ada, "u1", 5, Now, out var changed);

        changed.ShouldBeTrue();
        table.LeftBehind(Ada, "u1").ShouldBe(5);
        Put(table, "u1", 5, changes: false);
        Put(table, "u1", 6).LeftBehind(Ada, "u1").ShouldBe(-1);
        table.Remove(Ada, "u1", 5, Now, out changed);
        changed.ShouldBeFalse();
    }

    [Fact]
    public void Take_ReplacesTheOwner_WhoLeavesTheVersionOfItsNo()
    {
        var table = Put(default, "u1", 5).Take(Ada, "u2", 1, "u1", 7, Now);

        table.Find(Ada)!.Owners.Single().Id.ShouldBe("u2");
        table.LeftBehind(Ada, "u1").ShouldBe(7);
    }

    [Fact]
    public void Refuse_LeavesTheClaimantsVersionAndTheOwner()
    {
        var table = Put(default, "u1", 5).Refuse(Ada, "u2", 1, Now);

        table.Find(Ada)!.Owners.Single().Id.ShouldBe("u1");
        table.LeftBehind(Ada, "u2").ShouldBe(1);
    }

    [Fact]
    public void Refuse_OfAnOlderVersion_KeepsTheNewerLeftBehind() =>
        default(BucketTable).Refuse(Ada, "u2", 9, Now).Refuse(Ada, "u2", 1, Now).LeftBehind(Ada, "u2").ShouldBe(9);

    [Theory]
    [InlineData(BucketTable.LeftBehindSeconds, 5)]
    [InlineData(BucketTable.LeftBehindSeconds + 1, -1)]
    public void Prune_ForgetsWhatWasLeftLongAgo(long later, long left) =>
        default(BucketTable).Remove(Ada, "u1", 5, Now, out _).Prune(Now + later).LeftBehind(Ada, "u1").ShouldBe(left);

    [Fact]
    public void Prune_KeepsOwnersAndCommonValues()
    {
        var table = Put(default, "u1", 5).Remove(Ada, "u2", 1, Now, out _);
        for (var i = 0; i <= BucketTable.MaxIdsPerValue; i++)
        {
            table = table.Put(new IndexKey { Value = "common", Hash = 43 }, $"u{i}", 1, null, out _);
        }

        table = table.Prune(Now + BucketTable.LeftBehindSeconds + 1);

        table.Find(Ada)!.Owners.Single().Id.ShouldBe("u1");
        table.Find(Ada)!.Left.ShouldBeNull();
        table.Entries.Length.ShouldBe(2);
        table.Find(new IndexKey { Value = "common", Hash = 43 })!.Common.ShouldBeTrue();
    }

    [Fact]
    public void Put_MoreIdsThanAreListed_MakesTheValueCommon()
    {
        var table = default(BucketTable);
        for (var i = 0; i < BucketTable.MaxIdsPerValue; i++)
        {
            table = Put(table, $"u{i}", 1);
        }

        table.Find(Ada)!.Common.ShouldBeFalse();
        table.Count.ShouldBe(BucketTable.MaxIdsPerValue);
        table = Put(table, "one-more", 1);
        table.Find(Ada)!.Common.ShouldBeTrue();
        table.Find(Ada)!.Owners.ShouldBeEmpty();
    }

    [Fact]
    public void Changes_OfDistinctVersions_EndTheSameInAnyOrder() => Prop.ForAll<(bool Put, byte Id, bool OtherValue)[], int>((steps, seed) =>
    {
        // A sender's version grows with each change it makes; they arrive in any order, and twice.
        var changes = steps.Select((s, i) => (s.Put, Id: $"u{s.Id % 3}", Key: s.OtherValue ? Ada : new IndexKey { Value = "bob", Hash = 7 }, Version: (long)i + 1)).ToArray();
        var shuffled = changes.Concat(changes).ToArray();
        new Random(seed).Shuffle(shuffled);

        return Standing(Apply(changes)).SequenceEqual(Standing(Apply(shuffled)));

        static BucketTable Apply(IEnumerable<(bool Put, string Id, IndexKey Key, long Version)> changes) => changes.Aggregate(
            default(BucketTable),
            (table, c) => c.Put ? table.Put(c.Key, c.Id, c.Version, null, out _) : table.Remove(c.Key, c.Id, c.Version, Now, out _));

        static IEnumerable<string> Standing(BucketTable table) =>
            table.Entries.SelectMany(e => e.Owners.Select(o => $"{e.Value} {o.Id} {o.Version}")).Order(StringComparer.Ordinal);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Entries_AfterAnyPuts_StandInListingOrderAndAreFound() => Prop.ForAll<ulong[]>(hashes =>
    {
        // Few distinct hashes, so that some values share one.
        var keys = hashes.Select((h, i) => new IndexKey { Value = $"v{i}", Hash = h % 64 * 0x0400_0000_0000_0000UL }).ToArray();
        var table = keys.Aggregate(default(BucketTable), (t, k) => t.Put(k, "u", 1, null, out _));
        var order = table.Entries.Select(e => (SplitOrder.Reverse(e.Hash), e.Value)).ToArray();
        return order.SequenceEqual(order.OrderBy(o => o.Item1).ThenBy(o => o.Value, StringComparer.Ordinal))
            && keys.All(k => table.Find(k) is { } e && e.Value == k.Value)
            && table.Count == keys.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Split_ThenUnion_IsTheWholeInListingOrder() => Prop.ForAll<ulong[], byte>((hashes, at) =>
    {
        var level = at % 8;
        var table = hashes.Select(h => h & ~((1UL << level) - 1)).Distinct()
            .Aggregate(default(BucketTable), (t, h) => t.Put(new IndexKey { Value = $"v{h}", Hash = h }, "u", 1, null, out _).Remove(new IndexKey { Value = $"w{h}", Hash = h }, "u", 1, Now, out _));
        var (staying, moving) = table.Split(level);
        return staying.Entries.Concat(moving.Entries).Select(e => e.Value).SequenceEqual(table.Entries.Select(e => e.Value))
            && staying.Entries.All(e => SplitOrder.Belongs(e.Hash, 0, level + 1))
            && moving.Entries.All(e => SplitOrder.Belongs(e.Hash, 1L << level, level + 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void FirstAfter_EachEntry_IsTheNext() => Prop.ForAll<ulong[]>(hashes =>
    {
        var table = hashes.Select((h, i) => new IndexKey { Value = $"v{i}", Hash = h % 16 }).Aggregate(default(BucketTable), (t, k) => t.Put(k, "u", 1, null, out _));
        var entries = table.Entries;
        return table.FirstAfter(default) == 0
            && entries.Select((e, i) => table.FirstAfter(new IndexPosition { Order = SplitOrder.Reverse(e.Hash), Value = e.Value }) == i + 1).All(x => x);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void StoredForm_AfterAnyChanges_IsThatOfTheEntriesWrittenAnew() => Prop.ForAll<(bool Put, byte Id, byte Value, string? Tag)[]>(steps =>
    {
        // From one row to the next, as a bucket does it.
        var state = new BucketState();
        var version = 0L;
        foreach (var (put, id, value, tag) in steps)
        {
            var key = new IndexKey { Value = $"v{value % 8}", Hash = (ulong)(value % 8) * 0x2000_0000_0000_0000UL };
            version++;
            state = state.With(put
                ? state.Table.Put(key, $"u{id % 3}", version, tag, out _)
                : state.Table.Remove(key, $"u{id % 3}", version, Now, out _));
            if (id % 4 == 0)
            {
                // Goes into the next row together with what follows.
                continue;
            }

            var anew = new BucketState { Entries = [.. state.Entries] };
            if (!CompactForm.Bytes(state).AsSpan().SequenceEqual(CompactForm.Bytes(anew)))
            {
                return false;
            }
        }

        // Other entries than the image was made of.
        var half = state with { Entries = state.Table.Split(0).Staying.Entries };
        return CompactForm.Bytes(half).AsSpan().SequenceEqual(CompactForm.Bytes(new BucketState { Entries = [.. half.Entries] }));
    }).QuickCheckThrowOnFailure();

    private static BucketTable Put(BucketTable table, string id, long version, bool changes = true)
    {
        var after = table.Put(Ada, id, version, null, out var changed);
        changed.ShouldBe(changes);
        return after;
    }
}
