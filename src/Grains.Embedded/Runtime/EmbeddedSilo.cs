using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Grains.Embedded;

/// <summary>
/// One silo in this process: activates grains, runs their requests, and ends them. Several silos over one storage are, to the grains, so many
/// machines: each may have an activation of the same grain. The services give the storages by name, <see cref="TimeProvider"/>,
/// <see cref="ILoggerFactory"/> and what grains ask for in their constructors.
/// </summary>
public sealed class EmbeddedSilo : IGrainFactory, IHostedService, IAsyncDisposable
{
    // Coarse enough to cost nothing, fine enough for time-outs of seconds.
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(250);

    // Two at once would each make up for the same surplus.
    private readonly Lock _trimGate = new();
    private FrozenDictionary<Type, GrainInterface> _interfaces = FrozenDictionary<Type, GrainInterface>.Empty;
    private List<GrainClass> _classes = [];
    private State _state;
    private ITimer? _sweep;
    private long _now;
    private long _nextCollection;
    private int _count;
    private int _trimAbove;
    private int _trimming;

    public EmbeddedSilo(IServiceProvider services, EmbeddedOptions options)
    {
        Services = services;
        Options = options;
        TimeProvider = services.GetService<TimeProvider>() ?? TimeProvider.System;
        Logger = services.GetService<ILoggerFactory>()?.CreateLogger<EmbeddedSilo>() ?? (ILogger)NullLogger.Instance;
        Deadlines = new(this);
        _trimAbove = options.MaxActivations;
    }

    private enum State
    {
        New,
        Running,
        Draining,
        Stopped,
    }

    /// <summary>How many activations there are.</summary>
    public int ActivationCount => Volatile.Read(ref _count);

    internal IServiceProvider Services { get; }

    internal EmbeddedOptions Options { get; }

    internal TimeProvider TimeProvider { get; }

    internal ILogger Logger { get; }

    internal Deadlines Deadlines { get; }

    /// <summary>The time as of the last sweep, in the time provider's ticks.</summary>
    internal long Now => Volatile.Read(ref _now);

    private IEnumerable<Activation> Activations => _classes.SelectMany(grainClass => grainClass.Activations);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        if (grainClassNamePrefix is not null)
        {
            throw new NotSupportedException("An interface has one class here: there is nothing to choose by a prefix.");
        }

        var grainInterface = Find(typeof(TGrainInterface));
        return (TGrainInterface)(object)grainInterface.CreateReference(GrainId.Create(grainInterface.Class.Type, primaryKey));
    }

    /// <summary>Checks the grains and begins to serve.</summary>
    /// <exception cref="GrainModelException">The grains break the rules; all errors are listed.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var model = new GrainModel(Options.GrainAssemblies, Services);
        var classes = model.Classes.ToDictionary(type => type, type => new GrainClass(this, type));
        _classes = [.. classes.Values];
        _interfaces = model.ClassOf.ToFrozenDictionary(pair => pair.Key, pair => new GrainInterface(this, pair.Key, classes[pair.Value]));
        _now = TimeProvider.GetTimestamp();
        _nextCollection = _now + ToTicks(Options.CollectionQuantum);
        // A short time-out, as tests have, wants a finer sweep.
        var period = TimeSpan.FromTicks(Math.Min(SweepPeriod.Ticks, Math.Min(Options.ResponseTimeout.Ticks, Options.DeadlockTimeout.Ticks) / 4));
        using (ExecutionContext.SuppressFlow())
        {
            _sweep = TimeProvider.CreateTimer(static silo => ((EmbeddedSilo)silo!).Sweep(), this, period, period);
        }

        _state = State.Running;
        return Task.CompletedTask;
    }

    /// <summary>Refuses calls from outside, lets running ones end, and deactivates every grain, within <see cref="EmbeddedOptions.StopTimeout"/>.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_state != State.Running)
        {
            return;
        }

        _state = State.Draining;
        using var timeout = new CancellationTokenSource(Options.StopTimeout, TimeProvider);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // Requests that still run may call, and so wake, others: until there are none.
            while (Activations.ToList() is { Count: > 0 } activations)
            {
                activations.ForEach(activation => activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo stops.")));
                await Task.WhenAll(activations.ConvertAll(activation => activation.Deactivated)).WaitAsync(bound.Token);
            }
        }
        catch (OperationCanceledException)
        {
            Log.StoppedBusy(Logger, ActivationCount);
        }

        _state = State.Stopped;
        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        Deadlines.FailAll(NotServing());
    }

    /// <summary>Ends the activations that have had no request for <paramref name="idleFor"/>; done when they have ended.</summary>
    public async Task CollectAsync(TimeSpan idleFor)
    {
        Volatile.Write(ref _now, TimeProvider.GetTimestamp());
        var cutoff = Now - ToTicks(idleFor);
        var reason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"No request for {idleFor}.");
        await Task.WhenAll(Activations.Where(activation => activation.DeactivateIfIdle(cutoff, reason)).Select(activation => activation.Deactivated));
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    internal long ToTicks(TimeSpan time) => (long)(time.TotalSeconds * TimeProvider.TimestampFrequency);

    internal GrainReference GetReference(Type interfaceType, GrainId grainId)
    {
        var grainInterface = Find(interfaceType);
        return grainInterface.Class.Type == grainId.Type
            ? grainInterface.CreateReference(grainId)
            : throw new InvalidCastException($"{grainId} does not implement {interfaceType}.");
    }

    internal Task<T> Call<T>(GrainReference target, GrainMethod method, object?[] arguments)
    {
        // While draining, running requests may still call.
        if (_state != State.Running && (_state != State.Draining || ActivationScheduler.Current is null))
        {
            return Task.FromException<T>(NotServing());
        }

        Call<T> call;
        try
        {
            method.CopyArguments(arguments);
            call = new Call<T>(target, method, arguments);
            target.Class.Dispatch(call, target.GrainId, inline: !method.IsOneWay);
        }
#pragma warning disable CA1031 // A call never throws: its task does.
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }

        return method.IsOneWay ? Task.FromResult<T>(default!) : call.Result;
    }

    internal void Added()
    {
        if (Interlocked.Increment(ref _count) > Volatile.Read(ref _trimAbove))
        {
            TrimInBackground();
        }
    }

    internal void Removed() => Interlocked.Decrement(ref _count);

    // A tenth goes at once, so that the sorting is paid for by many new ones. Done when those that are ending have ended.
    internal Task TrimAsync()
    {
        const int Tenth = 10;
        lock (_trimGate)
        {
            var most = Options.MaxActivations;
            // Those that are ending already are not to be made up for.
            var living = Activations.Where(activation => !activation.IsEnding).Select(activation => (activation, activation.LastUsed)).ToList();
            var surplus = living.Count > most ? living.Count - (most - (most / Tenth)) : 0;
            var reason = new DeactivationReason(DeactivationReasonCode.HighMemoryPressure, $"More than {most} activations.");
            foreach (var (activation, _) in living.OrderBy(pair => pair.LastUsed))
            {
                if (surplus <= 0)
                {
                    break;
                }

                surplus -= activation.DeactivateIfIdle(long.MaxValue, reason) ? 1 : 0;
            }

            // Those that were busy are tried again when there are some more, or at the next sweep.
            Volatile.Write(ref _trimAbove, Math.Max(most, ActivationCount + (most / Tenth)));
            Volatile.Write(ref _trimming, 0);
        }

        return Task.WhenAll(Activations.Where(activation => activation.IsEnding).Select(activation => activation.Deactivated));
    }

    private GrainInterface Find(Type interfaceType) => _interfaces.TryGetValue(interfaceType, out var found)
        ? found
        : throw new InvalidOperationException(_state == State.New ? "The silo has not been started." : $"No grain class implements {interfaceType}.");

    private OrleansException NotServing() => new(_state == State.New ? "The silo has not been started." : "The silo has been stopped.");

    private void Sweep()
    {
        Volatile.Write(ref _now, TimeProvider.GetTimestamp());
        Deadlines.Sweep();
        if (ActivationCount > Options.MaxActivations)
        {
            TrimInBackground();
        }

        if (Now >= _nextCollection && _state == State.Running)
        {
            _nextCollection = Now + ToTicks(Options.CollectionQuantum);
            _ = CollectAsync(Options.CollectionAge);
        }
    }

    private void TrimInBackground()
    {
        if (Interlocked.Exchange(ref _trimming, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static silo => _ = silo.TrimAsync(), this, preferLocal: false);
        }
    }
}
