using System.Collections.Immutable;

namespace Grains.Embedded.Tests.Runtime;

public sealed class CopyingTests
{
    [Fact]
    public void Copy_OfEverything_IsEqualAndShares_NothingThatCanChange()
    {
        var item = new Item { Name = "n", Tags = ["x"] };
        var value = new Everything
        {
            Bytes = [1, 2],
            Items = [item],
            ByName = new(StringComparer.OrdinalIgnoreCase) { ["a"] = item },
            Set = [1, 2],
            Jagged = [[1], [2, 3]],
            Immutable = [item],
            Maybe = 5,
            Pair = (item, 3),
            Memory = new byte[] { 7 },
            Record = new("r", [1]),
            Struct = new(1, [item]),
            Kind = DayOfWeek.Friday,
            Base = new Derived { Name = "d", Extra = [9] },
            Sequence = new List<Item> { item },
            Shared = item,
            Frozen = new("f"),
            Tree = new() { Children = [new() { Children = [] }] },
            Scratch = new(),
        };

        var copy = (Everything)Copiers.Boxed(typeof(Everything))(value)!;

        copy.ShouldNotBeSameAs(value);
        copy.Bytes.ShouldBe(value.Bytes);
        copy.Bytes.ShouldNotBeSameAs(value.Bytes);
        copy.Items[0].ShouldNotBeSameAs(item);
        copy.Items[0].Name.ShouldBe("n");
        copy.Items[0].Tags.ShouldBe(["x"]);
        copy.Items[0].Tags.ShouldNotBeSameAs(item.Tags);
        copy.ByName["A"].Name.ShouldBe("n");
        copy.ByName["a"].ShouldNotBeSameAs(item);
        copy.Set.ShouldBe([1, 2]);
        copy.Jagged[1].ShouldBe([2, 3]);
        copy.Jagged[1].ShouldNotBeSameAs(value.Jagged[1]);
        copy.Immutable[0].ShouldNotBeSameAs(item);
        copy.Maybe.ShouldBe(5);
        copy.Pair.Item1.ShouldNotBeSameAs(item);
        copy.Pair.Item2.ShouldBe(3);
        copy.Memory.ToArray().ShouldBe([7]);
        copy.Memory.Equals(value.Memory).ShouldBeFalse();
        copy.Record.Name.ShouldBe("r");
        copy.Record.Bytes.ShouldBe([1]);
        copy.Record.Bytes.ShouldNotBeSameAs(value.Record.Bytes);
        copy.Struct.Items[0].ShouldNotBeSameAs(item);
        copy.Kind.ShouldBe(DayOfWeek.Friday);
        var derived = copy.Base.ShouldBeOfType<Derived>();
        derived.Name.ShouldBe("d");
        derived.Extra.ShouldBe([9]);
        derived.Extra.ShouldNotBeSameAs(((Derived)value.Base).Extra);
        copy.Sequence.ShouldBeOfType<List<Item>>()[0].ShouldNotBeSameAs(item);
        copy.Shared.ShouldBeSameAs(item);
        copy.Frozen.ShouldBeSameAs(value.Frozen);
        copy.Tree.Children[0].ShouldNotBeSameAs(value.Tree.Children[0]);
        copy.Scratch.ShouldBeNull();
    }

    [Fact]
    public void Copy_OfNulls_IsNulls() => ((Everything)Copiers.Boxed(typeof(Everything))(new Everything())!).Items.ShouldBeNull();

    [Fact]
    public async Task Call_MutableArgumentAndResult_AreCopied()
    {
        await using var host = await TestHost.StartAsync();
        var keeper = host.Silo.GetGrain<IKeeper>("a");
        var item = new Item { Name = "before", Tags = [] };
        await keeper.Keep(item);
        item.Name = "changed by the caller";
        var kept = await keeper.Get();
        kept.Name.ShouldBe("before");
        kept.Name = "changed by the caller";
        (await keeper.Get()).Name.ShouldBe("before");
    }

    [Fact]
    public async Task Call_ImmutableParameterAndResult_AreShared()
    {
        await using var host = await TestHost.StartAsync();
        var keeper = host.Silo.GetGrain<IKeeper>("a");
        var item = new Item { Name = "one" };
        await keeper.KeepShared(item);
        (await keeper.GetShared()).ShouldBeSameAs(item);
    }

    [Fact]
    public async Task Call_ArgumentOfAnUnknownTypeAtRunTime_FailsAndNamesIt()
    {
        await using var host = await TestHost.StartAsync();
        var call = host.Silo.GetGrain<IKeeper>("a").KeepAll(Enumerable.Repeat(new Item(), 2).Where(_ => true));
        (await Should.ThrowAsync<GrainModelException>(call)).Message.ShouldContain("[GenerateSerializer]");
    }
}

[Alias("test.IKeeper")]
internal interface IKeeper : IGrainWithStringKey
{
    Task Keep(Item item);

    Task KeepShared([Immutable] Item item);

    Task KeepAll(IEnumerable<Item> items);

    Task<Item> Get();

    [return: Immutable]
    Task<Item> GetShared();
}

internal sealed class KeeperGrain : Grain, IKeeper
{
    private Item _item = new();

    public Task Keep(Item item)
    {
        _item = item;
        return Task.CompletedTask;
    }

    public Task KeepShared(Item item) => Keep(item);

    public Task KeepAll(IEnumerable<Item> items) => Task.CompletedTask;

    public Task<Item> Get() => Task.FromResult(_item);

    public Task<Item> GetShared() => Task.FromResult(_item);
}

[GenerateSerializer]
internal sealed class Item
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public List<string> Tags { get; set; } = null!;
}

[GenerateSerializer]
internal sealed record Entry(string Name, byte[] Bytes);

[GenerateSerializer]
internal readonly record struct Slot(int Number, Item[] Items);

[GenerateSerializer, Immutable]
internal sealed record Frozen([property: Id(0)] string Name);

[GenerateSerializer]
internal sealed class Tree
{
    [Id(0)]
    public List<Tree> Children { get; init; } = null!;
}

[GenerateSerializer]
internal abstract class Based
{
    [Id(0)]
    public string Name { get; init; } = "";
}

[GenerateSerializer]
internal sealed class Derived : Based
{
    [Id(0)]
    public byte[] Extra { get; init; } = [];
}

[GenerateSerializer]
internal sealed class Everything
{
    [Id(0)]
    public byte[] Bytes { get; init; } = null!;

    [Id(1)]
    public List<Item> Items { get; init; } = null!;

    [Id(2)]
    public Dictionary<string, Item> ByName { get; init; } = null!;

    [Id(3)]
    public HashSet<int> Set { get; init; } = null!;

    [Id(4)]
    public int[][] Jagged { get; init; } = null!;

    [Id(5)]
    public ImmutableArray<Item> Immutable { get; init; }

    [Id(6)]
    public int? Maybe { get; init; }

    [Id(7)]
    public (Item, int) Pair { get; init; }

    [Id(8)]
    public ReadOnlyMemory<byte> Memory { get; init; }

    [Id(9)]
    public Entry Record { get; init; } = null!;

    [Id(10)]
    public Slot Struct { get; init; }

    [Id(11)]
    public DayOfWeek Kind { get; init; }

    [Id(12)]
    public Based Base { get; init; } = null!;

    [Id(13)]
    public IReadOnlyList<Item> Sequence { get; init; } = null!;

    [Id(14), Immutable]
    public Item Shared { get; init; } = null!;

    [Id(15)]
    public Frozen Frozen { get; init; } = null!;

    [Id(16)]
    public Tree Tree { get; init; } = null!;

    [field: NonSerialized]
    public object? Scratch { get; init; }
}
