using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Indexes;

namespace Grains.Tests.Indexes;

public sealed class BucketGrainTests
{
    private const string Index = IndexNames.UserId;

    [Fact]
    public async Task Apply_ChangesWhileAWriteIsInFlight_GoIntoTheNextOneTogether()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var held = cluster.Script.OnWrite(StorageFault.Hold, "bucket");

        var writes = await cluster.Script.WritesDuring(async () =>
        {
            var first = Put(directory, "u0");
            await held.Reached;
            var rest = Enumerable.Range(1, 50).Select(i => Put(directory, $"u{i}")).ToList();
            await Arrived(directory);
            rest.ShouldAllBe(r => !r.IsCompleted);
            held.Release();
            (await Task.WhenAll([first, .. rest])).ShouldAllBe(done => done);
        });

        // Where calls travel, some come when the write that gathered the others has begun.
        writes.Count.ShouldBeInRange(2, EngineCluster.CallsTimeOutByTheClock ? 2 : 10);
        (await directory.Listed(Index)).Count.ShouldBe(51);
    }

    [Fact]
    public async Task Find_WhileAWriteIsInFlight_SeesWhatIsDurable()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var held = cluster.Script.OnWrite(StorageFault.Hold, "bucket");
        var putting = Put(directory, "u1");
        await held.Reached;

        (await directory.Owners(Index, "u1")).ShouldBeEmpty();
        (await directory.Listed(Index)).ShouldBeEmpty();

        held.Release();
        await putting;
        (await directory.Owners(Index, "u1")).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Apply_SameChangeAgainWhileItIsInFlight_WaitsForIt()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var held = cluster.Script.OnWrite(StorageFault.Hold, "bucket");
        var first = Put(directory, "u1");
        await held.Reached;

        var again = Put(directory, "u1");

        again.IsCompleted.ShouldBeFalse();
        held.Release();
        (await first && await again).ShouldBeTrue();
    }

    [Fact]
    public async Task Apply_WriteFails_NobodyWhoseChangeWasInItOrBehindItIsToldYes()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var held = cluster.Script.OnWrite(StorageFault.Hold, "bucket");
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", nth: 2);
        var first = Put(directory, "u0");
        await held.Reached;
        var behind = Enumerable.Range(1, 5).Select(i => Put(directory, $"u{i}")).ToList();
        await Arrived(directory);
        held.Release();

        (await first).ShouldBeTrue();

        // Orleans does not keep the order of messages: one that comes only after the failure may be written, and is told so.
        var told = await Task.WhenAll(behind);
        told.ShouldContain(false);
        await cluster.Eventually(async () => await Put(directory, "u1"));
        var stands = Enumerable.Range(1, 5).Where(i => told[i - 1] || i == 1).Select(i => $"u{i}").Prepend("u0");
        (await directory.Listed(Index)).Order().ShouldBe(stands);
    }

    [Fact]
    public async Task Apply_WriteAppliedThenFailed_IsASuccess()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, "bucket");

        (await Put(directory, "u1")).ShouldBeTrue();

        (await directory.Listed(Index)).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Apply_TwinHasWritten_BothChangesStand()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        (await directory.Listed(Index, silo: 1)).ShouldBeEmpty();
        await Put(directory, "u1");

        await cluster.Eventually(() => Put(directory, "u2", silo: 1));

        await cluster.Restart(0);
        (await directory.Listed(Index)).Order().ShouldBe(["u1", "u2"]);
    }

    [Fact]
    public async Task Claim_ManyAtOnceForOneName_ExactlyOneIsOk()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        for (var i = 0; i < 8; i++)
        {
            await directory.CreateUser($"u{i}", $"other{i}").ShouldSucceed();
        }

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => directory.Set($"u{i}", "userName", "ada")));

        replies.Count(r => r.Error is null).ShouldBe(1);
        replies.Where(r => r.Error is not null).ShouldAllBe(r => r.Error!.Status == 409);
    }

    [Fact]
    public async Task Split_MovesHalfAndKeepsTheListing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Put(directory, $"u{i}")));
        var before = await directory.Listed(Index);

        (await Bucket(cluster, directory, 0).Split(0)).ShouldBe(BucketStatus.Ok);

        (await directory.Listed(Index)).ShouldBe(before);
        (await cluster.Stored<BucketState>("bucket", directory.BucketKey(Index, 1)))!.Entries.Length.ShouldBeInRange(30, 70);
        var counts = await directory.Index().Counts(Index);
        counts.Count.ShouldBe(2);
        counts.Sum(c => c.Count).ShouldBe(100);
    }

    [Fact]
    public async Task Split_Again_ChangesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await Put(directory, "u1");
        await Bucket(cluster, directory, 0).Split(0);

        (await cluster.Script.WritesDuring(async () => (await Bucket(cluster, directory, 0).Split(0)).ShouldBe(BucketStatus.Ok))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Split_BucketThatWasNeverInstalled_Refuses()
    {
        await using var cluster = await GrainCluster.Start();

        (await Bucket(cluster, cluster.Directory, 1).Split(1)).ShouldBe(BucketStatus.NotInstalled);
    }

    /// <summary>The three writes of a split: the intent, the new bucket, the half that is dropped.</summary>
    [Theory]
    [InlineData(0, 1, StorageFault.CrashBefore)]
    [InlineData(0, 1, StorageFault.CrashAfter)]
    [InlineData(1, 1, StorageFault.CrashBefore)]
    [InlineData(1, 1, StorageFault.CrashAfter)]
    [InlineData(0, 2, StorageFault.CrashBefore)]
    [InlineData(0, 2, StorageFault.CrashAfter)]
    [InlineData(0, 1, StorageFault.Fail)]
    [InlineData(0, 1, StorageFault.ApplyThenFail)]
    [InlineData(1, 1, StorageFault.Fail)]
    [InlineData(1, 1, StorageFault.ApplyThenFail)]
    [InlineData(0, 2, StorageFault.Fail)]
    [InlineData(0, 2, StorageFault.ApplyThenFail)]
    public async Task Split_InterruptedAtAnyWrite_NothingIsLostAndItIsFinishedLater(long bucket, int nth, StorageFault fault)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Put(directory, $"u{i}")));
        var before = await directory.Listed(Index);
        var rule = cluster.Script.OnWrite(fault, "bucket", directory.BucketKey(Index, bucket), nth);
        var splitting = Bucket(cluster, directory, 0).Split(0);
        if (fault is StorageFault.CrashBefore or StorageFault.CrashAfter)
        {
            await rule.Reached;
            await cluster.Restart();
        }
        else
        {
            await splitting;
            rule.Happened.ShouldBeTrue();
        }

        await cluster.Eventually(async () => await Insist(() => directory.Listed(Index)) is { } listed && listed.SequenceEqual(before));
        for (var i = 60; i < 120; i++)
        {
            var id = $"u{i}";
            await cluster.Eventually(() => Put(directory, id));
        }

        await cluster.Eventually(async () => await Bucket(cluster, directory, 0).Split(0) == BucketStatus.Ok);

        (await directory.Listed(Index)).Order().ShouldBe(Enumerable.Range(0, 120).Select(i => $"u{i}").Order());
        (await cluster.Stored<BucketState>("bucket", directory.BucketKey(Index)))!.Splitting.ShouldBeFalse();
    }

    [Fact]
    public async Task Split_WhileTheMovingHalfIsChanged_TheChangeWaitsAndIsKept()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Put(directory, $"u{i}")));
        var held = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(Index, 1));
        var splitting = Bucket(cluster, directory, 0).Split(0);
        await held.Reached;

        var moving = Enumerable.Range(20, 40).Where(i => (directory.Index().KeyOf(Index, $"u{i}").Hash & 1) == 1).Select(i => Put(directory, $"u{i}")).ToList();
        var staying = Enumerable.Range(20, 40).Where(i => (directory.Index().KeyOf(Index, $"u{i}").Hash & 1) == 0).Select(i => Put(directory, $"u{i}")).ToList();
        (await Task.WhenAll(staying)).ShouldAllBe(done => done);
        moving.ShouldAllBe(m => !m.IsCompleted);
        (await directory.Listed(Index)).Count.ShouldBe(20 + staying.Count);
        held.Release();

        (await splitting).ShouldBe(BucketStatus.Ok);
        (await Task.WhenAll(moving)).ShouldAllBe(done => done);
        (await directory.Listed(Index)).Order().ShouldBe(Enumerable.Range(0, 60).Select(i => $"u{i}").Order());
    }

    [Fact]
    public async Task Grow_ThousandsOfEntriesComingInAtOnce_LosesNothingAndListsEveryoneOnce()
    {
        await using var cluster = await GrainCluster.Start();
        var grain = cluster[0].GetGrain<IDirectoryGrain>("grown");
        await grain.Create(new CreateDirectory { Tenant = "t", Name = "n" });
        var directory = new TestDirectory(cluster, (await grain.Context())!);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Put(directory, $"early{i}")));
        var early = Enumerable.Range(0, 500).Select(i => $"early{i}").ToHashSet();

        var putting = Task.Run(async () =>
        {
            foreach (var some in Enumerable.Range(0, 4000).Chunk(200))
            {
                (await Task.WhenAll(some.Select(i => Put(directory, $"late{i}")))).ShouldAllBe(done => done);
            }
        });
        while (!putting.IsCompleted)
        {
            var listed = await directory.Listed(Index, page: 37);
            listed.Distinct().Count().ShouldBe(listed.Count);
            listed.Where(early.Contains).Count().ShouldBe(early.Count);
        }

        await putting;
        var all = await directory.Listed(Index, page: 100);
        all.Count.ShouldBe(4500);
        all.Distinct().Count().ShouldBe(4500);
        (await grain.Context())!.WidthOf(Index).ShouldBeGreaterThan(8);

        // By the new width as by the old one.
        var now = new TestDirectory(cluster, (await grain.Context())!);
        (await now.Listed(Index)).ShouldBe(all);
        (await now.Index().Counts(Index)).Sum(c => c.Count).ShouldBe(4500);
    }

    [Fact]
    public async Task Apply_ManyIdsUnderOneValue_BecomesCommon()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;

        await Task.WhenAll(Enumerable.Range(0, BucketTable.MaxIdsPerValue + 1).Select(i => directory.Index().Apply(
            [new IndexTerm("u-externalid", "same", Unique: false)], ChangeKind.Put, $"u{i}", version: 1)));

        (await directory.Index().Find("u-externalid", ["same"]))[0].Common.ShouldBeTrue();
    }

    private static IBucketGrain Bucket(GrainCluster cluster, TestDirectory directory, long number) =>
        cluster[0].GetGrain<IBucketGrain>(directory.BucketKey(Index, number));

    /// <summary>What was sent before has arrived: calls that wait for nothing have come back behind it, one after the other.</summary>
    private static async Task Arrived(TestDirectory directory)
    {
        for (var i = 0; i < 10; i++)
        {
            await directory.Listed(Index);
        }
    }

    private static Task<bool> Put(TestDirectory directory, string id, int silo = 0) =>
        directory.Index(silo).Apply([new IndexTerm(Index, id, Unique: false)], ChangeKind.Put, id, version: 1);

    private static async Task<List<string>?> Insist(Func<Task<List<string>>> list)
    {
        try
        {
            return await list();
        }
        catch (Grains.Storage.StorageUnavailableException)
        {
            return null;
        }
    }
}
