using System.Collections.Concurrent;
using System.Diagnostics;
using Grains.Hosting;
using Grains.Storage;
using Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Grains.Tests;

/// <summary>
/// A test cluster, of two silos unless it comes from the pool. One of the pool has one silo and serves one test after another: to start
/// one takes longer than most runs. Between two tests all its activations end; one that does not end takes the silo with it.
/// </summary>
internal sealed class TestSilo
{
    private static readonly ConcurrentBag<TestSilo> Pool = [];
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan EndPause = TimeSpan.FromMilliseconds(10);

    private readonly StorageOfTheTest storage = new();
    private readonly ClockOfTheTest clock = new();
    private InProcessTestCluster cluster = null!;

    private TestSilo()
    {
    }

    /// <summary>What callers call.</summary>
    public IGrainFactory Grains => cluster.Client;

    /// <summary>A silo from the pool, or a new one.</summary>
    public static async Task<TestSilo> Have(ScriptedStorage storage, ManualTimeProvider clock, Action<IServiceCollection> configure)
    {
        if (!Pool.TryTake(out var silo))
        {
            return await Start(storage, clock, configure, silos: 1);
        }

        (silo.storage.Inner, silo.clock.Inner) = (storage, clock);
        return silo;
    }

    /// <summary>A new cluster.</summary>
    public static async Task<TestSilo> Start(ScriptedStorage storage, ManualTimeProvider clock, Action<IServiceCollection> configure, short silos = 2)
    {
        var made = new TestSilo { storage = { Inner = storage }, clock = { Inner = clock } };
        var builder = new InProcessTestClusterBuilder(initialSilosCount: silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(made.clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddDirectoryQueries();
            silo.Services.AddSingleton<DirectoryIds>();
            silo.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.Provider, made.storage);
            configure(silo.Services);
        });
        made.cluster = builder.Build();
        await made.cluster.DeployAsync();
        return made;
    }

    /// <summary>The test is over.</summary>
    public async Task GiveBack()
    {
        storage.Inner!.End();
        var management = Grains.GetGrain<IManagementGrain>(0);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < EndPatience; await Task.Delay(EndPause))
        {
            await management.ForceActivationCollection(TimeSpan.Zero);
            if ((await management.GetDetailedGrainStatistics()).All(g => g.GrainType.StartsWith("Orleans.", StringComparison.Ordinal)))
            {
                Pool.Add(this);
                return;
            }
        }

        await End();
    }

    /// <summary>The silo ends. Nothing that a crashed one was at ever does: it is not waited for.</summary>
    public async Task End()
    {
        await Task.WhenAll(cluster.Silos.Select(cluster.KillSiloAsync));
        await cluster.DisposeAsync();
    }

    private sealed class StorageOfTheTest : IGrainStorage
    {
        public ScriptedStorage? Inner { get; set; }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Inner!.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Inner!.WriteStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Inner!.ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>What grains and their timers go by; Orleans' own loops go by the system's clock.</summary>
    private sealed class ClockOfTheTest : TimeProvider
    {
        public ManualTimeProvider? Inner { get; set; }

        public override long TimestampFrequency => Inner!.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Inner!.GetUtcNow();

        public override long GetTimestamp() => Inner!.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => Inner!.CreateTimer(callback, state, dueTime, period);
    }
}
