using Grains.Abstractions.Events;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Resources;

public sealed class ImportTests
{
    [Fact]
    public async Task Import_User_IsEqualToWhatWasExported()
    {
        await using var cluster = await GrainCluster.Start();
        var from = cluster.Directory;
        var to = new TestDirectory(cluster, GrainCluster.Context("elsewhere"));
        await from.CreateUser("u1", "Ada", "e1").ShouldSucceed();
        cluster.Clock.Advance(TimeSpan.FromSeconds(3));
        await from.Set("u1", "title", "Countess").ShouldSucceed();
        var exported = (await from.User("u1").Export(from.Context)).ShouldNotBeNull();

        var reply = await to.User("u1").Import(to.Context, new()
        {
            Attributes = exported.Attributes,
            Version = exported.Version,
            Created = exported.Created,
            LastModified = exported.LastModified,
        });

        reply.Error.ShouldBeNull();
        reply.AlreadyThere.ShouldBeFalse();
        (await to.User("u1").Read(to.Context)).Document.ShouldBe((await from.User("u1").Read(from.Context)).Document);
        (await to.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await to.Owners("u-externalid", "e1")).ShouldBe(["u1"]);
        (await to.Listed(IndexNames.UserId)).ShouldBe(["u1"]);
        await cluster.Eventually(async () => (await to.Log.Read(0, 10)).Events is [{ Kind: EventKind.Create, Version: 2, ResourceId: "u1" }]);
    }

    [Fact]
    public async Task Import_EmptyDirectory_WritesWhatACreateWrites()
    {
        await using var cluster = await GrainCluster.Start();

        (await cluster.Script.WritesDuring(() => cluster.Directory.ImportUser("u1", "ada", "e1").ShouldSucceed()))
            .ShouldBe(["bucket dir.u-externalid.0", "bucket dir.u-id.0", "bucket dir.u-username.0", "eventlog dir", "user dir.u1"]);
    }

    [Fact]
    public async Task Import_Again_IsThereAlreadyAndWritesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.ImportUser("u1", "ada").ShouldSucceed();
        await directory.ImportGroup("g1", "Staff").ShouldSucceed();
        await directory.ImportMembers("g1", 7, "u1");

        (await cluster.Script.WritesDuring(async () =>
        {
            (await directory.User("u1").Import(directory.Context, TestDirectory.Elsewhere(TestDirectory.NewUser("ada")))).AlreadyThere.ShouldBeTrue();
            (await directory.Group("g1").Import(directory.Context, TestDirectory.Elsewhere(TestDirectory.NewGroup("Staff", [])))).AlreadyThere.ShouldBeTrue();
            var again = await directory.ImportMembers("g1", 7, "u1");
            (again.Added, again.AlreadyThere).ShouldBe((0, 1));
        })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bob", 7)]
    [InlineData("ada", 8)]
    public async Task Import_OtherContentUnderTheId_IsRefusedAndLeavesItAsItIs(string userName, long version)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.ImportUser("u1", "ada").ShouldSucceed();
        var before = await directory.User("u1").Read(directory.Context);

        (await cluster.Script.WritesDuring(() => directory.ImportUser("u1", userName, version: version).ShouldFail(409))).ShouldBeEmpty();

        (await directory.User("u1").Read(directory.Context)).Document.ShouldBe(before.Document);
    }

    [Fact]
    public async Task Import_NameTaken_NamesWhoHasItAndLeavesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        (await cluster.Script.WritesDuring(async () =>
            (await directory.ImportUser("u2", "ADA", "e2").ShouldFail(409)).Error!.Detail.ShouldBe("userName 'ada' is taken by user u1."))).ShouldBeEmpty();

        (await directory.StoredUser("u2")).ShouldBeNull();
        await directory.Set("u1", "userName", "eve").ShouldSucceed();
        await directory.ImportUser("u2", "ADA", "e2").ShouldSucceed();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u2"]);
    }

    [Fact]
    public async Task Import_ThenChanges_VersionsGoOnFromTheImportedOne()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.ImportUser("u1", "ada", version: 40).ShouldSucceed();
        await directory.ImportGroup("g1", "Staff", version: 50).ShouldSucceed();
        await directory.ImportMembers("g1", 50, "u1");
        (await directory.Group("g1").Read(directory.Context)).Version.ShouldBe(50);

        (await directory.Set("u1", "userName", "bob").ShouldSucceed()).Version.ShouldBe(41);
        (await directory.Set("u1", "title", "Countess").ShouldSucceed()).Version.ShouldBe(42);
        (await directory.SetGroup("g1", "displayName", "People").ShouldSucceed()).Version.ShouldBeGreaterThan(50);

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBe(["u1"]);
        await directory.DeleteUser("u1").ShouldSucceed();
        (await directory.Listed(IndexNames.UserId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_CutOffWithAHighVersion_LeavesTheNameToWhoWantsItNext()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var row = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key("u1"));
        _ = directory.ImportUser("u1", "ada", version: 1_000_000);
        await row.Reached;
        await cluster.Eventually(async () => (await directory.Owners(IndexNames.UserName, "ada")).Length == 1);
        await cluster.Restart();

        (await ReplyAssertions.Insist(() => directory.CreateUser("u2", "ada", digest: "d"))).Error.ShouldBeNull();

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u2"]);
        (await directory.ImportUser("u1", "ada", version: 1_000_000).ShouldFail(409)).Error!.Detail.ShouldContain("u2");
    }

    [Fact]
    public async Task Import_WhereARowOnlySaysNo_IsMade()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        (await directory.User("u1").Holds(IndexNames.UserName, "ada")).Holds.ShouldBeFalse();
        (await directory.StoredUser("u1"))!.Status.ShouldBe(ResourceStatus.Tombstone);

        await directory.ImportUser("u1", "ada").ShouldSucceed();

        (await directory.UserNameOf("u1")).ShouldBe("ada");
        (await directory.User("u1").Read(directory.Context)).Version.ShouldBe(7);
        await cluster.Restart();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.UserNameOf("u1")).ShouldBe("ada");
    }

    [Fact]
    public async Task Import_DeletedLately_IsRefused()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.ImportUser("u1", "ada").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();

        (await directory.ImportUser("u1", "ada").ShouldFail(409)).Error!.Detail.ShouldContain("ten minutes");
    }

    [Fact]
    public async Task Import_CrashBeforeTheClaimStands_GoesOnByItself()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var claim = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(IndexNames.UserName));
        _ = directory.ImportUser("u1", "ada", "e1", version: 1);
        await claim.Reached;
        await cluster.Eventually(async () => await directory.StoredUser("u1") is not null);
        await cluster.Restart();

        (await directory.UserNameOf("u1")).ShouldBe("ada");

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.User("u1").Import(directory.Context, TestDirectory.Elsewhere(TestDirectory.NewUser("ada", "e1"), version: 1))).AlreadyThere.ShouldBeTrue();
    }

    [Fact]
    public async Task Import_MetAgainAfterARestart_HasItsEventOnce()
    {
        // So many that the first events have gone into a segment, where they are looked for by their time.
        await using var cluster = await GrainCluster.Start(inMemory: true);
        var directory = cluster.Directory;
        var ids = Enumerable.Range(0, 200).Select(i => $"u{i}").ToArray();
        await Task.WhenAll(ids.Select((id, i) => directory.ImportUser(id, $"name{i}").ShouldSucceed()));
        await directory.ImportGroup("g1", "Staff").ShouldSucceed();
        await cluster.Eventually(async () => (await directory.Log.Read(0, 1000)).Events.Length == 201);
        await cluster.Eventually(async () => await cluster.Stored<Grains.Events.EventSegmentState>("eventsegment", directory.BucketKey("log"), "eventsegment") is not null);
        await cluster.Restart();

        await Task.WhenAll(ids.Select(async id => (await directory.User(id).Read(directory.Context)).Error.ShouldBeNull()));
        (await directory.Group("g1").Read(directory.Context)).Error.ShouldBeNull();

        await cluster.Eventually(async () => (await directory.Log.Read(0, 1000)).Next == await directory.Log.Next());
        (await directory.Log.Read(0, 1000)).Events.Select(e => e.ResourceId).ShouldBeUnique();
        (await directory.Log.Count("User")).ShouldBe(200);
    }

    [Fact]
    public async Task ImportMembers_SomeAreNobody_NamesThemAndTakesTheOthers()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.ImportUser("u1", "ada").ShouldSucceed();
        await directory.ImportUser("u2", "bob").ShouldSucceed();
        await directory.ImportGroup("g1", "Staff").ShouldSucceed();
        await directory.ImportGroup("g2", "Part of it").ShouldSucceed();
        (await directory.ImportMembers("g1", 7, "u1")).Added.ShouldBe(1);

        var reply = await directory.ImportMembers("g1", 7, "u1", "nobody", "u2", "g1", "g2");

        reply.Error.ShouldBeNull();
        (reply.Added, reply.AlreadyThere).ShouldBe((2, 1));
        reply.Missing.ShouldBe(["nobody", "g1"], ignoreOrder: true);
        (await directory.Members("g1")).ShouldBe(["g2", "u1", "u2"]);
        var head = await directory.Group("g1").Read(directory.Context);
        (head.MemberCount, head.Version).ShouldBe((3, 7));
        (await directory.User("u2").Groups()).ShouldBe(["g1"]);
        (await directory.Group("g2").Groups()).ShouldBe(["g1"]);
        (await directory.Group("g1").Export(directory.Context, 3)).ShouldNotBeNull().Members.Select(m => (m.Id, m.Type))
            .ShouldBe([("g2", "Group"), ("u1", "User"), ("u2", "User")], ignoreOrder: true);
        (await directory.Group("g1").Export(directory.Context, 2)).ShouldNotBeNull().Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task ImportMembers_GroupThatWasChangedSince_IsRefused()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.ImportUser("u1", "ada").ShouldSucceed();
        await directory.ImportGroup("g1", "Staff").ShouldSucceed();
        await directory.SetGroup("g1", "displayName", "People").ShouldSucceed();

        (await directory.ImportMembers("g1", 7, "u1")).Error.ShouldNotBeNull().Detail.ShouldContain("version 8");

        (await directory.Members("g1")).ShouldBeEmpty();
        (await directory.ImportMembers("g9", 7, "u1")).Error.ShouldNotBeNull().Status.ShouldBe(404);
    }

    [Fact]
    public async Task ImportMembers_Many_AllAreThereAndTheVersionStays()
    {
        await using var cluster = await GrainCluster.Start(inMemory: true);
        var directory = cluster.Directory;
        var ids = Enumerable.Range(0, 300).Select(i => $"u{i}").ToArray();
        await Task.WhenAll(ids.Select((id, i) => directory.ImportUser(id, $"name{i}").ShouldSucceed()));
        await directory.ImportGroup("g1", "Staff").ShouldSucceed();

        foreach (var some in ids.Chunk(100))
        {
            (await directory.ImportMembers("g1", 7, some)).Added.ShouldBe(100);
        }

        (await directory.Members("g1")).ShouldBe(ids.Order(StringComparer.Ordinal));
        var head = await directory.Group("g1").Read(directory.Context);
        (head.MemberCount, head.Version).ShouldBe((300, 7));
    }
}
