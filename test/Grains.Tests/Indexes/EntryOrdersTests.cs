using FsCheck;
using FsCheck.Fluent;
using Grains.Abstractions.Indexes;
using Grains.Indexes;

namespace Grains.Tests.Indexes;

public sealed class EntryOrdersTests
{
    /// <summary>Few hashes and values, so that many entries share a hash, and what is looked for is there and is not.</summary>
    private static readonly Gen<IndexKey> Keys =
        from hash in Gen.Choose(0, 5)
        from value in Gen.Elements("", "a", "b", "c", "A")
        select new IndexKey { Hash = (ulong)hash << 60, Value = value };

    [Fact]
    public void Find_AnyEntries_IsAsTheTableFinds()
    {
        var cases = from stored in Keys.ListOf() from sought in Keys.ListOf() select (stored, sought);
        Prop.ForAll(cases.ToArbitrary(), of =>
        {
            var orders = new EntryOrders();
            var table = default(BucketTable);
            foreach (var key in of.stored)
            {
                table = table.Put(key, "u", 1, tag: null, out _);
                foreach (var sought in of.sought)
                {
                    orders.Find(table.Entries, sought).ShouldBeSameAs(table.Find(sought));
                }
            }
        }).QuickCheckThrowOnFailure();
    }
}
