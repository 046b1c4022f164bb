using Grains.Abstractions.Resources;
using Grains.Indexes;

namespace Grains.Tests.Users;

/// <summary>R1 to R3: what storage has not confirmed is never shown, and what it did without saying so is recognised.</summary>
public sealed class UserFaultTests
{
    [Fact]
    public async Task Change_WriteFails_Is503AndNeverShown()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.Set("u1", "title", "before").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "user", directory.Key("u1"));

        await directory.Set("u1", "title", "after").ShouldFail(503);

        await cluster.Eventually(async () => (await directory.User("u1").Read(directory.Context)).Error is null);
        TestDirectory.Document(await directory.User("u1").Read(directory.Context))["title"]!.GetValue<string>().ShouldBe("before");
    }

    [Fact]
    public async Task Change_WriteFails_TheRepeatedChangeIsNoNoChange()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "user", directory.Key("u1"));
        await directory.Set("u1", "title", "after").ShouldFail(503);

        (await cluster.Script.WritesDuring(async () =>
            (await ReplyAssertions.Insist(() => directory.Set("u1", "title", "after"))).Error.ShouldBeNull())).ShouldContain("user dir.u1");

        await cluster.Restart();
        TestDirectory.Document(await directory.User("u1").Read(directory.Context))["title"]!.GetValue<string>().ShouldBe("after");
    }

    [Fact]
    public async Task Change_WriteAppliedThenFailed_IsRecognisedAsSuccess()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, "user", directory.Key("u1"));

        var reply = await directory.Set("u1", "title", "after").ShouldSucceed();

        reply.Version.ShouldBe(2);
        (await directory.StoredUser("u1"))!.Version.ShouldBe(2);
        (await directory.Set("u1", "title", "later").ShouldSucceed()).Version.ShouldBe(3);
    }

    [Fact]
    public async Task Delete_WriteAppliedThenFailed_IsRecognisedAsSuccess()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, "user", directory.Key("u1"));

        await directory.DeleteUser("u1").ShouldSucceed();

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("user", "dir.u1")]
    [InlineData("bucket", "dir.u-username.0")]
    [InlineData("bucket", "dir.u-id.0")]
    public async Task Create_AnyWriteAppliedThenFailed_IsASuccess(string state, string key)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, state, key);

        await directory.CreateUser("u1", "ada").ShouldSucceed();

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.Listed(IndexNames.UserId)).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Change_LostAnswerAndFailedReread_Is503AndTheRetrySeesTheChange()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, "user", directory.Key("u1"));
        cluster.Script.On(StorageFault.Fail, c => c.Verb == StorageVerb.Read && c.Key == directory.Key("u1"));

        await directory.Set("u1", "title", "after").ShouldFail(503);

        (await cluster.Script.WritesDuring(async () =>
            (await ReplyAssertions.Insist(() => directory.Set("u1", "title", "after"))).Version.ShouldBe(2))).ShouldBeEmpty("it is there already; the mark of the change falls with the next write");
    }

    [Fact]
    public async Task Rename_RowWriteConflictsWithATwins_BothChangesStand()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.User("u1", silo: 1).Read(directory.Context);
        await directory.Set("u1", "title", "Countess").ShouldSucceed();

        (await ReplyAssertions.Insist(() => directory.Set("u1", "userName", "bob", silo: 1))).Error.ShouldBeNull();

        await cluster.Restart(0);
        var document = TestDirectory.Document(await directory.User("u1").Read(directory.Context));
        document["userName"]!.GetValue<string>().ShouldBe("bob");
        document["title"]!.GetValue<string>().ShouldBe("Countess");
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task NoChange_ByAStaleTwin_IsSaidOfWhatStands()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await ReplyAssertions.Insist(() => directory.Set("u1", "title", "first", silo: 1));
        await ReplyAssertions.Insist(() => directory.Set("u1", "title", "second", silo: 0));

        // To silo 1 this would be no change.
        (await ReplyAssertions.Insist(() => directory.Set("u1", "title", "first", silo: 1))).Error.ShouldBeNull();

        TestDirectory.Document(new ResourceReply { Document = (await ReplyAssertions.Insist(async () => await directory.User("u1", silo: 1).Read(directory.Context))).Document })["title"]!
            .GetValue<string>().ShouldBe("first");
        await cluster.Restart(0);
        TestDirectory.Document(await directory.User("u1").Read(directory.Context))["title"]!.GetValue<string>().ShouldBe("first");
    }

    [Fact]
    public async Task Mark_MetByAStaleTwin_IsNotDroppedBeforeTheClaimStands()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        (await directory.User("u1", silo: 1).Exists()).ShouldBeFalse();
        // Silo 0 makes the row and ends before the claim stands.
        var claim = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(IndexNames.UserName));
        _ = directory.CreateUser("u1", "ada");
        await claim.Reached;
        await cluster.Eventually(async () => await directory.StoredUser("u1") is not null);
        await cluster.Restart(0);

        // Silo 1, which remembers no row, is to change it. The create was never acknowledged and holds no name: it is not to be.
        (await ReplyAssertions.Insist(() => directory.Set("u1", "title", "one", silo: 1))).Error!.Status.ShouldBe(404);

        await cluster.Restart(0);
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
        (await directory.Owners(IndexNames.UserId, "u1")).ShouldBeEmpty();
        await directory.CreateUser("u2", "ada").ShouldSucceed();
    }
}
