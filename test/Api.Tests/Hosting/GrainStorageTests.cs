using Grains.Storage;
using Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Api.Tests.Hosting;

/// <summary>What the grains ask of any storage, of the one that a server has: a SQLite file, or Azure Table storage.</summary>
public sealed class GrainStorageTests
{
    private const string Name = "tenant";
    private static int s_last;

    [Fact]
    public async Task Read_OfNoRow_IsAnEmptyStateWithoutAnETag()
    {
        var row = await Read(await Storage(), NewGrain());

        row.RecordExists.ShouldBeFalse();
        row.ETag.ShouldBeNull();
        row.State!.Name.ShouldBe(new TenantState().Name);
    }

    [Fact]
    public async Task Write_OfANewRow_IsReadWithTheETagThatWasTold()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var written = await Write(storage, grain, "one");

        var read = await Read(storage, grain);

        written.RecordExists.ShouldBeTrue();
        read.RecordExists.ShouldBeTrue();
        read.State!.Name.ShouldBe("one");
        read.ETag.ShouldBe(written.ETag);
    }

    [Fact]
    public async Task Write_WithTheETagOfTheLastWrite_ReplacesTheRow()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var row = await Write(storage, grain, "one");
        var before = row.ETag;

        await Write(storage, grain, "two", row);

        row.ETag.ShouldNotBe(before);
        (await Read(storage, grain)).State!.Name.ShouldBe("two");
    }

    [Fact]
    public async Task Write_AsNew_WhereARowIs_IsRefused()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        await Write(storage, grain, "one");

        await Should.ThrowAsync<InconsistentStateException>(() => Write(storage, grain, "two"));

        (await Read(storage, grain)).State!.Name.ShouldBe("one");
    }

    [Fact]
    public async Task Write_WithAnOldETag_IsRefused()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var row = await Write(storage, grain, "one");
        var twin = await Read(storage, grain);
        await Write(storage, grain, "two", row);

        await Should.ThrowAsync<InconsistentStateException>(() => Write(storage, grain, "three", twin));

        (await Read(storage, grain)).State!.Name.ShouldBe("two");
    }

    [Fact]
    public async Task Clear_WithTheETagOfTheLastWrite_LeavesNoRow_AndNoOldETagMakesOne()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var row = await Write(storage, grain, "one");
        var twin = await Read(storage, grain);

        await storage.ClearStateAsync(Name, grain, row);

        row.RecordExists.ShouldBeFalse();
        row.ETag.ShouldBeNull();
        (await Read(storage, grain)).RecordExists.ShouldBeFalse();
        await Should.ThrowAsync<InconsistentStateException>(() => Write(storage, grain, "two", twin));
        (await Read(storage, grain)).RecordExists.ShouldBeFalse();
        await Write(storage, grain, "three", row);
        (await Read(storage, grain)).State!.Name.ShouldBe("three");
    }

    [Fact]
    public async Task Clear_WithAnOldETag_IsRefused()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var row = await Write(storage, grain, "one");
        var twin = await Read(storage, grain);
        await Write(storage, grain, "two", row);

        await Should.ThrowAsync<InconsistentStateException>(() => storage.ClearStateAsync(Name, grain, twin));

        (await Read(storage, grain)).State!.Name.ShouldBe("two");
    }

    [Fact]
    public async Task Rows_OfOtherNamesTypesAndKeys_AreApart()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var key = grain.Key.ToString()!;
        (string State, GrainId Grain)[] places =
        [
            ("tenant", grain), ("other", grain), ("tenant", GrainId.Create("user", key)), ("tenant", GrainId.Create("tenant", key + ".a")),
            ("tenant", GrainId.Create("tenant", key + "-a")), ("tenant", GrainId.Create("tenant", key + ".a.1")),
        ];
        foreach (var (state, at) in places)
        {
            await storage.WriteStateAsync(state, at, new GrainState<TenantState>(new TenantState { Name = $"{state} {at}" }));
        }

        foreach (var (state, at) in places)
        {
            var row = new GrainState<TenantState>(new TenantState());
            await storage.ReadStateAsync(state, at, row);
            row.State!.Name.ShouldBe($"{state} {at}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_000)]
    [InlineData(66_000)]
    [InlineData(900_000)]
    public async Task Write_OfALargeRow_IsReadWhole(int length)
    {
        var (storage, grain) = (await Storage(), NewGrain());
        var text = string.Concat(Enumerable.Range(0, (length / 10) + 1).Select(i => $"{i,10}"));

        await Write(storage, grain, text);

        (await Read(storage, grain)).State!.Name.ShouldBe(text);
    }

    [Fact]
    public async Task Write_BySeveralAtOnce_OneStandsAndTheOthersAreRefused()
    {
        var (storage, grain) = (await Storage(), NewGrain());
        for (var round = 0; round < 10; round++)
        {
            var rows = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Read(storage, grain)));

            var stands = await Task.WhenAll(rows.Select(async (row, i) =>
            {
                try
                {
                    await Write(storage, grain, $"{round} {i}", row);
                    return $"{round} {i}";
                }
                catch (InconsistentStateException)
                {
                    return null;
                }
            }));

            (await Read(storage, grain)).State!.Name.ShouldBe(stands.OfType<string>().ShouldHaveSingleItem());
        }
    }

    private static async Task<IGrainStorage> Storage() =>
        (await TestServer.Shared).Services.GetRequiredKeyedService<IGrainStorage>(StorageNames.Provider);

    private static GrainId NewGrain() => GrainId.Create("tenant", $"storage{Interlocked.Increment(ref s_last)}");

    private static async Task<GrainState<TenantState>> Read(IGrainStorage storage, GrainId grain)
    {
        var row = new GrainState<TenantState>(new TenantState());
        await storage.ReadStateAsync(Name, grain, row);
        return row;
    }

    private static async Task<GrainState<TenantState>> Write(IGrainStorage storage, GrainId grain, string text, GrainState<TenantState>? row = null)
    {
        row ??= new GrainState<TenantState>(new TenantState());
        row.State = new TenantState { Name = text };
        await storage.WriteStateAsync(Name, grain, row);
        return row;
    }
}
