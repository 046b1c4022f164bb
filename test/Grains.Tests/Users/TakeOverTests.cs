using Grains.Abstractions.Indexes;
using Grains.Indexes;
using Grains.Resources;
using Grains.Users;

namespace Grains.Tests.Users;

/// <summary>A claimant that meets a claim asks its owner (PROTOCOL R5 and User, Take-over).</summary>
public sealed class TakeOverTests
{
    private static readonly IndexTerm Ada = new(IndexNames.UserName, "ada", Unique: true);

    [Fact]
    public async Task Claim_OwnerWasDeletedAndNeverReleased_IsTakenOver()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.UserName));
        await directory.DeleteUser("u1").ShouldSucceed();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);

        await directory.CreateUser("u2", "ada").ShouldSucceed();

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u2"]);
    }

    [Fact]
    public async Task Claim_OwnerWasRenamedAndNeverReleased_IsTakenOverAndTheLateReleaseDoesNoHarm()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.UserName), nth: 2);
        await directory.Set("u1", "userName", "bob").ShouldSucceed();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);

        await directory.CreateUser("u2", "ada").ShouldSucceed();
        await cluster.Deactivate();
        (await directory.UserNameOf("u1")).ShouldBe("bob");

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u2"]);
        (await directory.Owners(IndexNames.UserName, "bob")).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Claim_OwnerThatNeverCameToBe_IsTakenOverAndATombstoneStands()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        // A create of u1 whose claim landed and whose row did not.
        (await directory.Index().Claim(Ada, "u1", version: 1, final: true)).ShouldBe(BucketStatus.Ok);

        await directory.CreateUser("u2", "ada").ShouldSucceed();

        (await directory.StoredUser("u1"))!.Status.ShouldBe(ResourceStatus.Tombstone);
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u2"]);
    }

    [Fact]
    public async Task Holds_UserThatDoesNot_WritesItsRowBeforeItSaysNo()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "bob").ShouldSucceed();
        var before = (await directory.StoredUser("u1"))!;
        var held = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key("u1"));

        var asking = directory.User("u1").Holds(IndexNames.UserName, "ada");
        await held.Reached;
        asking.IsCompleted.ShouldBeFalse();
        held.Release();
        var no = await asking;

        no.Holds.ShouldBeFalse();
        var after = (await directory.StoredUser("u1"))!;
        after.Version.ShouldBe(before.Version + 1);
        after.ContentVersion.ShouldBe(before.ContentVersion);
        no.Version.ShouldBe(after.Version);
    }

    [Theory]
    [InlineData(StorageFault.Fail)]
    [InlineData(StorageFault.ApplyThenFail)]
    public async Task Holds_TheNosWriteIsNotConfirmed_IsNoNo(StorageFault fault)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "bob").ShouldSucceed();
        cluster.Script.OnWrite(fault, "user", directory.Key("u1"));
        cluster.Script.On(StorageFault.Fail, c => c.Verb == StorageVerb.Read && c.Key == directory.Key("u1"));

        await Should.ThrowAsync<Grains.Storage.StorageUnavailableException>(() => directory.User("u1").Holds(IndexNames.UserName, "ada"));
    }

    [Fact]
    public async Task Holds_UserThatDoes_SaysYesAndWritesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "Ada").ShouldSucceed();

        (await cluster.Script.WritesDuring(async () =>
            (await directory.User("u1").Holds(IndexNames.UserName, "ada")).Holds.ShouldBeTrue())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Holds_WhileARenameToTheValueIsUnderWay_SaysYes()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "bob").ShouldSucceed();
        var held = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(IndexNames.UserName));
        var renaming = directory.Set("u1", "userName", "ada");
        await held.Reached;

        (await directory.User("u1").Holds(IndexNames.UserName, "ada").WaitAsync(GrainCluster.Patience)).Holds.ShouldBeTrue();

        held.Release();
        await renaming.ShouldSucceed();
    }

    [Fact]
    public async Task Holds_AnotherActivationsWriteInFlight_FailsAfterTheNo()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "bob").ShouldSucceed();
        await directory.Set("u1", "title", "unmarked now").ShouldSucceed();
        await directory.User("u1", silo: 1).Read(directory.Context);
        // Silo 0 renames u1 to ada: its claim stands, its row's write is under way.
        var held = cluster.Script.OnWrite(StorageFault.Hold, "user", directory.Key("u1"), silo: 0);
        var renaming = directory.Set("u1", "userName", "ada");
        await held.Reached;

        // Silo 1 wants the name, and asks its own activation of u1, which knows nothing of that.
        await directory.CreateUser("u2", "ada", silo: 1).ShouldSucceed();
        held.Release();
        var renamed = await renaming.WaitAsync(GrainCluster.Patience);

        renamed.Error!.Status.ShouldBeOneOf(409, 503);
        await cluster.Restart(0);
        (await directory.UserNameOf("u1")).ShouldBe("bob");
        (await directory.UserNameOf("u2")).ShouldBe("ada");
        (await directory.Owners(IndexNames.UserName, "ada", silo: 0)).ShouldBe(["u2"]);
        (await ReplyAssertions.Insist(() => directory.Set("u1", "userName", "ada"))).Error!.Status.ShouldBe(409);
    }

    [Fact]
    public async Task Claim_OwnerIsMarkedAfterACrash_OwnerHoldsIt()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        (await directory.StoredUser("u1"))!.Marked.ShouldBeTrue();
        await cluster.Restart();

        await directory.CreateUser("u2", "ada").ShouldFail(409);

        (await directory.UserNameOf("u1")).ShouldBe("ada");
    }

    [Fact]
    public async Task Claim_StateOfATombstoneInStorage_IsNotAnOwner()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        (await directory.Index().Claim(Ada, "u1", version: 1, final: true)).ShouldBe(BucketStatus.Ok);
        await cluster.Store("user", directory.Key("u1"), new UserState { Status = ResourceStatus.Tombstone, Version = 2 });

        await directory.CreateUser("u2", "ada").ShouldSucceed();
    }
}
