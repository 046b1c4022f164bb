using Grains.Abstractions.Indexes;
using Grains.Events;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Users;

public sealed class UserCreateTests
{
    [Fact]
    public async Task Create_EmptyDirectory_WritesRowClaimIdAndHintOnceEach()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;

        var writes = await cluster.Script.WritesDuring(() => directory.CreateUser("u1", "Ada", "e1").ShouldSucceed());

        writes.ShouldBe(["bucket dir.u-externalid.0", "bucket dir.u-id.0", "bucket dir.u-username.0", "eventlog dir", "user dir.u1"]);
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.Owners("u-externalid", "e1")).ShouldBe(["u1"]);
        (await directory.Owners(IndexNames.UserId, "u1")).ShouldBe(["u1"]);
    }

    [Theory]
    [InlineData("user", "dir.u1")]
    [InlineData("bucket", "dir.u-username.0")]
    [InlineData("bucket", "dir.u-id.0")]
    [InlineData("bucket", "dir.u-externalid.0")]
    public async Task Create_OneWriteHeld_TheOthersAreDoneMeanwhileAndNobodyIsToldYet(string state, string key)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var held = cluster.Script.OnWrite(StorageFault.Hold, state, key);

        var creating = Task.CompletedTask;
        var writes = await cluster.Script.WritesDuring(async () =>
        {
            creating = directory.CreateUser("u1", "ada", "e1").ShouldSucceed();
            await held.Reached;
            await cluster.Eventually(async () =>
                (state == "user" || await directory.StoredUser("u1") is not null)
                && (key.Contains("u-username", StringComparison.Ordinal) || (await directory.Owners(IndexNames.UserName, "ada")).Length == 1)
                && (key.Contains("u-id", StringComparison.Ordinal) || (await directory.Owners(IndexNames.UserId, "u1")).Length == 1)
                && (key.Contains("u-externalid", StringComparison.Ordinal) || (await directory.Owners("u-externalid", "e1")).Length == 1)
                && await cluster.Stored<EventLogState>("eventlog", directory.Context.Id) is not null);
        });

        writes.Count.ShouldBe(5);
        creating.IsCompleted.ShouldBeFalse();
        held.Release();
        await creating;
    }

    [Fact]
    public async Task Create_Row_IsMarkedOnDiskUntilTheNextWrite()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        (await directory.StoredUser("u1"))!.Marked.ShouldBeTrue();

        await directory.Set("u1", "title", "Countess").ShouldSucceed();

        (await directory.StoredUser("u1"))!.Marked.ShouldBeFalse();
    }

    [Fact]
    public async Task Create_NameTaken_RowBecomesTombstoneAndEverythingIsTakenBack()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();

        var reply = await directory.CreateUser("u2", "ADA", "e2").ShouldFail(409);

        reply.Error!.ScimType.ShouldBe("uniqueness");
        var row = (await directory.StoredUser("u2"))!;
        row.Status.ShouldBe(ResourceStatus.Tombstone);
        row.Attributes.ShouldBeNull();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.Owners(IndexNames.UserId, "u2")).ShouldBeEmpty();
        (await directory.Owners("u-externalid", "e2")).ShouldBeEmpty();
        (await directory.Listed(IndexNames.UserId)).ShouldBe(["u1"]);
        (await directory.User("u2").Read(directory.Context)).Error!.Status.ShouldBe(404);
    }

    [Fact]
    public async Task Create_NameTaken_RefusalStandsInTheBucketForThatIdAndVersion()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await directory.CreateUser("u2", "ada").ShouldFail(409);
        await directory.DeleteUser("u1").ShouldSucceed();

        // The name is free now; yet the one claim of u2's create has had its answer.
        var again = await directory.Index().Claim(new IndexTerm(IndexNames.UserName, "ada", Unique: true), "u2", version: 1, final: true);

        again.ShouldBe(BucketStatus.Lost);
    }

    [Fact]
    public async Task Create_SameKeyAndBody_GetsTheFirstAnswerAndWritesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var first = await directory.CreateUser("u1", "ada", digest: "d1").ShouldSucceed();

        var writes = await cluster.Script.WritesDuring(async () =>
            (await directory.CreateUser("u1", "ada", digest: "d1").ShouldSucceed()).Document.ShouldBe(first.Document));

        writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_SameKeyOtherBody_Is422()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada", digest: "d1").ShouldSucceed();

        await directory.CreateUser("u1", "bob", digest: "d2").ShouldFail(422);

        (await directory.UserNameOf("u1")).ShouldBe("ada");
    }

    [Fact]
    public async Task Create_SameKeyWhereATombstoneStands_IsToldToUseANewKey()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada", digest: "d1").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();

        var reply = await directory.CreateUser("u1", "ada", digest: "d1").ShouldFail(409);

        reply.Error!.Detail.ShouldContain("new key");
    }

    [Fact]
    public async Task Create_SameKeyOtherBodyByAStaleTwin_Is422AndTheOtherNameIsFree()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        (await directory.User("u1", silo: 1).Exists()).ShouldBeFalse();
        await directory.CreateUser("u1", "ada", digest: "d1").ShouldSucceed();

        (await ReplyAssertions.Insist(() => directory.CreateUser("u1", "bob", digest: "d2", silo: 1))).Error!.Status.ShouldBe(422);

        (await directory.UserNameOf("u1", silo: 1)).ShouldBe("ada");
        (await ReplyAssertions.Insist(() => directory.CreateUser("u2", "bob", digest: "d3"))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task Create_CrashBeforeTheClaimStands_DoesNotWinTheNameLater()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var claim = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(IndexNames.UserName));
        _ = directory.CreateUser("u1", "ada", "e1");
        await claim.Reached;
        await cluster.Eventually(async () => await directory.StoredUser("u1") is not null);
        await cluster.Restart();
        // The client had no answer, made another user, and has renamed that one since.
        await directory.CreateUser("u2", "ada").ShouldSucceed();
        await directory.Set("u2", "userName", "bob").ShouldSucceed();

        (await directory.User("u1").Read(directory.Context)).Error!.Status.ShouldBe(404);

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
        (await directory.Owners(IndexNames.UserId, "u1")).ShouldBeEmpty();
        (await directory.Owners("u-externalid", "e1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Create_CrashBeforeTheClaimIsConfirmed_TheRowClaimsAgainBeforeItServes()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        var claim = cluster.Script.OnWrite(StorageFault.HoldAnswer, "bucket", directory.BucketKey(IndexNames.UserName));
        _ = directory.CreateUser("u1", "ada", "e1");
        await claim.Reached;
        await cluster.Eventually(async () => await directory.StoredUser("u1") is not null);
        await cluster.Restart();

        (await directory.User("u1").Read(directory.Context)).Error.ShouldBeNull();

        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.Owners(IndexNames.UserId, "u1")).ShouldBe(["u1"]);
        (await directory.Owners("u-externalid", "e1")).ShouldBe(["u1"]);
        await directory.CreateUser("u2", "ada").ShouldFail(409);
    }

    [Fact]
    public async Task Create_CrashBeforeTheClaimStandsAndAnotherTookTheName_TheRowBecomesATombstone()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u2", "ada").ShouldSucceed();
        var row = cluster.Script.OnWrite(StorageFault.HoldAnswer, "user", directory.Key("u1"));
        var claim = cluster.Script.OnWrite(StorageFault.Hold, "bucket", directory.BucketKey(IndexNames.UserName));
        _ = directory.CreateUser("u1", "ada", "e1");
        await row.Reached;
        await claim.Reached;
        await cluster.Restart();

        (await directory.User("u1").Read(directory.Context)).Error!.Status.ShouldBe(404);

        (await directory.StoredUser("u1"))!.Status.ShouldBe(ResourceStatus.Tombstone);
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u2"]);
        (await directory.Owners("u-externalid", "e1")).ShouldBeEmpty();
        (await directory.Listed(IndexNames.UserId)).ShouldBe(["u2"]);
    }
}
