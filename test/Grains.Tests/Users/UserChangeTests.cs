using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Users;

public sealed class UserChangeTests
{
    [Fact]
    public async Task Rename_ClaimsFirstThenWritesTheRowThenReleases()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        var writes = (await cluster.Script.During(() => directory.Set("u1", "userName", "bob").ShouldSucceed()))
            .Where(c => c.Verb == StorageVerb.Write && c.State != "eventlog").Select(c => c.State);

        writes.ShouldBe(["bucket", "user", "bucket"]);
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBe(["u1"]);
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
        await directory.CreateUser("u2", "ada").ShouldSucceed();
    }

    [Fact]
    public async Task Rename_ToATakenName_Is409AndChangesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.CreateUser("u2", "bob").ShouldSucceed();

        (await cluster.Script.WritesDuring(() => directory.Set("u2", "userName", "ada").ShouldFail(409))).ShouldBeEmpty();

        (await directory.UserNameOf("u2")).ShouldBe("bob");
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBe(["u2"]);
    }

    [Fact]
    public async Task Rename_CaseOnly_KeepsTheClaim()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        (await cluster.Script.WritesDuring(() => directory.Set("u1", "userName", "ADA").ShouldSucceed())).ShouldBe(["eventlog dir", "user dir.u1"]);

        (await directory.UserNameOf("u1")).ShouldBe("ADA");
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task RenameBack_WhileTheOldNameIsStillToBeReleased_StrikesItOffTheList()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        // The release is the third write; it fails, and stays listed work.
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.UserName), nth: 2);
        await directory.Set("u1", "userName", "bob").ShouldSucceed();
        (await directory.StoredUser("u1"))!.Work.ShouldBe([new WorkItem { Index = IndexNames.UserName, Value = "ada" }]);
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.UserName), nth: 1);

        (await ReplyAssertions.Insist(() => directory.Set("u1", "userName", "ada"))).Error.ShouldBeNull();

        await cluster.Deactivate();
        (await directory.UserNameOf("u1")).ShouldBe("ada");
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBeEmpty();
        await directory.CreateUser("u2", "ada").ShouldFail(409);
        await directory.CreateUser("u3", "bob").ShouldSucceed();
    }

    [Fact]
    public async Task Rename_ThereAndBack_EndsWithOneClaim()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        for (var i = 0; i < 3; i++)
        {
            await directory.Set("u1", "userName", "bob").ShouldSucceed();
            await directory.Set("u1", "userName", "ada").ShouldSucceed();
        }

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_OfAHint_MovesTheHint()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();

        await directory.Set("u1", "externalId", "e2").ShouldSucceed();

        (await directory.Owners("u-externalid", "e1")).ShouldBeEmpty();
        (await directory.Owners("u-externalid", "e2")).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Change_WithoutAnIndexedValue_IsOneWrite()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var created = await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();

        (await cluster.Script.WritesDuring(async () =>
            (await directory.Set("u1", "title", "Countess").ShouldSucceed()).Version.ShouldBeGreaterThan(created.Version))).ShouldBe(["eventlog dir", "user dir.u1"]);
    }

    [Fact]
    public async Task Change_ThatChangesNothing_WritesNothingAndKeepsTheVersion()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        var changed = await directory.Set("u1", "title", "Countess").ShouldSucceed();

        // Later, but not so late that the log sweeps: what it then writes, and has the user write, is of the change before.
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));

        (await cluster.Script.WritesDuring(async () =>
        {
            var again = await directory.Set("u1", "title", "Countess").ShouldSucceed();
            again.Version.ShouldBe(changed.Version);
            again.Document.ShouldBe(changed.Document);
        })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_StaleIfMatch_Is412AndWritesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var first = await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.Set("u1", "title", "Countess").ShouldSucceed();

        (await cluster.Script.WritesDuring(() => directory.Set("u1", "title", "Lady", ifMatch: [first.Version]).ShouldFail(412))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_Warm_TouchesNoStorage()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        (await cluster.Script.During(async () => await directory.User("u1").Read(directory.Context))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_RowBecomesTombstoneAndTheNameIsFree()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();

        await directory.DeleteUser("u1").ShouldSucceed();

        (await directory.StoredUser("u1"))!.Status.ShouldBe(ResourceStatus.Tombstone);
        (await directory.Listed(IndexNames.UserId)).ShouldBeEmpty();
        (await directory.Owners("u-externalid", "e1")).ShouldBeEmpty();
        await directory.DeleteUser("u1").ShouldFail(404);
        await directory.Set("u1", "title", "x").ShouldFail(404);
        await directory.CreateUser("u2", "ada").ShouldSucceed();
    }
}
