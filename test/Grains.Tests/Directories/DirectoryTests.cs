using Grains.Abstractions.Directories;
using Grains.Abstractions.Resources;
using Grains.Directories;
using Grains.Indexes;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests.Directories;

public sealed class DirectoryTests
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public async Task Authorize_IssuedKey_GivesTheDirectory()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);

        var reply = await grain.Authorize(Secret);

        reply.Directory!.Id.ShouldBe("d1");
        reply.RetryAfterSeconds.ShouldBe(0);
        (await grain.Authorize(new byte[32])).Directory.ShouldBeNull();
        (await grain.Keys())!.Single().LastUsed.ShouldBe(cluster.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Authorize_Warm_TouchesNoStorageForFiveSeconds()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        await grain.Authorize(Secret);

        (await cluster.Script.During(async () =>
        {
            cluster.Clock.Advance(DirectoryGrain.MaxAge);
            await grain.Authorize(Secret);
        })).ShouldBeEmpty();
        (await cluster.Script.During(async () =>
        {
            cluster.Clock.Advance(TimeSpan.FromTicks(1));
            await grain.Authorize(Secret);
            await grain.Authorize(Secret);
        })).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Authorize_UnknownDirectory_IsRefusedAndMakesNoRow()
    {
        await using var cluster = await GrainCluster.Start();

        (await cluster[0].GetGrain<IDirectoryGrain>("nobody").Authorize(Secret)).Directory.ShouldBeNull();

        (await cluster.Close()).ShouldBeEmpty();
    }

    [Fact]
    public async Task RemoveKey_IsRefusedFromTheNextRequestOn()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, key) = await WithKey(cluster);
        (await grain.Authorize(Secret)).Directory.ShouldNotBeNull();

        (await grain.RemoveKey(key)).ShouldBeTrue();

        (await grain.Authorize(Secret)).Directory.ShouldBeNull();
        (await grain.RemoveKey(key)).ShouldBeFalse();
    }

    [Fact]
    public async Task RemoveKey_AStaleTwin_HonoursItWithinFiveSeconds()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var (grain, key) = await WithKey(cluster);
        var twin = cluster[1].GetGrain<IDirectoryGrain>("d1");
        (await twin.Authorize(Secret)).Directory.ShouldNotBeNull();

        await grain.RemoveKey(key);
        cluster.Clock.Advance(DirectoryGrain.MaxAge + TimeSpan.FromTicks(1));

        (await twin.Authorize(Secret)).Directory.ShouldBeNull();
    }

    [Fact]
    public async Task Authorize_StorageAwayWhenTheRowIsOld_LetsNobodyIn()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        cluster.Clock.Advance(DirectoryGrain.MaxAge + TimeSpan.FromTicks(1));
        cluster.Script.On(StorageFault.Fail, c => c.Verb == StorageVerb.Read);

        await Should.ThrowAsync<Exception>(async () => await grain.Authorize(Secret));

        (await grain.Authorize(Secret)).Directory.ShouldNotBeNull();
    }

    [Fact]
    public async Task Authorize_ExpiredKey_IsRefused()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster, cluster.Clock.GetUtcNow().AddHours(1));
        (await grain.Authorize(Secret)).Directory.ShouldNotBeNull();

        cluster.Clock.Advance(TimeSpan.FromHours(1));

        (await grain.Authorize(Secret)).Directory.ShouldBeNull();
    }

    [Fact]
    public async Task Authorize_AboveTheRate_SaysHowLongToWaitOrWhenToComeBack()
    {
        await using var cluster = await GrainCluster.Start(configure: s => s.Configure<DirectoryOptions>(o => o.RequestsPerSecond = 2));
        var (grain, _) = await WithKey(cluster);

        (await grain.Authorize(Secret)).DelayMilliseconds.ShouldBe(0);
        (await grain.Authorize(Secret)).DelayMilliseconds.ShouldBeInRange(1, 500);
        (await grain.Authorize(Secret)).RetryAfterSeconds.ShouldBe(1);
    }

    [Fact]
    public async Task AddKey_WriteFails_TheKeyIsNoneAndTheOthersGoOn()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        cluster.Script.OnWrite(StorageFault.Fail, "directory");
        var other = new byte[32];

        await Should.ThrowAsync<Grains.Storage.StorageUnavailableException>(() => grain.AddKey(new IssueKey { Name = "k2", Hash = other, LastFour = "0000" }));

        await cluster.Eventually(async () =>
        {
            try
            {
                return (await grain.Authorize(Secret)).Directory is not null;
            }
            catch (Grains.Storage.StorageUnavailableException)
            {
                return false;
            }
        });
        (await grain.Authorize(other)).Directory.ShouldBeNull();
    }

    [Fact]
    public async Task AddKey_WriteAppliedThenFailed_TheKeyIsThereOnce()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        cluster.Script.OnWrite(StorageFault.ApplyThenFail, "directory");

        (await grain.AddKey(new IssueKey { Name = "k2", Hash = new byte[32], LastFour = "0000" })).ShouldNotBeNull();

        (await grain.Keys())!.Select(k => k.Name).ShouldBe(["k1", "k2"]);
    }

    [Fact]
    public async Task Create_Twice_IsRefusedTheSecondTime()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var request = new CreateDirectory { Tenant = "t", Name = "n" };
        (await cluster[1].GetGrain<IDirectoryGrain>("d1").Describe()).ShouldBeNull();

        (await cluster[0].GetGrain<IDirectoryGrain>("d1").Create(request)).ShouldNotBeNull();

        (await cluster[0].GetGrain<IDirectoryGrain>("d1").Create(request)).ShouldBeNull();
        (await cluster[1].GetGrain<IDirectoryGrain>("d1").Create(request)).ShouldBeNull();
    }

    [Fact]
    public async Task Grow_RaisesTheWidthByOneSplit_AndATwinDoesNotSplitTwice()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        var (grain, _) = await WithKey(cluster);
        var twin = cluster[1].GetGrain<IDirectoryGrain>("d1");
        (await twin.Context())!.WidthOf(IndexNames.UserId).ShouldBe(1);

        await grain.Grow(IndexNames.UserId);
        await twin.Grow(IndexNames.UserId);

        (await grain.Context())!.WidthOf(IndexNames.UserId).ShouldBe(2);
        (await cluster.Stored<DirectoryState>("directory", "d1"))!.WidthOf(IndexNames.UserId).ShouldBe(2);
    }

    [Fact]
    public async Task Remove_CredentialsAreDeadAtOnceAndNothingButItsIdIsLeft()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        var directory = new TestDirectory(cluster, (await grain.Context())!);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => directory.CreateUser($"u{i}", $"name{i}", $"e{i}").ShouldSucceed()));
        await directory.CreateGroup("g1", "Staff", [.. Enumerable.Range(0, 250).Select(i => $"u{i}")]).ShouldSucceed();
        await directory.CreateGroup("g2", "Groups", "g1").ShouldSucceed();

        (await grain.Remove()).ShouldBeTrue();

        (await grain.Authorize(Secret)).Directory.ShouldBeNull();
        (await grain.Context()).ShouldBeNull();
        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.Removed);
        (await cluster.Close()).ShouldBe(["directory/d1"], "the row stays, so that its id is never given to another");
    }

    [Fact]
    public async Task Remove_ResourcesOfATypeOfItsOwn_AreGoneToo()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        (await grain.PutResourceType(TestDirectory.DeviceType)).Created.ShouldBeTrue();
        var directory = new TestDirectory(cluster, (await grain.Context())!);
        await directory.CreateUser("u1", "ada").ShouldSucceed();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => directory.CreateDevice($"d{i}", $"s{i}", $"e{i}").ShouldSucceed()));
        await directory.User("d7").Delete(directory.ForDevices, new ChangeResource()).ShouldSucceed();
        (await directory.Log.Count("Device")).ShouldBe(299);
        (await directory.Log.Count("User")).ShouldBe(1);

        (await grain.Remove()).ShouldBeTrue();

        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.Removed);
        (await cluster.Close()).ShouldBe(["directory/d1"], "the row stays, so that its id is never given to another");
    }

    [Fact]
    public async Task Remove_CrashInTheMiddle_GoesOnWhenTheDirectoryIsNextAskedFor()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        var directory = new TestDirectory(cluster, (await grain.Context())!);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => directory.CreateUser($"u{i}", $"name{i}").ShouldSucceed()));
        await directory.CreateGroup("g1", "Staff", [.. Enumerable.Range(0, 100).Select(i => $"u{i}")]).ShouldSucceed();
        var end = cluster.Script.On(StorageFault.CrashAfter, c => c.Verb == StorageVerb.Clear, nth: 30);
        await grain.Remove();
        cluster.Clock.Advance(TimeSpan.Zero);
        await end.Reached;
        await cluster.Restart();

        (await cluster[0].GetGrain<IDirectoryGrain>("d1").Describe())!.Removal.ShouldNotBeNull();

        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.Removed);
        (await cluster.Close()).ShouldBe(["directory/d1"], "the row stays, so that its id is never given to another");
    }

    [Fact]
    public async Task Remove_AGroupThatAlwaysHalfGrew_LeavesNoBucket()
    {
        await using var cluster = await GrainCluster.Start();
        var (grain, _) = await WithKey(cluster);
        var directory = new TestDirectory(cluster, (await grain.Context())!);
        await Task.WhenAll(Enumerable.Range(0, 400).Select(i => directory.CreateUser($"u{i}", $"name{i}").ShouldSucceed()));
        await directory.CreateGroup("g1", "Staff").ShouldSucceed();
        // Buckets 2 and 3 are made side by side; the process ends when 3 stands and 2 does not.
        var two = cluster.Script.OnWrite(StorageFault.Hold, "bucket", "d1.m-g1.2");
        var three = cluster.Script.OnWrite(StorageFault.HoldAnswer, "bucket", "d1.m-g1.3");
        _ = directory.AddMembers("g1", Enumerable.Range(0, 400).Select(i => $"u{i}"));
        await two.Reached;
        await three.Reached;
        await cluster.Restart();

        await cluster[0].GetGrain<IDirectoryGrain>("d1").Remove();

        await cluster.Eventually(async () => (await cluster.Stored<DirectoryState>("directory", "d1"))!.Removed);
        (await cluster.Close()).ShouldBe(["directory/d1"], "the row stays, so that its id is never given to another");
    }

    private static async Task<(IDirectoryGrain Grain, string Key)> WithKey(GrainCluster cluster, DateTimeOffset? expires = null)
    {
        var grain = cluster[0].GetGrain<IDirectoryGrain>("d1");
        (await grain.Create(new CreateDirectory { Tenant = "t", Name = "n" })).ShouldNotBeNull();
        var key = (await grain.AddKey(new IssueKey { Name = "k1", Hash = Secret, LastFour = "abcd", Expires = expires }))!;
        return (grain, key.Id);
    }
}
