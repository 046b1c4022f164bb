using Grains.Groups;

namespace Grains.Tests.Groups;

public sealed class GroupTests
{
    [Fact]
    public async Task AddMember_Warm_IsThreeWritesAndItsShareOfTheLogs()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2);
        await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();

        (await cluster.Script.WritesDuring(() => directory.AddMembers("g1", ["u1"]).ShouldSucceed()))
            .ShouldBe(["bucket dir.m-g1.0", "eventlog dir", "group dir.g1", "user dir.u1"]);
    }

    [Fact]
    public async Task Members_FromBothSides_Agree()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 3);
        await directory.CreateGroup("g1", "Staff", "u0", "u1").ShouldSucceed();
        (await directory.AddMembers("g1", ["u2"]).ShouldSucceed()).MemberCount.ShouldBe(3);
        (await directory.RemoveMembers("g1", ["u0"]).ShouldSucceed()).MemberCount.ShouldBe(2);

        (await directory.Members("g1")).ShouldBe(["u1", "u2"]);
        (await directory.User("u0").Groups()).ShouldBeEmpty();
        (await directory.User("u1").Groups()).ShouldBe(["g1"]);
        (await directory.User("u2").Groups()).ShouldBe(["g1"]);
        (await directory.Group("g1").HasMembers(directory.Context, ["u0", "u1"])).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Membership_LeavesTheUsersVersionAsItIs()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        var before = await directory.User("u0").Read(directory.Context);

        await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();

        var after = await directory.User("u0").Read(directory.Context);
        after.Version.ShouldBe(before.Version);
        TestDirectory.Document(after)["groups"]!.AsArray().Single()!["value"]!.GetValue<string>().ShouldBe("g1");
    }

    [Fact]
    public async Task AddMember_AlreadyThere_WritesNothingAndKeepsTheVersion()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        var created = await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();

        (await cluster.Script.WritesDuring(async () =>
            (await directory.AddMembers("g1", ["u0"]).ShouldSucceed()).Version.ShouldBe(created.Version))).ShouldBeEmpty();
        (await cluster.Script.WritesDuring(async () =>
            (await directory.RemoveMembers("g1", ["nobody"]).ShouldSucceed()).Version.ShouldBe(created.Version))).ShouldBeEmpty();
    }

    [Fact]
    public async Task AddMember_ThatDoesNotExist_IsRefusedByName()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();

        (await directory.AddMembers("g1", ["u0", "nobody"]).ShouldFail(400)).Error!.Detail.ShouldContain("nobody");

        (await directory.Members("g1")).ShouldBeEmpty();
        (await directory.User("u0").Groups()).ShouldBeEmpty();
    }

    [Fact]
    public async Task AddMember_Itself_IsRefused()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 0);
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();

        (await directory.AddMembers("g1", ["g1"]).ShouldFail(400)).Error!.ScimType.ShouldBe("invalidValue");
    }

    [Fact]
    public async Task Join_RefusedByAUserDeletedMeanwhile_TakesTheMemberOutAgain()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2);
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();
        var head = cluster.Script.OnWrite(StorageFault.Hold, "group", directory.Key("g1"));
        var adding = directory.AddMembers("g1", ["u0", "u1"]);
        await head.Reached;
        await directory.DeleteUser("u0").ShouldSucceed();
        head.Release();

        (await adding.ShouldSucceed()).MemberCount.ShouldBe(1);

        (await directory.Members("g1")).ShouldBe(["u1"]);
        (await directory.StoredGroup("g1"))!.MemberCount.ShouldBe(1);
    }

    [Fact]
    public async Task Intent_CrashBetweenTheHeadAndTheJoins_IsFinishedBeforeTheGroupServes()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 3);
        await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();
        var end = cluster.Script.OnWrite(StorageFault.CrashAfter, "group", directory.Key("g1"));
        _ = directory.AddMembers("g1", ["u1", "u2"]);
        await end.Reached;
        await cluster.Restart();
        (await directory.StoredGroup("g1"))!.Intent!.Adds.Length.ShouldBe(2);
        (await directory.User("u1").Groups()).ShouldBeEmpty();

        (await directory.Group("g1").Read(directory.Context)).MemberCount.ShouldBe(3);

        (await directory.Members("g1")).ShouldBe(["u0", "u1", "u2"]);
        (await directory.User("u1").Groups()).ShouldBe(["g1"]);
        (await directory.User("u2").Groups()).ShouldBe(["g1"]);
    }

    [Fact]
    public async Task Activation_ABucketCannotBeReadAtFirst_TheGroupServesAfterwards()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();
        await cluster.Restart();
        (await directory.Owners("g-displayname", "staff")).ShouldBe(["g1"]);
        cluster.Script.On(StorageFault.Fail, c => c.Verb == StorageVerb.Read && c.Key == directory.BucketKey("g-displayname"));
        await Should.ThrowAsync<Exception>(async () => await directory.Group("g1").Read(directory.Context));

        await cluster.Eventually(async () =>
        {
            try
            {
                return (await directory.Group("g1").Read(directory.Context)).MemberCount == 1;
            }
            catch (Exception exception) when (exception is not TimeoutException)
            {
                return false;
            }
        });
    }

    [Fact]
    public async Task Intent_MetByAStaleTwin_IsFinishedBeforeTheNextChange()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = await WithUsers(cluster, 3);
        await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();
        await cluster.Deactivate();
        await directory.Group("g1").Read(directory.Context);
        await directory.Group("g1", silo: 1).Read(directory.Context);
        // Silo 0 commits a change of members and ends before it tells them.
        var end = cluster.Script.OnWrite(StorageFault.CrashAfter, "group", directory.Key("g1"), silo: 0);
        _ = directory.AddMembers("g1", ["u1"]);
        await end.Reached;

        // Silo 1 knows nothing of that.
        (await ReplyAssertions.Insist(() => directory.AddMembers("g1", ["u2"], silo: 1))).Error.ShouldBeNull();

        await cluster.Restart(0);
        (await directory.Members("g1")).ShouldBe(["u0", "u1", "u2"]);
        (await directory.StoredGroup("g1"))!.MemberCount.ShouldBe(3);
        (await directory.User("u1").Groups()).ShouldBe(["g1"]);
        (await directory.User("u2").Groups()).ShouldBe(["g1"]);
    }

    [Fact]
    public async Task GroupsInGroups_TwoThatAddEachOtherAtOnce_BothAnswer()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 0);
        for (var round = 0; round < 10; round++)
        {
            var (one, two) = ($"a{round}", $"b{round}");
            await directory.CreateGroup(one, one).ShouldSucceed();
            await directory.CreateGroup(two, two).ShouldSucceed();

            await Task.WhenAll(
                Task.Run(() => directory.AddMembers(one, [two]).ShouldSucceed()),
                Task.Run(() => directory.AddMembers(two, [one]).ShouldSucceed()));

            (await directory.Members(one)).ShouldBe([two]);
            (await directory.Members(two)).ShouldBe([one]);
            (await directory.Group(one).Groups()).ShouldBe([two]);
        }
    }

    [Fact]
    public async Task Members_OfAGroupDeletedSinceItWasRead_SayThatItIsGone()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        await directory.CreateGroup("g1", "Staff", "u0").ShouldSucceed();
        (await directory.Group("g1").Members(directory.Context, new(), 10)).Gone.ShouldBeFalse();

        await directory.DeleteGroup("g1").ShouldSucceed();

        var page = await directory.Group("g1").Members(directory.Context, new(), 10);
        page.Gone.ShouldBeTrue();
        page.Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_OfAMemberGroup_LeavesItsParents()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        await directory.CreateGroup("child", "Child", "u0").ShouldSucceed();
        await directory.CreateGroup("parent", "Parent", "child").ShouldSucceed();

        await directory.DeleteGroup("child").ShouldSucceed();
        await directory.Group("child").Settle(directory.Context);

        (await directory.Members("parent")).ShouldBeEmpty();
        (await directory.StoredGroup("parent"))!.MemberCount.ShouldBe(0);
        (await directory.User("u0").Groups()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_OfAUser_LeavesItsGroups()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2);
        await directory.CreateGroup("g1", "One", "u0", "u1").ShouldSucceed();
        await directory.CreateGroup("g2", "Two", "u0").ShouldSucceed();

        await directory.DeleteUser("u0").ShouldSucceed();
        await directory.User("u0").Settle(directory.Context);

        (await directory.Members("g1")).ShouldBe(["u1"]);
        (await directory.Members("g2")).ShouldBeEmpty();
        (await directory.StoredUser("u0"))!.Groups.ShouldBeEmpty();
    }

    [Fact]
    public async Task TwoThousandMembers_InOneChange_AndTheirLeavingWhenTheGroupIsDeleted()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 2000);
        var ids = Enumerable.Range(0, 2000).Select(i => $"u{i}").ToArray();
        await directory.CreateGroup("g1", "All").ShouldSucceed();

        (await directory.AddMembers("g1", ids).ShouldSucceed()).MemberCount.ShouldBe(2000);

        (await directory.Members("g1")).ShouldBe(ids.Order(StringComparer.Ordinal));
        (await Task.WhenAll(ids.Select(i => directory.User(i).Groups().AsTask()))).ShouldAllBe(g => g.Length == 1);

        // A small change of the large group costs what it costs in a small one, and keeps its growth.
        // (The log writes its segments beside it.)
        (await cluster.Script.WritesDuring(() => directory.RemoveMembers("g1", ["u7"]).ShouldSucceed()))
            .Count(w => !w.StartsWith("event", StringComparison.Ordinal)).ShouldBe(3);
        await cluster.Deactivate();
        (await directory.Members("g1")).Count.ShouldBe(1999);

        await directory.DeleteGroup("g1").ShouldSucceed();
        await directory.Group("g1").Settle(directory.Context);

        (await Task.WhenAll(ids.Select(i => directory.User(i).Groups().AsTask()))).ShouldAllBe(g => g.Length == 0);
        (await directory.StoredGroup("g1"))!.Leaving.ShouldBeFalse();
        (await cluster.Close()).Where(r => r.Contains("m-g1", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_OfMoreMembersThanTheLimit_IsRefusedWithTheLimit()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 0);
        await directory.CreateGroup("g1", "All").ShouldSucceed();

        var reply = await directory.AddMembers("g1", Enumerable.Range(0, GroupGrain.MaxMemberChanges + 1).Select(i => $"u{i}")).ShouldFail(413);

        reply.Error!.Detail.ShouldContain("10000");
        // At the limit it is the first member that is looked for.
        (await directory.AddMembers("g1", Enumerable.Range(0, GroupGrain.MaxMemberChanges).Select(i => $"u{i}")).ShouldFail(400)).Error!.Detail.ShouldContain("u0");
    }

    [Fact]
    public async Task Replace_TakesInAndOut()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 3);
        await directory.CreateGroup("g1", "Staff", "u0", "u1").ShouldSucceed();

        (await directory.ReplaceGroup("g1", "Crew", "u1", "u2").ShouldSucceed()).MemberCount.ShouldBe(2);

        (await directory.Members("g1")).ShouldBe(["u1", "u2"]);
        (await directory.User("u0").Groups()).ShouldBeEmpty();
        (await directory.Owners("g-displayname", "staff")).ShouldBeEmpty();
        (await directory.Owners("g-displayname", "crew")).ShouldBe(["g1"]);
    }

    [Fact]
    public async Task Change_HeadWriteFails_Is503AndNobodyWasTold()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "group", directory.Key("g1"));

        await directory.AddMembers("g1", ["u0"]).ShouldFail(503);

        (await directory.User("u0").Groups()).ShouldBeEmpty();
        await cluster.Eventually(async () => (await directory.Group("g1").Read(directory.Context)).Error is null);
        (await directory.Members("g1")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("user", "dir.u0")]
    [InlineData("bucket", "dir.m-g1.0")]
    public async Task Change_AWriteBehindTheHeadFails_Is503AndTheRetryFindsItDone(string state, string key)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithUsers(cluster, 1);
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, state, key);

        await directory.AddMembers("g1", ["u0"]).ShouldFail(503);

        (await ReplyAssertions.Insist(() => directory.AddMembers("g1", ["u0"]))).MemberCount.ShouldBe(1);
        (await directory.Members("g1")).ShouldBe(["u0"]);
        (await directory.User("u0").Groups()).ShouldBe(["g1"]);
    }

    [Fact]
    public async Task Change_OneGroupThroughBothSilosAtOnce_EveryAcknowledgedMemberIsThere()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = await WithUsers(cluster, 16);
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => ReplyAssertions.Insist(() => directory.AddMembers("g1", [$"u{i}"], silo: i % 2)))));

        replies.Count(r => r.Error is null).ShouldBeGreaterThan(1);
        await cluster.Restart(0);
        await cluster.Restart(1);
        var acknowledged = Enumerable.Range(0, 16).Where(i => replies[i].Error is null).Select(i => $"u{i}").Order(StringComparer.Ordinal);
        var head = await ReplyAssertions.Insist(async () => await directory.Group("g1").Read(directory.Context));
        var members = await directory.Members("g1");
        acknowledged.ShouldBeSubsetOf(members);
        head.MemberCount.ShouldBe(members.Count);
        foreach (var id in Enumerable.Range(0, 16).Select(i => $"u{i}"))
        {
            (await directory.User(id).Groups()).ShouldBe(members.Contains(id) ? ["g1"] : []);
        }
    }

    private static async Task<TestDirectory> WithUsers(GrainCluster cluster, int count)
    {
        var directory = cluster.Directory;
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => directory.CreateUser($"u{i}", $"name{i}").ShouldSucceed()));
        return directory;
    }
}
