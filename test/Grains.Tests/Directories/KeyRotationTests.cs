using Grains.Abstractions.Directories;
using Grains.Directories;

namespace Grains.Tests.Directories;

/// <summary>The rotation of a key, and its last use.</summary>
public sealed class KeyRotationTests
{
    private static readonly byte[] Old = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] New = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public async Task StartRotation_BothOpen_UntilItIsCompleted()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, clients, key) = await WithKey(cluster);

        var successor = (await clients.StartRotation(key, Key(New))).Key!;

        successor.Replaces.ShouldBe(key);
        (await grain.Authorize(Old)).Directory.ShouldNotBeNull();
        (await grain.Authorize(New)).Directory.ShouldNotBeNull();
        (await clients.CompleteRotation(key)).Key!.Id.ShouldBe(successor.Id);
        (await grain.Authorize(Old)).Directory.ShouldBeNull();
        (await grain.Authorize(New)).Directory.ShouldNotBeNull();
        (await grain.Keys())!.ShouldHaveSingleItem().Replaces.ShouldBeNull();
        (await clients.CompleteRotation(key)).Key!.Id.ShouldBe(successor.Id, "it is done already");
        (await clients.CancelRotation(key)).ShouldBeFalse("what was completed is not taken back");
        (await grain.Authorize(New)).Directory.ShouldNotBeNull();
    }

    [Fact]
    public async Task CancelRotation_EndsTheSuccessor_AndItCanBeStartedAgain()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, clients, key) = await WithKey(cluster);
        await clients.StartRotation(key, Key(New));

        (await clients.CancelRotation(key)).ShouldBeTrue();

        (await grain.Authorize(New)).Directory.ShouldBeNull();
        (await grain.Authorize(Old)).Directory.ShouldNotBeNull();
        (await clients.CancelRotation(key)).ShouldBeFalse();
        (await clients.CompleteRotation(key)).Error!.Status.ShouldBe(409);
        (await clients.StartRotation(key, Key(New))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task StartRotation_UnderWay_Is409ForAnotherAndTheSameForTheSame()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, clients, key) = await WithKey(cluster);
        var successor = (await clients.StartRotation(key, Key(New))).Key!;

        (await clients.StartRotation(key, Key(New))).Key!.Id.ShouldBe(successor.Id);
        (await clients.StartRotation(key, Key(new byte[32]))).Error!.Status.ShouldBe(409);
        (await clients.StartRotation(successor.Id, Key(new byte[32]))).Error!.Status.ShouldBe(409);
        (await clients.StartRotation("nobody", Key(new byte[32]))).Error!.Status.ShouldBe(404);
        (await grain.Keys())!.Length.ShouldBe(2);
        (await grain.RemoveKey(key)).ShouldBeTrue();
        (await grain.Keys())!.ShouldHaveSingleItem().Replaces.ShouldBeNull();
        (await clients.StartRotation(successor.Id, Key(new byte[32]))).Error.ShouldBeNull("the first rotation is over");
    }

    [Fact]
    public async Task LastUsed_WrittenByTheTimer_OutlivesACrash()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _, _) = await WithKey(cluster);
        var used = cluster.Clock.GetUtcNow();
        (await cluster.Script.During(async () => await grain.Authorize(Old))).ShouldBeEmpty("a use costs no write");

        cluster.Clock.Advance(DirectoryGrain.UsesWrittenAfter);
        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.LastUses.Length == 1);
        await cluster.Restart();

        (await cluster[0].GetGrain<IDirectoryGrain>("d1").Keys())!.Single().LastUsed.ShouldBe(used);
    }

    [Fact]
    public async Task LastUsed_ManyUses_CostOneWriteInFiveMinutes()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _, _) = await WithKey(cluster);
        await grain.Authorize(Old);
        cluster.Clock.Advance(DirectoryGrain.UsesWrittenAfter);
        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.LastUses.Length == 1);

        var calls = await cluster.Script.During(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                cluster.Clock.Advance(TimeSpan.FromSeconds(1));
                await grain.Authorize(Old);
            }

            cluster.Clock.Advance(DirectoryGrain.UsesWrittenAfter);
            var written = cluster.Clock.GetUtcNow() - DirectoryGrain.UsesWrittenAfter;
            await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.LastUses.Single().At == written);
        });

        calls.Count(c => c.Verb == StorageVerb.Write).ShouldBe(1);
    }

    [Fact]
    public async Task LastUsed_ActivationEnds_IsWritten()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _, key) = await WithKey(cluster);
        await grain.Authorize(Old);

        await cluster.Deactivate();

        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.LastUses.Length == 1);
        (await grain.RemoveKey(key)).ShouldBeTrue();
        await grain.AddKey(Key(New));
        await grain.Authorize(New);
        await cluster.Deactivate();
        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.LastUses.All(u => u.Id != key));
    }

    private static IssueKey Key(byte[] hash) => new() { Name = "k", Hash = hash, LastFour = "abcd" };

    private static async Task<(IDirectoryGrain Grain, IDirectoryClientsGrain Clients, string Key)> WithKey(GrainCluster cluster)
    {
        var grain = cluster[0].GetGrain<IDirectoryGrain>("d1");
        (await grain.Create(new CreateDirectory { Tenant = "t", Name = "n" })).ShouldNotBeNull();
        return (grain, cluster[0].GetGrain<IDirectoryClientsGrain>("d1"), (await grain.AddKey(Key(Old)))!.Id);
    }
}
