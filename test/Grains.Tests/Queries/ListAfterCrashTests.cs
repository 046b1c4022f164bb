using Grains.Abstractions;
using Grains.Abstractions.Events;
using Grains.Abstractions.Queries;
using Grains.Events;
using Grains.Indexes;

namespace Grains.Tests.Queries;

/// <summary>A list's total is what a walk through it meets, and a walk goes on where it was, whatever a process left half-made when it ended.</summary>
public sealed class ListAfterCrashTests
{
    private const int PageSize = 4;

    [Fact]
    public async Task Total_CreateCutOffBeforeItsRowStood_DoesNotCountIt()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 6);
        await CutOff(cluster, directory, () => directory.CreateUser("late", "late"), row: "late");

        (await Page(directory, 1)).TotalResults.ShouldBe(6);

        (await Walk(directory)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task Total_CreateOfAGroupCutOffBeforeItsRowStood_DoesNotCountIt()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateGroup("g1", "One").ShouldSucceed();
        var row = cluster.Script.OnWrite(StorageFault.Hold, "group", directory.Key("g2"));
        _ = directory.CreateGroup("g2", "Two");
        await row.Reached;
        await cluster.Eventually(async () => (await Log(directory)).Entries.Length == 2);
        await cluster.Restart();

        (await Page(directory, 1, count: 0, type: "Group")).TotalResults.ShouldBe(1);
    }

    [Fact]
    public async Task Total_DeleteCutOffBeforeItsRowStood_CountsTheUserStill()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 6);
        await CutOff(cluster, directory, () => directory.DeleteUser("u3"), row: "u3");

        (await Page(directory, 1)).TotalResults.ShouldBe(6);

        (await Walk(directory)).ShouldContain("u3");
    }

    [Fact]
    public async Task Total_CreateCutOffBeforeItsIdWasListed_CountsItAndListsIt()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 6);
        var listing = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(IndexNames.UserId));
        _ = directory.CreateUser("late", "late");
        await listing.Reached;
        await cluster.Eventually(async () => await directory.StoredUser("late") is not null && (await Log(directory)).Entries.Length == 7);
        await cluster.Eventually(async () => (await directory.Owners(IndexNames.UserName, "late")).Length == 1);
        await cluster.Restart();

        (await Page(directory, 1)).TotalResults.ShouldBe(7);

        (await Walk(directory)).ShouldContain("late");
    }

    /// <summary>Whoever lists does not wait for those who are just being made, and does not get in their way.</summary>
    [Fact]
    public async Task Total_CreateUnderWay_IsLeftAlone()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 6);
        var row = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key("late"));
        var creating = directory.CreateUser("late", "late");
        await row.Reached;
        await cluster.Eventually(async () => (await Log(directory)).Entries.Length == 7);

        var calls = await cluster.Script.During(() => Page(directory, 1, count: 0));

        calls.ShouldNotContain(c => c.Verb != StorageVerb.Read && c.State == "user");
        row.Release();
        await creating.ShouldSucceed();
        (await Page(directory, 1)).TotalResults.ShouldBe(7);
    }

    /// <summary>A second log knows nothing of what the first one is about: it asks, and what is not there yet then never will be.</summary>
    [Fact]
    public async Task Total_AskedOfATwinWhileACreateIsUnderWay_IsRightAndStaysSo()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = await WithUsers(cluster, 6);
        var row = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key("late"), silo: 0);
        var creating = directory.CreateUser("late", "late");
        await row.Reached;
        await cluster.Eventually(async () => (await Log(directory)).Entries.Length == 7);

        (await Page(directory.At(1), 1)).TotalResults.ShouldBe(6);

        row.Release();
        (await creating).Error!.Status.ShouldBe(503);
        (await Walk(directory.At(1))).ShouldNotContain("late");
        (await Page(directory.At(1), 1)).TotalResults.ShouldBe(6);
    }

    /// <summary>The id of a create of which nothing else stands is counted by its bucket, and shown to nobody.</summary>
    [Fact]
    public async Task Walk_ProcessEndsWithAnIdOfNobodyListed_GoesOnWhereItWas()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        var first = await Page(directory, 1);
        await ListIdOfNobody(cluster, directory, IdBefore(directory, first.Ids[^1]));

        var rest = await Walk(directory, from: 1 + PageSize);

        first.Ids.Concat(rest).ShouldBe(await Walk(directory));
    }

    /// <summary>A process that has served for long knows of each walk that goes on; who asks for a page out of turn is not worth a look at all before it.</summary>
    [Fact]
    public async Task Page_OutOfTurnLongAfterTheStart_IsFoundByCounting()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        await ListIdOfNobody(cluster, directory, "late");
        await Page(directory, 1, count: 0);
        cluster.Clock.Advance(TimeSpan.FromMinutes(3));

        // What the process before left unsettled is asked after, and nobody is in memory any more.
        await cluster[0].GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Context.Id)).Sweep(directory.Context);
        await cluster.Deactivate();
        await Page(directory, 1, count: 0);

        var calls = await cluster.Script.During(() => Page(directory, 10, count: 1));

        calls.Count(c => c is { Verb: StorageVerb.Read, State: "user" }).ShouldBeInRange(1, PageSize - 1);
    }

    private static async Task<TestDirectory> WithUsers(GrainCluster cluster, int count)
    {
        var directory = cluster.Directory;
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => directory.CreateUser($"u{i}", $"name{i}").ShouldSucceed()));
        return directory;
    }

    /// <summary>The process ends when a change has its event in the log, and before its row is written.</summary>
    private static async Task CutOff(GrainCluster cluster, TestDirectory directory, Func<Task> change, string row)
    {
        var events = (await Log(directory)).Entries.Length;
        var writing = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key(row));
        _ = change();
        await writing.Reached;
        await cluster.Eventually(async () => (await Log(directory)).Entries.Length > events);
        await cluster.Restart();
    }

    /// <summary>The process ends when of a create only its id is listed.</summary>
    private static async Task ListIdOfNobody(GrainCluster cluster, TestDirectory directory, string id)
    {
        cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key(id));
        cluster.Script.OnWrite(StorageFault.Hold, "eventlog");
        _ = directory.CreateUser(id, "late");
        await cluster.Eventually(async () => (await directory.Owners(IndexNames.UserId, id)).Length == 1);
        await cluster.Restart();
    }

    private static async Task<EventLogState> Log(TestDirectory directory) =>
        await directory.Cluster.Stored<EventLogState>("eventlog", directory.Context.Id) ?? new EventLogState();

    /// <summary>An id that is listed before another.</summary>
    private static string IdBefore(TestDirectory directory, string other)
    {
        return Enumerable.Range(0, int.MaxValue).Select(i => $"late{i}").First(id => Place(id) < Place(other));

        ulong Place(string id) => SplitOrder.Reverse(directory.Index().KeyOf(IndexNames.UserId, id).Hash);
    }

    private static async Task<List<string>> Walk(TestDirectory directory, int from = 1)
    {
        var met = new List<string>();
        for (var more = true; more;)
        {
            var page = await Page(directory, from + met.Count);
            met.AddRange(page.Ids);
            more = page.Ids.Length > 0 && from + met.Count <= page.TotalResults;
        }

        return met;
    }

    private static Task<ListReply> Page(TestDirectory directory, int startIndex, int count = PageSize, string type = "User") =>
        directory.Cluster[directory.Home].GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory.Context.Id))
            .List(directory.Context, new ListQuery { ResourceType = type, StartIndex = startIndex, Count = count });
}
