using Grains.Hosting;
using Grains.Storage;
using Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;

namespace Grains.Tests;

/// <summary>Silos of the embedded engine over one SQLite file, or over rows in memory. Each is, to the grains, a machine of its own.</summary>
internal sealed class EngineCluster : IAsyncDisposable
{
    private readonly string? folder;
    private readonly SqliteStore? store;
    private readonly List<EmbeddedSilo> silos = [];
    private readonly ManualTimeProvider clock;

    public EngineCluster(ManualTimeProvider clock, bool inMemory, bool isPlain)
    {
        // Silos are quickly made here, so that none is kept for another test.
        _ = isPlain;
        this.clock = clock;
        if (inMemory)
        {
            Storage = new MemoryRows();
            return;
        }

        folder = System.IO.Directory.CreateTempSubdirectory("muster-grains-").FullName;
        store = new SqliteStore(File);
        Storage = new SqliteGrainStorage(store, new StateSerializer());
    }

    public static DateTimeOffset? ClockStart => null;

    /// <summary>A call that waits too long ends when the test's clock says so.</summary>
    public static bool CallsTimeOutByTheClock => true;

    /// <summary>How many runs of a scenario are played at once: here all is done on this process's own threads, and nothing is waited for.</summary>
    public static int AtOnce => 1;

    /// <summary>How long a call waits.</summary>
    public static TimeSpan ResponseTimeout => EmbeddedOptions.DefaultResponseTimeout;

    /// <summary>The storage that all silos share.</summary>
    public IGrainStorage Storage { get; }

    private string File => Path.Combine(folder!, "grains.db");

    public async Task<IGrainFactory> StartSilo(ScriptedStorage storage, Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDirectoryQueries();
        services.AddSingleton<DirectoryIds>();
        services.AddKeyedSingleton<IGrainStorage>(StorageNames.Provider, storage);
        configure(services);
        var silo = new EmbeddedSilo(services.BuildServiceProvider(), new EmbeddedOptions { GrainAssemblies = { typeof(StateSerializer).Assembly } });
        await silo.StartAsync(CancellationToken.None);
        silos.Add(silo);
        return silo;
    }

    /// <summary>Ends all activations of a silo that nothing runs in.</summary>
    public static Task Deactivate(IGrainFactory silo) => ((EmbeddedSilo)silo).CollectAsync(TimeSpan.Zero);

    /// <summary>The rows that the file holds when all has ended, as <c>type/key</c>.</summary>
    public async Task<List<string>> Close()
    {
        await StopSilos();
        if (Storage is MemoryRows memory)
        {
            return memory.Names();
        }

        store!.Dispose();
        raw.sqlite3_open(File, out var database).ShouldBe(raw.SQLITE_OK);
        using (database)
        {
            raw.sqlite3_prepare_v2(database, "SELECT type || '/' || key FROM grain_state", out var statement).ShouldBe(raw.SQLITE_OK);
            using (statement)
            {
                var rows = new List<string>();
                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                {
                    rows.Add(raw.sqlite3_column_text(statement, 0).utf8_to_string());
                }

                return rows;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopSilos();
        store?.Dispose();
        if (folder is not null)
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private async Task StopSilos()
    {
        // What a crashed silo was at never ends: no silo is waited for.
        foreach (var silo in silos)
        {
            await silo.StopAsync(new CancellationToken(canceled: true));
        }

        silos.Clear();
    }
}
