using Grains.Events;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Events;

/// <summary>Work that was left for later is done though nobody asks for it: the log wakes whose it is (PROTOCOL R8).</summary>
public sealed class AlarmClockTests
{
    private const string Hints = "u-externalid";

    [Fact]
    public async Task Delete_ProcessEndsBeforeTheGroupsAreLeft_TheyAreLeftWhenTimeHasPassed()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAMember(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        await cluster.Restart();
        (await directory.StoredUser("u1"))!.Groups.ShouldNotBeEmpty();

        await TimePassesUntil(directory, async () => (await directory.StoredUser("u1"))!.Groups.Length == 0);

        (await directory.Members("g1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_TheGroupCannotBeLeftAtFirst_IsWokenUntilItIs()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAMember(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        var faults = Enumerable.Range(1, 3).Select(n => cluster.Script.OnWrite(StorageFault.Fail, "group", directory.Key("g1"), n)).ToList();

        await TimePassesUntil(directory, async () => (await directory.StoredUser("u1"))!.Groups.Length == 0);

        faults.ShouldAllBe(f => f.Happened);
        (await directory.Members("g1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_TheNameCannotBeReleasedAtFirst_IsWokenUntilItIs()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.UserName));
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(Hints));
        await directory.DeleteUser("u1").ShouldSucceed();
        (await directory.Owners(Hints, "e1")).ShouldBe(["u1"]);

        await TimePassesUntil(directory, async () => (await directory.Owners(Hints, "e1")).Length == 0);

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_OfAGroup_ProcessEndsBeforeItsMembersHaveLeft_TheyLeaveWhenTimeHasPassed()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAMember(cluster);
        await directory.DeleteGroup("g1").ShouldSucceed();
        await cluster.Restart();
        (await directory.User("u1").Groups()).ShouldBe(["g1"]);

        await TimePassesUntil(directory, async () => !(await directory.StoredGroup("g1"))!.Leaving);

        (await directory.User("u1").Groups()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_ProcessEndsBeforeItsEventIsAppended_TheEventIsThereWhenTheUserIsNextAskedFor()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        var append = cluster.Script.OnWrite(StorageFault.Hold, "eventlog");
        _ = directory.Set("u1", "title", "Countess");
        await append.Reached;
        await cluster.Eventually(async () => (await directory.StoredUser("u1"))!.Version == 2);
        await cluster.Restart();

        await directory.User("u1").Read(directory.Context);

        await TimePassesUntil(directory, async () => (await Versions(directory, "u1")).Count == 2);
        (await Versions(directory, "u1")).ShouldBe([1, 2]);
    }

    /// <summary>The event before one that was sent again had been heard of, and written down nowhere.</summary>
    [Fact]
    public async Task Change_EventIsSentAgain_TheOneBeforeStandsToo()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "eventlog");
        await directory.Set("u1", "title", "Countess").ShouldFail(503);
        (await ReplyAssertions.Insist(async () => await directory.User("u1").Read(directory.Context))).Error.ShouldBeNull();

        await TimePassesUntil(directory, async () => (await Versions(directory, "u1")).Contains(2));

        (await Versions(directory, "u1")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Tombstone_IsClearedWhenItsTimeIsOver()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();

        cluster.Clock.Advance(EventLogGrain.TombstoneTime - TimeSpan.FromSeconds(1));
        await directory.Log.Sweep(directory.Context);
        (await directory.StoredUser("u1"))!.Status.ShouldBe(ResourceStatus.Tombstone);

        await TimePassesUntil(directory, async () => await directory.StoredUser("u1") is null);
    }

    [Fact]
    public async Task Delete_WithNothingLeftToDo_LeavesMemory()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        (await directory.DeleteUser("u1")).Unfinished.ShouldBeFalse();

        await cluster.Eventually(async () =>
            (await cluster.Script.During(() => directory.User("u1").Read(directory.Context).AsTask())).Exists(c => c is { Verb: StorageVerb.Read, State: "user" }));
    }

    [Fact]
    public async Task Tombstone_OwesItsGroups_IsClearedOnlyWhenTheyAreLeft()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAMember(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        var leaving = cluster.Script.OnWrite(StorageFault.Hold, "group", directory.Key("g1"));
        _ = directory.User("u1").Settle(directory.Context);
        await leaving.Reached;

        cluster.Clock.Advance(EventLogGrain.TombstoneTime + EventLogGrain.SettleTime);
        (await directory.User("u1").ClearTombstone(directory.Context)).ShouldBeFalse();

        (await directory.StoredUser("u1"))!.Groups.ShouldNotBeEmpty();
        leaving.Release();
        await TimePassesUntil(directory, async () => await directory.StoredUser("u1") is null);
        (await directory.Members("g1")).ShouldBeEmpty();
    }

    /// <summary>A group whose create was given up has told its members, and its end is told to them as well.</summary>
    [Fact]
    public async Task Create_OfAGroup_GivenUp_ItsMembersLeave()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.Members("g1")));
        await directory.CreateGroup("g1", "Staff", "u1").ShouldFail(503);

        await TimePassesUntil(directory, async () => await directory.StoredGroup("g1") is { Leaving: false });

        (await directory.User("u1").Groups()).ShouldBeEmpty();
        (await directory.Listed(IndexNames.GroupId)).ShouldBeEmpty();
    }

    private static async Task<TestDirectory> WithAMember(GrainCluster cluster)
    {
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.CreateGroup("g1", "Staff", "u1").ShouldSucceed();
        return directory;
    }

    private static async Task<List<long>> Versions(TestDirectory directory, string user) =>
        [.. (await directory.Log.Read(0, int.MaxValue)).Events.Where(e => e.ResourceId == user).Select(e => e.Version)];

    /// <summary>Nobody asks for anything: the log alone looks, as it does by its own clock.</summary>
    private static Task TimePassesUntil(TestDirectory directory, Func<Task<bool>> holds) => directory.Cluster.TimePassesUntil(EventLogGrain.SweepPeriod, async () =>
    {
        await directory.Log.Sweep(directory.Context);
        return await holds();
    });
}
