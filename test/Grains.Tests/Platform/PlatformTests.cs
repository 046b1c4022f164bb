using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Grains.Storage;

namespace Grains.Tests.Platform;

public sealed class PlatformTests
{
    [Fact]
    public async Task Open_TwoSilosAtOnce_OneIsFirstAndBothGetOneKey()
    {
        for (var round = 0; round < 10; round++)
        {
            await using var cluster = await GrainCluster.Start(silos: 2);

            var infos = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Open(cluster, i % 2))));

            infos.Count(i => i.First).ShouldBe(1);
            infos.Select(i => Convert.ToHexString(i.TokenCheckKey)).Distinct().Count().ShouldBe(1);
            infos[0].TokenCheckKey.Length.ShouldBe(32);
        }
    }

    [Fact]
    public async Task Open_FirstFrontEndedBeforeItWasDone_AnotherIsToldAMinuteLater()
    {
        await using var cluster = await GrainCluster.Start();
        (await Open(cluster, 0)).First.ShouldBeTrue();
        (await Open(cluster, 0)).First.ShouldBeFalse();

        cluster.Clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromTicks(1));

        (await Open(cluster, 0)).First.ShouldBeTrue();
        await Platform(cluster).FirstStartDone("d1");
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        (await Open(cluster, 0)).First.ShouldBeFalse();
        (await Platform(cluster).FirstDirectory()).ShouldBe("d1");
    }

    [Fact]
    public async Task Open_AfterARestart_GivesTheSameKey()
    {
        await using var cluster = await GrainCluster.Start();
        var before = await Open(cluster, 0);
        await cluster.Restart();

        (await Open(cluster, 0)).TokenCheckKey.ShouldBe(before.TokenCheckKey);
    }

    [Fact]
    public async Task Authorize_AdminKeys_OpenWhatTheyAreForUntilRevoked()
    {
        await using var cluster = await GrainCluster.Start(silos: 2);
        await Open(cluster, 0);
        var hash = new byte[32];
        var key = await Platform(cluster).AddKey(new IssueAdminKey { Name = "k", Hash = hash, LastFour = "abcd", Tenant = "t1" });
        (await Platform(cluster).Authorize(hash))!.Tenant.ShouldBe("t1");
        (await Platform(cluster, 1).Authorize(hash))!.Tenant.ShouldBe("t1");

        (await Platform(cluster).RemoveKey(key.Id)).ShouldBeTrue();

        (await Platform(cluster).Authorize(hash)).ShouldBeNull();
        cluster.Clock.Advance(TimeSpan.FromSeconds(5) + TimeSpan.FromTicks(1));
        (await Platform(cluster, 1).Authorize(hash)).ShouldBeNull();
    }

    [Fact]
    public async Task RemoveTenant_WithADirectory_LeavesOnlyThePlatformAndTheDirectorysId()
    {
        await using var cluster = await GrainCluster.Start();
        await Open(cluster, 0);
        var tenant = await Platform(cluster).AddTenant("Tenant");
        var description = (await cluster[0].GetGrain<ITenantGrain>(tenant.Id).AddDirectory(null, new CreateDirectory { Tenant = tenant.Id, Name = "n" }))!;
        var directory = new TestDirectory(cluster, (await cluster[0].GetGrain<IDirectoryGrain>(description.Id).Context())!);
        await directory.CreateUser("u1", "ada", "e1").ShouldSucceed();
        (await Platform(cluster).Tenants()).Single().Name.ShouldBe("Tenant");

        (await Platform(cluster).RemoveTenant(tenant.Id)).ShouldBeTrue();

        (await Platform(cluster).Tenants()).ShouldBeEmpty();
        await cluster.Eventually(async () =>
        {
            await Platform(cluster).Resume();
            return !await cluster[0].GetGrain<ITenantGrain>(tenant.Id).Exists();
        });
        (await cluster.Close()).ShouldBe([$"directory/{description.Id}", "platform/platform"], ignoreOrder: true);
    }

    private static IPlatformGrain Platform(GrainCluster cluster, int silo = 0) => cluster[silo].GetGrain<IPlatformGrain>(GrainKeys.Platform);

    /// <summary>As a front does: storage that did not confirm is asked again.</summary>
    private static async Task<PlatformInfo> Open(GrainCluster cluster, int silo)
    {
        while (true)
        {
            try
            {
                return await Platform(cluster, silo).Open();
            }
            catch (StorageUnavailableException)
            {
                await Task.Yield();
            }
        }
    }
}
