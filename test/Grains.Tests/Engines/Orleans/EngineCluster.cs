using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests;

/// <summary>
/// Orleans clusters over one storage. The silos of one cluster agree on one activation; two clusters are what a cluster is for a moment
/// when it is torn: twins.
/// </summary>
/// <param name="clock">The grains' clock.</param>
/// <param name="inMemory">Whether the test is one of many short runs: then silos are had from the pool. Rows are always in memory here.</param>
/// <param name="isPlain">Whether silos have no settings of their own.</param>
internal sealed class EngineCluster(ManualTimeProvider clock, bool inMemory, bool isPlain) : IAsyncDisposable
{
    private readonly MemoryRows rows = new();
    private readonly List<TestSilo> silos = [];

    /// <summary>Orleans goes by the system's clock beside the given one: they begin together.</summary>
    public static DateTimeOffset? ClockStart => DateTimeOffset.UtcNow;

    /// <summary>Orleans' own timers, those of calls among them, go by the system's clock.</summary>
    public static bool CallsTimeOutByTheClock => false;

    /// <summary>How many runs of a scenario are played at once: silos wait a good deal, for one another and for timers.</summary>
    public static int AtOnce => 6;

    /// <summary>How long a call waits.</summary>
    public static TimeSpan ResponseTimeout => TimeSpan.FromSeconds(30);

    /// <summary>The storage that all silos share.</summary>
    public IGrainStorage Storage => rows;

    public async Task<IGrainFactory> StartSilo(ScriptedStorage storage, Action<IServiceCollection> configure)
    {
        var silo = inMemory && isPlain ? await TestSilo.Have(storage, clock, configure) : await TestSilo.Start(storage, clock, configure);
        silos.Add(silo);
        return silo.Grains;
    }

    /// <summary>Ends all activations of a silo that nothing runs in.</summary>
    public static Task Deactivate(IGrainFactory silo) => silo.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    /// <summary>The rows there are, as <c>type/key</c>.</summary>
    public Task<List<string>> Close() => Task.FromResult(rows.Names());

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in silos)
        {
            await (inMemory && isPlain ? silo.GiveBack() : silo.End());
        }
    }
}
