using Grains.Abstractions;
using Grains.Abstractions.Queries;
using Grains.Events;
using Grains.Indexes;
using Grains.Queries;

namespace Grains.Tests.Queries;

/// <summary>A list's total is what a walk through it meets, and a walk goes on where it was, whatever a process left behind when it ended.</summary>
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

    [Fact]
    public async Task Total_CreateNotConfirmed_IsNotCountedOnceItHadTime()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 6);
        cluster.Script.OnWrite(StorageFault.Fail, "user", directory.Key("late"));
        (await directory.CreateUser("late", "late")).Error!.Status.ShouldBe(503);

        cluster.Clock.Advance(EventLogGrain.AskTime);

        (await Page(directory, 1)).TotalResults.ShouldBe(6);
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

        var calls = await cluster.Script.During(() => Page(directory, 1));

        calls.ShouldNotContain(c => c.Verb != StorageVerb.Read);
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
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Walk_ProcessEndsWithAnIdOfNobodyListed_GoesOnWhereItWas(bool isForgotten)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        var first = await Page(directory, 1);
        if (isForgotten)
        {
            cluster.Script.OnWrite(StorageFault.Fail, "listwalks");
        }

        var id = IdBefore(directory, first.Ids[^1]);
        cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key(id));
        cluster.Script.OnWrite(StorageFault.Hold, "eventlog");
        _ = directory.CreateUser(id, "late");
        await cluster.Eventually(async () => (await directory.Owners(IndexNames.UserId, id)).Length == 1);
        await cluster.Restart();

        await GoesOn(directory, first);
    }

    [Fact]
    public async Task Walk_SomeoneComesAndTheProcessEnds_GoesOnWhereItWas()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        var first = await Page(directory, 1);
        await directory.CreateUser(IdBefore(directory, first.Ids[^1]), "late").ShouldSucceed();
        await cluster.Restart();

        await GoesOn(directory, first);
    }

    [Fact]
    public async Task Walk_SomeoneGoesAndTheProcessEnds_GoesOnWhereItWas()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        var first = await Page(directory, 1);
        await directory.DeleteUser(first.Ids[1]).ShouldSucceed();
        await cluster.Restart();

        await GoesOn(directory, first);
    }

    /// <summary>Nothing was written while the walk was known, so nothing is remembered of it; but what has come and gone since is known.</summary>
    [Fact]
    public async Task Walk_TheProcessEndsAndOthersComeAndGo_GoesOnWhereItWas()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        var first = await Page(directory, 1);
        await cluster.Restart();
        await directory.CreateUser(IdBefore(directory, first.Ids[^1]), "late").ShouldSucceed();
        await directory.DeleteUser(first.Ids[0]).ShouldSucceed();
        await directory.DeleteUser(first.Ids[2]).ShouldSucceed();

        await GoesOn(directory, first);
    }

    [Fact]
    public async Task Walk_HasGoneOnSinceOthersCame_GoesOnFromThere()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 14);
        var first = await Page(directory, 1);
        await directory.CreateUser(IdBefore(directory, first.Ids[^1]), "late").ShouldSucceed();
        var second = await Page(directory, 1 + PageSize);
        await cluster.Restart();
        await directory.DeleteUser(second.Ids[0]).ShouldSucceed();

        await GoesOn(directory, first, second);
    }

    /// <summary>The answer was lost with the process, or on its way: whoever asks again gets the same page.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Walk_APageIsAskedForAgain_IsTheSame(bool restarts)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 14);
        var first = await Page(directory, 1);
        await directory.CreateUser(IdBefore(directory, first.Ids[^1]), "one").ShouldSucceed();
        var second = await Page(directory, 1 + PageSize);
        await directory.DeleteUser(first.Ids[1]).ShouldSucceed();
        if (restarts)
        {
            await cluster.Restart();
        }

        (await Page(directory, 1 + PageSize)).Ids.ShouldBe(second.Ids);

        await GoesOn(directory, first, second);
    }

    /// <summary>Each page comes from another silo, whose query grain has not seen those before.</summary>
    [Fact]
    public async Task Walk_GoesOnAtATwin_GoesOnWhereItWas()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = await WithUsers(cluster, 10);
        var first = await Page(directory, 1);
        await directory.CreateUser(IdBefore(directory, first.Ids[^1]), "late").ShouldSucceed();

        await GoesOn(directory.At(1), first);
    }

    [Fact]
    public async Task Walk_CannotBeKept_HindersNoCreate()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        await Page(directory, 1);
        var keeping = cluster.Script.OnWrite(StorageFault.Fail, "listwalks");

        await directory.CreateUser("late", "late").ShouldSucceed();

        keeping.Happened.ShouldBeTrue();
    }

    [Fact]
    public async Task Walk_IsKeptOnlyWhenOthersComeOrGo()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);

        (await cluster.Script.WritesDuring(() => Page(directory, 1))).ShouldBeEmpty();
        (await cluster.Script.WritesDuring(() => directory.Set("u1", "title", "Countess"))).ShouldNotContain(w => w.StartsWith("listwalks", StringComparison.Ordinal));
        (await cluster.Script.WritesDuring(() => directory.CreateUser("one", "one"))).Count(w => w.StartsWith("listwalks", StringComparison.Ordinal)).ShouldBe(1);
        (await cluster.Script.WritesDuring(() => directory.CreateUser("two", "two"))).ShouldNotContain(w => w.StartsWith("listwalks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Clear_OfTheLog_ForgetsItsWalks()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 10);
        await Page(directory, 1);
        await directory.CreateUser("late", "late").ShouldSucceed();
        (await cluster.Stored<ListWalksState>("listwalks", directory.Context.Id)).ShouldNotBeNull();

        (await directory.Log.Clear()).ShouldBeTrue();

        (await cluster.Stored<ListWalksState>("listwalks", directory.Context.Id)).ShouldBeNull();
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

    private static async Task<EventLogState> Log(TestDirectory directory) =>
        await directory.Cluster.Stored<EventLogState>("eventlog", directory.Context.Id) ?? new EventLogState();

    /// <summary>An id that is listed before another.</summary>
    private static string IdBefore(TestDirectory directory, string other)
    {
        return Enumerable.Range(0, int.MaxValue).Select(i => $"late{i}").First(id => Place(id) < Place(other));

        ulong Place(string id) => SplitOrder.Reverse(directory.Index().KeyOf(IndexNames.UserId, id).Hash);
    }

    /// <summary>The rest of a walk meets everyone who was there when it began and still is, once, in the order of then.</summary>
    private static async Task GoesOn(TestDirectory directory, params ListReply[] pages)
    {
        var met = pages.SelectMany(p => p.Ids).ToList();
        for (var more = true; more;)
        {
            var page = await Page(directory, met.Count + 1);
            met.AddRange(page.Ids);
            more = page.Ids.Length > 0 && met.Count < page.TotalResults;
        }

        met.ShouldBeUnique();
        var all = (await Page(directory, 1, count: 100)).Ids;
        met.Where(id => all.Contains(id)).ShouldBe(all.Where(id => !id.StartsWith("late", StringComparison.Ordinal) && id is not ("one" or "two")));
    }

    private static async Task<List<string>> Walk(TestDirectory directory)
    {
        var met = new List<string>();
        for (var total = 1; met.Count < total;)
        {
            var page = await Page(directory, met.Count + 1);
            met.AddRange(page.Ids);
            total = page.TotalResults;
        }

        return met;
    }

    private static Task<ListReply> Page(TestDirectory directory, int startIndex, int count = PageSize, string type = "User") =>
        directory.Cluster[directory.Home].GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory.Context.Id))
            .List(directory.Context, new ListQuery { ResourceType = type, StartIndex = startIndex, Count = count });
}
