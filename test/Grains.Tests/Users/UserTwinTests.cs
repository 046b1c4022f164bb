using Grains.Abstractions.Events;
using Grains.Events;
using Grains.Indexes;

namespace Grains.Tests.Users;

/// <summary>Two activations of each grain at once.</summary>
public sealed class UserTwinTests
{
    [Fact]
    public async Task Create_OneNameThroughBothSilosAtOnce_ExactlyOneWins()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;

        for (var round = 0; round < 10; round++)
        {
            var name = $"name{round}";
            var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
                Task.Run(() => ReplyAssertions.Insist(() => directory.CreateUser($"u{round}-{i}", name, digest: "d", silo: i % 2)))));

            replies.Count(r => r.Error is null).ShouldBe(1, string.Join(", ", replies.Select(r => r.Error?.Detail ?? "won")));
            await cluster.Restart(0);
            var winner = $"u{round}-{Array.FindIndex(replies, r => r.Error is null)}";
            (await directory.Owners(IndexNames.UserName, name)).ShouldBe([winner]);
            (await directory.UserNameOf(winner)).ShouldBe(name);
        }
    }

    [Fact]
    public async Task Create_OneIdThroughBothSilosAtOnce_MakesOneUserAndOneAnswer()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;

        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            Task.Run(() => ReplyAssertions.Insist(() => directory.CreateUser("u1", "ada", digest: "d", silo: i % 2)))));

        replies.ShouldAllBe(r => r.Error == null && r.Version == 1);
        replies.Select(r => Convert.ToHexString(r.Document)).Distinct().Count().ShouldBe(1);
        (await directory.Listed(IndexNames.UserId)).ShouldBe(["u1"]);
    }

    [Fact]
    public async Task Change_OneUserThroughBothSilosAtOnce_EveryAcknowledgedChangeHasAVersionOfItsOwn()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => ReplyAssertions.Insist(() => directory.Set("u1", i % 2 == 0 ? "title" : "nickName", $"v{i}", silo: i / 2 % 2)))));

        replies.ShouldAllBe(r => r.Error == null);
        replies.Select(r => r.Version).Distinct().Count().ShouldBe(16);
        (await directory.StoredUser("u1"))!.ContentVersion.ShouldBe(replies.Max(r => r.Version));
    }

    /// <summary>A delete that finds a change whose event is still on its way sends that event before its own: readers see them in order.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Delete_ATwinsChangeHasNoEventYet_EventsAreInOrder(bool archives)
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = archives ? cluster.Archiving : cluster.Directory;
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        (await directory.UserNameOf("u1", silo: 1)).ShouldBe("ada");
        await cluster.Eventually(async () => await directory.StoredUser("u1") is { Marked: false, EventOpen: false });
        await cluster.Restart(0);
        var append = cluster.Script.On(StorageFault.Hold, c => c is { Silo: 0, Verb: StorageVerb.Write, State: "eventlog" });

        var changing = directory.Set("u1", "title", "Countess");
        await append.Reached;
        await cluster.Eventually(async () => (await directory.StoredUser("u1"))!.ContentVersion == 2);
        await ReplyAssertions.Insist(() => directory.DeleteUser("u1", silo: 1)).ShouldSucceed();
        append.Release();
        await changing;

        await cluster.Restart(0);
        await cluster.Restart(1);
        cluster.Clock.Advance(EventLogGrain.SettleTime);
        await directory.Log.Sweep(directory.Context);
        (await directory.Log.Read(0, 100)).Events.Select(e => (e.Version, e.Kind)).ShouldBe([(1, EventKind.Create), (2, EventKind.Patch), (3, EventKind.Delete)]);
    }

    [Fact]
    public async Task Rename_TwoUsersToOneNameThroughBothSilos_ExactlyOneWins()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var directory = cluster.Directory;
        for (var round = 0; round < 10; round++)
        {
            var (one, two, name) = ($"a{round}", $"b{round}", $"name{round}");
            await ReplyAssertions.Insist(() => directory.CreateUser(one, one, digest: "d"));
            await ReplyAssertions.Insist(() => directory.CreateUser(two, two, digest: "d", silo: 1));

            var replies = await Task.WhenAll(
                Task.Run(() => ReplyAssertions.Insist(() => directory.Set(one, "userName", name))),
                Task.Run(() => ReplyAssertions.Insist(() => directory.Set(two, "userName", name, silo: 1))));

            replies.Count(r => r.Error is null).ShouldBe(1);
        }
    }
}
