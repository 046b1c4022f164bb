using Grains.Queries;
using Grains.Storage;
using Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Grains.Tests;

/// <summary>
/// Orleans clusters of one silo each over one storage. Two silos of one cluster would agree on one activation; two clusters are what a
/// cluster is for a moment when it is torn: twins.
/// </summary>
internal sealed class EngineCluster : IAsyncDisposable
{
    private readonly MemoryRows rows = new();
    private readonly List<InProcessTestCluster> clusters = [];
    private readonly ManualTimeProvider clock;

    public EngineCluster(ManualTimeProvider clock, bool inMemory)
    {
        // Rows are always in memory here, whether a test asks for it or not.
        _ = inMemory;
        this.clock = clock;
    }

    /// <summary>Orleans goes by the system's clock beside the given one: they begin together.</summary>
    public static DateTimeOffset? ClockStart => DateTimeOffset.UtcNow;

    /// <summary>Orleans' own timers, those of calls among them, go by the system's clock.</summary>
    public static bool CallsTimeOutByTheClock => false;

    /// <summary>How long a call waits.</summary>
    public static TimeSpan ResponseTimeout => TimeSpan.FromSeconds(30);

    /// <summary>The storage that all silos share.</summary>
    public IGrainStorage Storage => rows;

    public async Task<IGrainFactory> StartSilo(IGrainStorage storage, Action<IServiceCollection> configure)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(new ClockWithRealTimers(clock));
            silo.Services.AddSingleton<Walks>();
            silo.Services.AddSingleton<DirectoryIds>();
            silo.Services.AddKeyedSingleton(StorageNames.Provider, storage);
            configure(silo.Services);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        clusters.Add(cluster);
        return cluster.Client;
    }

    /// <summary>Ends all activations of a silo that nothing runs in.</summary>
    public static Task Deactivate(IGrainFactory silo) => silo.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>The rows there are, as <c>type/key</c>.</summary>
    public Task<List<string>> Close() => Task.FromResult(rows.Names());

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in clusters)
        {
            // Nothing that a crashed silo was at ever ends: it is not waited for.
            await Task.WhenAll(cluster.Silos.Select(cluster.KillSiloAsync));
            await cluster.DisposeAsync();
        }
    }

    /// <summary>Grains see the test's clock; Orleans' own timers run as ever.</summary>
    private sealed class ClockWithRealTimers(ManualTimeProvider clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => clock.GetTimestamp();
    }
}
