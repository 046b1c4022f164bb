using System.Diagnostics;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Profiles;
using Grains.Directories;
using Grains.Indexes;
using Grains.Queries;
using Grains.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Grains.Tests;

/// <summary>
/// One or several silos over one storage, on a clock of their own: the same suite runs on either engine. Two silos here do not know of
/// each other, so each has an activation of its own of a grain that is asked through both: twins.
/// </summary>
internal sealed class GrainCluster : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come, before it fails instead of hanging.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>What the ids of directories begin with.</summary>
    public const string DirectoryPrefix = "dir";

    /// <summary>How many turns of the thread pool a call has to end in, once its time is over, before more time passes.</summary>
    private const int TurnsToEnd = 1000;

    private const int StepsAtOnce = 3;
    private static readonly TimeSpan StepPace = TimeSpan.FromMilliseconds(250);

    private readonly EngineCluster engine;
    private readonly List<(IGrainFactory Grains, ScriptedStorage Storage)> silos = [];
    private readonly List<ScriptedStorage> storages = [];
    private readonly Action<IServiceCollection>? configure;
    private readonly string directoryId;
    private readonly bool inMemory;
    private volatile bool isOver;
    private static int s_lastDirectory;

    private GrainCluster(Action<IServiceCollection>? configure, bool inMemory)
    {
        engine = new EngineCluster(Clock, inMemory, isPlain: configure is null);
        this.configure = configure;

        // What a process remembers of a directory must not come from another test's: of those many that come one after another.
        directoryId = inMemory ? $"{DirectoryPrefix}{Interlocked.Increment(ref s_lastDirectory)}" : DirectoryPrefix;
        this.inMemory = inMemory;
    }

    public ManualTimeProvider Clock { get; } = new(EngineCluster.ClockStart);

    public StorageScript Script { get; } = new();

    /// <summary>A directory that is known by its context alone: its indexes do not grow.</summary>
    public TestDirectory Directory => new(this, Context(directoryId));

    /// <summary>Deleted users are kept for thirty days.</summary>
    public static DirectoryRules ArchivingRules { get; } = new() { Archives = true, RetentionDays = 30, Invites = true };

    /// <summary>The same directory, where deleted users are kept.</summary>
    public TestDirectory Archiving => new(this, Context(directoryId) with { Rules = ArchivingRules });

    /// <summary>How many silos there are.</summary>
    public int Silos => silos.Count;

    /// <summary>What a silo's callers call.</summary>
    /// <exception cref="ObjectDisposedException">The test is over: whoever still tries again is to stop.</exception>
    public IGrainFactory this[int silo] => !isOver ? silos[silo].Grains : throw new ObjectDisposedException(nameof(GrainCluster));

    /// <param name="silos">How many.</param>
    /// <param name="configure">Settings.</param>
    /// <param name="inMemory">Rows in memory instead of the engine's storage: for a test of so many runs that a file for each would be dear.</param>
    public static async Task<GrainCluster> Start(int silos = 1, Action<IServiceCollection>? configure = null, bool inMemory = false)
    {
        var cluster = new GrainCluster(configure, inMemory);
        for (var i = 0; i < silos; i++)
        {
            cluster.silos.Add(await cluster.StartSilo(i));
        }

        return cluster;
    }

    public static DirectoryContext Context(string id) => new()
    {
        Id = id,
        Tenant = "tenant",
        Dialect = DirectoryDialect.Entra,
        HashKey = [.. Enumerable.Range(1, 16).Select(i => (byte)i)],
        Widths = [],
        UserIndexes = ["userName", "externalId"],
        GroupIndexes = ["displayName", "externalId"],
        ResourceTypes = [TestDirectory.DeviceType],
    };

    /// <summary>A process ends without a word, and another starts in its place.</summary>
    public async Task Restart(int silo = 0)
    {
        silos[silo].Storage.Crashed = true;
        silos[silo] = await StartSilo(silo);
    }

    /// <summary>Ends all idle activations of a silo.</summary>
    public Task Deactivate(int silo = 0) => EngineCluster.Deactivate(silos[silo].Grains);

    /// <summary>What storage holds of a grain, or null.</summary>
    public async Task<T?> Stored<T>(string type, string key, string? state = null)
        where T : class, new()
    {
        var row = new GrainState<T>(new T());
        await engine.Storage.ReadStateAsync(state ?? type, GrainId.Create(type, key), row);
        return row.RecordExists ? row.State : null;
    }

    /// <summary>Puts a row into storage, as another process would have.</summary>
    public async Task Store<T>(string type, string key, T value)
        where T : class, new()
    {
        var id = GrainId.Create(type, key);
        var row = new GrainState<T>(new T());
        await engine.Storage.ReadStateAsync(type, id, row);
        row.State = value;
        await engine.Storage.WriteStateAsync(type, id, row);
    }

    /// <summary>The rows that storage holds when all has ended.</summary>
    public Task<List<string>> Close() => engine.Close();

    /// <summary>Waits until something holds; timers that are due fire.</summary>
    public async Task Eventually(Func<Task<bool>> holds, string message = "It did not come to hold.")
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            (watch.Elapsed < Patience).ShouldBeTrue(message);
            Clock.Advance(TimeSpan.Zero);
            await Task.Yield();
        }
    }

    /// <summary>
    /// Time passes until something holds. The first steps are within any call's time-out; those behind them come slowly enough that what
    /// is under way on a busy machine does not fail by its time-out again and again.
    /// </summary>
    /// <param name="step">How far the clock goes at a time: a third of a call's time-out at most.</param>
    /// <param name="holds">What is to hold; it may do something for it.</param>
    /// <param name="message">What to say where it does not come to hold.</param>
    public async Task TimePassesUntil(TimeSpan step, Func<Task<bool>> holds, Func<string>? message = null)
    {
        var watch = Stopwatch.StartNew();
        var last = TimeSpan.Zero;
        for (var steps = 0; !await holds();)
        {
            (watch.Elapsed < Patience).ShouldBeTrue(message?.Invoke() ?? "It did not come to hold.");
            if (steps < StepsAtOnce || watch.Elapsed - last >= StepPace)
            {
                Clock.Advance(step);
                last = watch.Elapsed;
                steps++;
            }

            await Task.Yield();
        }
    }

    /// <summary>
    /// Lets so much time pass that whoever waits for what does not come is told so, until a call has ended, however it does. Where the
    /// call goes on by itself it may be told so, too.
    /// </summary>
    public async Task PassTime(Task call)
    {
        var watch = Stopwatch.StartNew();
        while (!call.IsCompleted)
        {
            (watch.Elapsed < Patience).ShouldBeTrue("A call did not end by its time-out.");
            Clock.Advance(EngineCluster.ResponseTimeout);
            for (var i = 0; i < TurnsToEnd && !call.IsCompleted; i++)
            {
                await Task.Yield();
            }
        }

        await call.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        isOver = true;
        storages.ForEach(s => s.Crashed = true);
        await engine.DisposeAsync();
    }

    private async Task<(IGrainFactory Grains, ScriptedStorage Storage)> StartSilo(int number)
    {
        var storage = new ScriptedStorage(number, engine.Storage, Script, inMemory ? directoryId : null);
        storages.Add(storage);
        var grains = await engine.StartSilo(storage, services =>
        {
            services.AddSingleton<IGrainStorageSerializer, StateSerializer>();
            services.AddSingleton<IndexEpochs>();
            services.Configure<DirectoryOptions>(o =>
            {
                // Nothing is waited for but what has to be: whoever comes with what he knew before is to find out.
                (o.RequestsPerSecond, o.ContextLife, o.QueryLife) = (0, TimeSpan.Zero, TimeSpan.Zero);
            });
            services.Configure<QueryOptions>(_ => { });
            configure?.Invoke(services);
        });
        return (grains, storage);
    }
}
