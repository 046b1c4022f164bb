using Cluster.Storage;
using Grains.Abstractions;

namespace Cluster.Tests.Storage;

public sealed class AccountsTests
{
    private const string Id = "0123456789abcdef";

    [Theory]
    [InlineData("0123456789abcdef", "")]
    [InlineData("0123456789abcdef--b", "b")]
    [InlineData("0123456789abcdef--b.u1", "b")]
    [InlineData("0123456789abcdef--b.u-id.12", "b")]
    [InlineData("0123456789abcdef.m--b", "")]
    [InlineData("acme-corp", "")]
    [InlineData("platform", "")]
    [InlineData("a--toolonganame", "")]
    [InlineData("--b", "")]
    public void Of_AKey_IsTheAccountOfItsDirectory(string key, string account) => AccountNames.Of(key).ToString().ShouldBe(account);

    [Fact]
    public void New_SpreadsDirectoriesOverAllAccounts()
    {
        var ids = new AccountDirectoryIds(["", "b", "c2"]);

        var drawn = Enumerable.Range(0, 300).Select(_ => ids.New()).ToList();

        drawn.ShouldBeUnique();
        drawn.ShouldAllBe(id => GrainKeys.IsPart(id));
        var accounts = drawn.GroupBy(id => AccountNames.Of(id).ToString()).ToDictionary(g => g.Key, g => g.Count());
        accounts.Keys.ShouldBe(["", "b", "c2"], ignoreOrder: true);
        accounts.Values.ShouldAllBe(n => n > 50);
    }

    [Fact]
    public async Task Storage_KeepsAllRowsOfADirectoryInItsAccount()
    {
        var (main, other) = (new Rows(), new Rows());
        var storage = new AccountGrainStorage(new Dictionary<string, IGrainStorage> { [""] = main, ["b"] = other });

        foreach (var (type, key) in new[] { ("directory", $"{Id}--b"), ("user", $"{Id}--b.u1"), ("bucket", $"{Id}--b.u-id.0"), ("user", $"{Id}.u1"), ("tenant", Id) })
        {
            var grain = GrainId.Create(type, key);
            await storage.WriteStateAsync("s", grain, new GrainState<string>("x"));
            await storage.ReadStateAsync("s", grain, new GrainState<string>());
            await storage.ClearStateAsync("s", grain, new GrainState<string>());
        }

        other.Asked.Distinct().ShouldBe([$"directory/{Id}--b", $"user/{Id}--b.u1", $"bucket/{Id}--b.u-id.0"]);
        main.Asked.Distinct().ShouldBe([$"user/{Id}.u1", $"tenant/{Id}"]);
        other.Asked.Count.ShouldBe(9);
        main.Asked.Count.ShouldBe(6);
    }

    [Fact]
    public void Storage_OfAnAccountThatIsNotSet_NamesTheSetting()
    {
        var storage = new AccountGrainStorage(new Dictionary<string, IGrainStorage> { [""] = new Rows() });

        Should.Throw<InvalidOperationException>(() => storage.ReadStateAsync("s", GrainId.Create("user", $"{Id}--b.u1"), new GrainState<string>()))
            .Message.ShouldContain("Storage:Accounts:b");
    }

    private sealed class Rows : IGrainStorage
    {
        public List<string> Asked { get; } = [];

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Ask(grainId);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Ask(grainId);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Ask(grainId);

        private Task Ask(GrainId grain)
        {
            Asked.Add(grain.ToString());
            return Task.CompletedTask;
        }
    }
}
