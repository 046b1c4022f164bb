using Grains.Abstractions.Events;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Directories;
using Grains.Events;
using Grains.Indexes;

namespace Grains.Tests.Users;

/// <summary>Users that were deleted and are kept: what SCIM sees of them, and what admins do with them.</summary>
public sealed class ArchiveTests
{
    private const string Hints = "u-externalid";

    [Fact]
    public async Task Delete_InADirectoryThatArchives_IsGoneForScimAndKeptForAdmins()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.Set("u1", "title", "Countess").ShouldSucceed();
        var before = (await directory.User("u1").Inspect(directory.Context)).ShouldNotBeNull();
        cluster.Clock.Advance(TimeSpan.FromMinutes(3));

        await directory.DeleteUser("u1").ShouldSucceed();

        (await directory.User("u1").Read(directory.Context)).Error!.Status.ShouldBe(404);
        (await directory.List("User")).Ids.ShouldBeEmpty();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBeEmpty();
        (await directory.Owners(Hints, "e1")).ShouldBeEmpty();
        (await directory.Log.Count("User")).ShouldBe(0);
        var kept = (await directory.User("u1").Inspect(directory.Context)).ShouldNotBeNull();
        kept.Deleted.ShouldBe(cluster.Clock.GetUtcNow());
        (kept.Created, kept.LastModified).ShouldBe((before.Created, before.LastModified));
        ((string?)TestDirectory.Document(kept.Document)["title"]).ShouldBe("Countess");
        (await directory.Archive()).ShouldBe(["u1"]);
        (await directory.Archive("userName eq \"ADA\"")).ShouldBe(["u1"]);
        (await directory.Archive("userName eq \"bob\"")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_InADirectoryThatDoesNotArchive_KeepsNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        await directory.DeleteUser("u1").ShouldSucceed();

        (await directory.StoredUser("u1"))!.Attributes.ShouldBeNull();
        (await directory.User("u1").Inspect(directory.Context)).ShouldBeNull();
        await directory.RestoreUser("u1").ShouldFail(404);
    }

    [Fact]
    public async Task Delete_OfADevice_InADirectoryThatArchives_KeepsNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Archiving;
        await directory.CreateDevice("d1", "s1").ShouldSucceed();

        await directory.User("d1").Delete(directory.ForDevices, new ChangeResource()).ShouldSucceed();

        (await directory.StoredUser("d1"))!.Attributes.ShouldBeNull();
        (await directory.Archive()).ShouldBeEmpty();
    }

    /// <summary>One round trip: the archive's entry is on its way before row and event have been confirmed.</summary>
    [Fact]
    public async Task Delete_ArchiveEntryCannotBeWritten_IsNotAcknowledged_AndIsThereAfterwards()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        cluster.Script.OnWrite(StorageFault.Fail, "bucket", directory.BucketKey(IndexNames.Archive));

        await directory.DeleteUser("u1").ShouldFail(503);
        await ReplyAssertions.Insist(() => directory.DeleteUser("u1")).ShouldFail(404);

        (await directory.Listed(IndexNames.Archive)).ShouldBe(["u1"]);
    }

    [Theory]
    [InlineData("patch")]
    [InlineData("put")]
    [InlineData("post")]
    [InlineData("join")]
    public async Task Change_OfWhoIsInTheArchive_DoesNotReviveIt(string how)
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Archiving;
        await directory.CreateUser("u1", "ada", digest: "d").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();

        switch (how)
        {
            case "patch": await directory.Set("u1", "title", "Countess").ShouldFail(404); break;
            case "put": await directory.User("u1").Replace(directory.Context, new ChangeResource { Body = TestDirectory.NewUser("ada").Attributes }).ShouldFail(404); break;
            case "post": await directory.CreateUser("u1", "ada", digest: "d").ShouldFail(409); break;
            default: await directory.CreateGroup("g1", "Staff", "u1").ShouldFail(400); break;
        }

        (await directory.Archive()).ShouldBe(["u1"]);
        (await directory.List("User")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task Restore_BringsAllBackUnderANewVersion_WithAnEvent()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();

        var restored = await directory.RestoreUser("u1").ShouldSucceed();

        restored.Version.ShouldBe(3);
        (await directory.UserNameOf("u1")).ShouldBe("ada");
        (await directory.List("User", "externalId eq \"e1\"")).Ids.ShouldBe(["u1"]);
        (await directory.List("User")).Ids.ShouldBe(["u1"]);
        (await directory.Log.Count("User")).ShouldBe(1);
        (await directory.Archive()).ShouldBeEmpty();
        (await directory.Listed(IndexNames.Archive)).ShouldBeEmpty();
        (await directory.Log.Read(0, 100)).Events.Select(e => (e.Kind, e.Version)).ShouldBe([(EventKind.Create, 1), (EventKind.Delete, 2), (EventKind.Create, 3)]);
    }

    [Fact]
    public async Task Restore_Again_IsAsIfDone()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        await directory.RestoreUser("u1").ShouldSucceed();

        var calls = await cluster.Script.During(() => directory.RestoreUser("u1").ShouldSucceed());

        calls.ShouldNotContain(c => c.Verb == StorageVerb.Write && c.State == "user");
        (await directory.StoredUser("u1"))!.ContentVersion.ShouldBe(3);
    }

    [Fact]
    public async Task Restore_NameTaken_IsRefusedNamingTheHolder_AndMayBeTriedAgain()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        await directory.CreateUser("u2", "ada").ShouldSucceed();

        var refused = await directory.RestoreUser("u1").ShouldFail(409);

        refused.Error!.ScimType.ShouldBe("uniqueness");
        refused.Error.Detail.ShouldContain("u2");
        (await directory.Listed(IndexNames.UserId)).ShouldBe(["u2"]);
        (await directory.Archive()).ShouldBe(["u1"]);
        await directory.Set("u2", "userName", "bob").ShouldSucceed();
        await directory.RestoreUser("u1").ShouldSucceed();
        (await directory.Owners(IndexNames.UserName, "ada")).ShouldBe(["u1"]);
        (await directory.List("User", "externalId eq \"e1\"")).Ids.ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Restore_WhoWasInGroups_IsInNone_AndMayJoinThemAgain()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.CreateGroup("g1", "Staff", "u1").ShouldSucceed();
        (await directory.DeleteUser("u1").ShouldSucceed()).Unfinished.ShouldBeTrue();

        // While a group still lists it, it is not to be back.
        var leaving = cluster.Script.OnWrite(StorageFault.Hold, "group", directory.Key("g1"));
        (await directory.RestoreUser("u1").ShouldFail(503)).Unfinished.ShouldBeTrue();
        await leaving.Reached;
        leaving.Release();
        await directory.User("u1").Settle(directory.Context);
        await ReplyAssertions.Insist(() => directory.RestoreUser("u1")).ShouldSucceed();

        (await directory.Members("g1")).ShouldBeEmpty();
        (await directory.User("u1").Groups()).ShouldBeEmpty();
        await directory.AddMembers("g1", ["u1"]).ShouldSucceed();
        (await directory.Members("g1")).ShouldBe(["u1"]);
        (await directory.User("u1").Groups()).ShouldBe(["g1"]);
    }

    /// <summary>A twin that was told to leave the group long ago comes through with it when the user is back and a member again.</summary>
    [Fact]
    public async Task Restore_AMemberAgain_IsNotTakenOutByALateLeave()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.CreateGroup("g1", "Staff", "u1").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();
        await directory.User("u1").Settle(directory.Context);
        await ReplyAssertions.Insist(() => directory.RestoreUser("u1")).ShouldSucceed();
        await directory.AddMembers("g1", ["u1"]).ShouldSucceed();

        (await directory.Group("g1").Drop(directory.Context, "u1")).ShouldBe(MembershipStatus.Ok);

        (await directory.Members("g1")).ShouldBe(["u1"]);
        (await directory.User("u1").Groups()).ShouldBe(["g1"]);
    }

    [Fact]
    public async Task Restore_WhileATwinHasTheName_OneWins()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = await WithAda(cluster);
        await directory.DeleteUser("u1").ShouldSucceed();
        var row = cluster.Script.On(StorageFault.Hold, c => c is { Silo: 0, Verb: StorageVerb.Write, State: "user" } && c.Key == directory.Key("u1"));

        var restoring = directory.RestoreUser("u1");
        await row.Reached;
        var created = await directory.CreateUser("u2", "ada", digest: "d", silo: 1).WaitAsync(GrainCluster.Patience);
        row.Release();
        var restored = await ReplyAssertions.Insist(() => restoring);
        restored = restored.Error?.Status == 503 ? await ReplyAssertions.Insist(() => directory.RestoreUser("u1")) : restored;

        (created.Error is null).ShouldNotBe(restored.Error is null);
        var winner = created.Error is null ? "u2" : "u1";
        (await directory.Owners(IndexNames.UserName, "ada", silo: 1)).ShouldBe([winner]);
    }

    [Fact]
    public async Task Disable_ThenRestore_ChangesActiveAsAChangeOfTheUser()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);

        await directory.User("u1").Disable(directory.Context).ShouldSucceed();

        (await directory.User("u1").Inspect(directory.Context))!.Disabled.ShouldBeTrue();
        (await directory.List("User", "active eq false")).Ids.ShouldBe(["u1"]);
        await directory.User("u1").Disable(directory.Context).ShouldSucceed();
        (await directory.StoredUser("u1"))!.ContentVersion.ShouldBe(2);
        await directory.RestoreUser("u1").ShouldSucceed();
        (await directory.User("u1").Inspect(directory.Context))!.Disabled.ShouldBeFalse();
        (await directory.Log.Read(0, 100)).Events.Select(e => e.Kind).ShouldBe([EventKind.Create, EventKind.Patch, EventKind.Patch]);
    }

    [Fact]
    public async Task Restore_WhoWasDisabledWhenDeleted_IsActive()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.User("u1").Disable(directory.Context).ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();

        await directory.RestoreUser("u1").ShouldSucceed();

        ((bool)TestDirectory.Document(await directory.User("u1").Read(directory.Context))["active"]!).ShouldBeTrue();
    }

    /// <summary>A kept row is not cleared with those of the deleted, and is in nobody's way.</summary>
    [Fact]
    public async Task ClearTombstones_AKeptRowIsPassedOver_ThoseBehindItAreCleared()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.CreateDevice("d1", "s1").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();
        await directory.User("d1").Delete(directory.ForDevices, new ChangeResource()).ShouldSucceed();

        cluster.Clock.Advance(EventLogGrain.TombstoneTime);
        await TimePassesUntil(directory, async () => await directory.StoredUser("d1") is null);

        (await directory.Archive()).ShouldBe(["u1"]);
        await directory.RestoreUser("u1").ShouldSucceed();
    }

    [Fact]
    public async Task Erase_OfWhoIsInTheArchive_LeavesNothing_AndItsRowGoesInTime()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.EraseUser("u1").ShouldFail(409);
        await directory.DeleteUser("u1").ShouldSucceed();

        await directory.EraseUser("u1").ShouldSucceed();

        var row = (await directory.StoredUser("u1"))!;
        row.Attributes.ShouldBeNull();
        (await directory.Listed(IndexNames.Archive)).ShouldBeEmpty();
        await directory.RestoreUser("u1").ShouldFail(404);
        await directory.EraseUser("u1").ShouldFail(404);
        (await directory.Log.Read(0, 100)).Events.Select(e => e.Kind).ShouldBe([EventKind.Create, EventKind.Delete]);
        (await directory.Log.Count("User")).ShouldBe(0);
        cluster.Clock.Advance(EventLogGrain.TombstoneTime);
        await TimePassesUntil(directory, async () => await directory.StoredUser("u1") is null);
    }

    [Fact]
    public async Task Sweep_ErasesThoseWhoseTimeIsOver_AndNoOthers()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.CreateUser("u2", "bob").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();
        cluster.Clock.Advance(TimeSpan.FromDays(29));
        await directory.DeleteUser("u2").ShouldSucceed();
        await directory.Log.Sweep(directory.Context);
        (await directory.Archive()).ShouldBe(["u1", "u2"]);

        cluster.Clock.Advance(TimeSpan.FromDays(1) + ArchiveSweep.Pause);
        await TimePassesUntil(directory, async () => (await directory.StoredUser("u1"))?.Attributes is null);

        (await directory.Archive()).ShouldBe(["u2"]);
        cluster.Clock.Advance(EventLogGrain.TombstoneTime);
        await TimePassesUntil(directory, async () => await directory.StoredUser("u1") is null);
    }

    [Fact]
    public async Task Sweep_AnErasureFails_IsTakenUpAgain()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        await directory.CreateUser("u2", "bob").ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();
        await directory.DeleteUser("u2").ShouldSucceed();
        cluster.Clock.Advance(TimeSpan.FromDays(31));
        var fault = cluster.Script.OnWrite(StorageFault.Fail, "user", directory.Key("u1"));
        await directory.Log.Sweep(directory.Context);
        await cluster.Eventually(async () => fault.Happened && (await directory.StoredUser("u2"))?.Attributes is null);
        (await directory.StoredUser("u1"))!.Attributes.ShouldNotBeNull();

        cluster.Clock.Advance(ArchiveSweep.Pause);
        await TimePassesUntil(directory, async () => (await directory.StoredUser("u1"))?.Attributes is null);

        (await directory.Archive()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Archive_OfMany_IsListedToTheEnd_WithBucketsThatSplit()
    {
        await using var cluster = await GrainCluster.Start();
        var context = cluster.Archiving.Context;
        await cluster.Store("directory", context.Id, new DirectoryState
        {
            Tenant = context.Tenant, HashKey = context.HashKey, UserIndexes = context.UserIndexes, GroupIndexes = context.GroupIndexes,
            Profile = new ProfileSettings { Name = "test", Rules = context.Rules },
        });
        var directory = cluster.Archiving;
        var ids = Enumerable.Range(100, 150).Select(i => $"u{i}").ToList();
        await Task.WhenAll(ids.Select(id => directory.CreateUser(id, id)));

        await Task.WhenAll(ids.Select(id => directory.DeleteUser(id).ShouldSucceed()));

        (await directory.Archive()).ShouldBe(ids);
        await cluster.Eventually(async () => (await directory.Grain.Context())!.WidthOf(IndexNames.Archive) > 1);
        (await directory.Archive()).ShouldBe(ids);
    }

    [Fact]
    public async Task Invite_MakesNoVersionAndNoEvent_AndOutlivesChangesAndTheArchive()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        (await directory.User("u1").Inspect(directory.Context))!.Invitation.ShouldBeNull();

        await directory.InviteUser("u1").ShouldSucceed();

        var first = (await directory.User("u1").Inspect(directory.Context))!;
        first.Invitation.ShouldBe(new Invitation { At = cluster.Clock.GetUtcNow(), By = "someone" });
        first.Version.ShouldBe(1);
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        await directory.InviteUser("u1").ShouldSucceed();
        await directory.Set("u1", "title", "Countess").ShouldSucceed();
        await directory.User("u1").Replace(directory.Context, new ChangeResource { Body = TestDirectory.NewUser("ada").Attributes }).ShouldSucceed();
        await directory.DeleteUser("u1").ShouldSucceed();
        (await directory.InviteUser("u1").ShouldFail(409)).Error!.Detail.ShouldContain("archive");
        await directory.RestoreUser("u1").ShouldSucceed();
        (await directory.User("u1").Inspect(directory.Context))!.Invitation.ShouldBe(first.Invitation);
        await directory.User("u1").Invite(directory.Context, invitation: null).ShouldSucceed();
        (await directory.User("u1").Inspect(directory.Context))!.Invitation.ShouldBeNull();
        (await directory.Log.Read(0, 100)).Events.Select(e => e.Kind).ShouldBe([EventKind.Create, EventKind.Patch, EventKind.Put, EventKind.Delete, EventKind.Create]);
    }

    [Fact]
    public async Task Import_IntoTheArchive_IsThere_AndAgainChangesNothing()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = await WithAda(cluster);
        (await directory.ImportArchived("u2", "ada")).Error.ShouldBeNull();

        (await directory.ImportArchived("u2", "ada")).Error.ShouldBeNull();

        var kept = (await directory.User("u2").Inspect(directory.Context))!;
        (kept.Version, kept.Created).ShouldBe((7, TestDirectory.ElsewhereCreated));
        (await directory.Archive()).ShouldBe(["u2"]);
        (await directory.ImportArchived("u1", "ada")).Error!.Status.ShouldBe(409);
        (await directory.ImportUser("u2", "ada")).Error!.Detail.ShouldContain("archive");
        (await directory.Log.Read(0, 100)).Events.Length.ShouldBe(1);
        await directory.Set("u1", "userName", "bob").ShouldSucceed();
        (await directory.RestoreUser("u2").ShouldSucceed()).Version.ShouldBe(8);
    }

    /// <summary>Who was imported, deleted and restored has three events, each of its own time.</summary>
    [Fact]
    public async Task Restore_OfWhoWasImported_EventIsCutOff_IsSentOnce()
    {
        await using var cluster = await GrainCluster.Start();
        var directory = cluster.Archiving;
        (await directory.ImportUser("u1", "ada")).Error.ShouldBeNull();
        await directory.DeleteUser("u1").ShouldSucceed();
        cluster.Clock.Advance(TimeSpan.FromHours(2));
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, "eventlog");

        await ReplyAssertions.Insist(() => directory.RestoreUser("u1")).ShouldSucceed();
        await TimePassesUntil(directory, async () => (await directory.Log.Read(0, 100)).Next == await directory.Log.Next());

        (await directory.Log.Read(0, 100)).Events.Select(e => (e.Kind, e.Version)).ShouldBe([(EventKind.Create, 7), (EventKind.Delete, 8), (EventKind.Create, 9)]);
    }

    private static async Task<TestDirectory> WithAda(GrainCluster cluster)
    {
        var directory = cluster.Archiving;
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();
        return directory;
    }

    private static Task TimePassesUntil(TestDirectory directory, Func<Task<bool>> holds) => directory.Cluster.TimePassesUntil(EventLogGrain.SweepPeriod, async () =>
    {
        await directory.Log.Sweep(directory.Context);
        return await holds();
    });
}
