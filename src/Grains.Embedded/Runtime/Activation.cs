namespace Grains.Embedded;

/// <summary>One activation of a grain: an instance, its states and timers, and the requests that wait for it or run in it.</summary>
internal sealed class Activation(EmbeddedSilo silo, GrainClass grainClass, GrainId grainId) : ActivationScheduler, IGrainContext
{
    [ThreadStatic]
    private static Activation? s_underConstruction;

    private TaskCompletionSource? _deactivated;
    private Request? _firstWaiting;
    private Request? _lastWaiting;
    private List<GrainTimer>? _timers;
    private IGrainBase? _instance;
    private Request? _blocking;
    private bool _isBlocked;
    private bool _isBlockedForReading;
    private int _running;
    private State _state;
    private bool _ending;
    private bool _isGone;
    private DeactivationReason _reason;
    private long _lastUsed = silo.Now;
    private long _keepUntil;

    private enum State
    {
        Created,
        Activating,
        Valid,
        Deactivating,
        Dead,
    }

    /// <summary>The activation whose grain is being constructed on this thread.</summary>
    public static Activation? UnderConstruction => s_underConstruction;

    public EmbeddedSilo Silo => silo;

    public GrainId GrainId => grainId;

    public object? GrainInstance => _instance;

    public IServiceProvider ActivationServices => silo.Services;

    // Asked of few, and so made for those alone.
    public Task Deactivated
    {
        get
        {
            lock (Gate)
            {
                return _isGone ? Task.CompletedTask : (_deactivated ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>Whether a request given to it now would begin at once.</summary>
    public bool IsFree
    {
        get
        {
            lock (Gate)
            {
                return _state == State.Valid && _running == 0;
            }
        }
    }

    public bool IsEnding => _state is State.Deactivating or State.Dead;

    /// <summary>When its last request ended, by the silo's clock.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>What a request waiting here waits for, if it is a call that goes on after its first turn.</summary>
    public Call? Blocking => Volatile.Read(ref _blocking) as Call;

    /// <summary>Runs the request, or lets it wait; false if this activation has ended, and the request is another's.</summary>
    public bool TryAccept(Request request, bool inline)
    {
        var activate = false;
        lock (Gate)
        {
            if (_state == State.Dead)
            {
                return false;
            }

            request.Activation = this;
            if (_state == State.Valid && MayRun(request))
            {
                Record(request);
            }
            else
            {
                request.Wait();
                Append(request);
                if (_state != State.Created)
                {
                    return true;
                }

                _state = State.Activating;
                activate = true;
            }
        }

        if (activate)
        {
            Begin(ActivateAsync, inline: true);
        }
        else if (!inline || !request.TryBegin())
        {
            request.Wait();
            request.Begin();
        }

        return true;
    }

    /// <summary>A request has ended; called in its last turn.</summary>
    public void Completed(Request request)
    {
        lock (Gate)
        {
            _running--;
            if (request.IsBlocking)
            {
                _isBlocked = false;
                if (_blocking is not null)
                {
                    _blocking = null;
                }
            }

            if (request.KeepsAlive)
            {
                _lastUsed = silo.Now;
            }
        }

        Continue();
    }

    /// <summary>
    /// A request that blocks did not end within its first turn, so that others may come to wait for it. Most do end: an old object that refers
    /// to a new one, even for a moment, is one more that the collector looks at.
    /// </summary>
    public void GoesOn(Request request) => Volatile.Write(ref _blocking, request);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        var isUnused = false;
        lock (Gate)
        {
            if (_state is State.Deactivating or State.Dead || _reason.ReasonCode != DeactivationReasonCode.None)
            {
                return;
            }

            _reason = deactivationReason;
            if (_state == State.Valid)
            {
                _state = State.Deactivating;
            }
            else if (_state == State.Created)
            {
                // Nobody has used it: there is nothing to end.
                _state = State.Dead;
                isUnused = true;
            }
        }

        if (isUnused)
        {
            grainClass.Remove(this);
            TellGone();
        }

        if (deactivationReason.ReasonCode == DeactivationReasonCode.ApplicationError)
        {
            Log.DeactivatedForError(silo.Logger, grainId, deactivationReason);
        }

        Continue();
    }

    /// <summary>Deactivates it if nothing has run in it since <paramref name="cutoff"/>, and nothing does.</summary>
    public bool DeactivateIfIdle(long cutoff, DeactivationReason reason)
    {
        lock (Gate)
        {
            if (_state != State.Valid || _running > 0 || _firstWaiting is not null || _lastUsed > cutoff || _keepUntil > silo.Now)
            {
                return false;
            }

            _reason = reason;
            _state = State.Deactivating;
        }

        Continue();
        return true;
    }

    public void DelayDeactivation(TimeSpan timeSpan) => _keepUntil = silo.Now + silo.ToTicks(timeSpan);

    public IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        CheckAccess();
        var timer = new GrainTimer(this, callback, options);
        lock (Gate)
        {
            (_timers ??= []).Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Forget(GrainTimer timer)
    {
        lock (Gate)
        {
            _timers?.Remove(timer);
        }
    }

    /// <summary>A grain's state and timers are for its own turns: on any other thread they would race with it.</summary>
    public void CheckAccess()
    {
        if (!ReferenceEquals(Current, this))
        {
            throw new InvalidOperationException($"Activation access violation: {grainId} was touched outside its own turns (in a Task.Run, perhaps).");
        }
    }

    // By Orleans' rules: the first request that does not always interleave blocks, until it ends, all but those that interleave.
    private bool MayRun(Request request) =>
        _running == 0 || request.IsAlwaysInterleave || !_isBlocked || (_isBlockedForReading && request.IsReadOnly) || grainClass.IsReentrant;

    private void Record(Request request)
    {
        _running++;
        if (!_isBlocked && !request.IsAlwaysInterleave)
        {
            request.IsBlocking = true;
            _isBlocked = true;
            _isBlockedForReading = request.IsReadOnly;
        }
    }

    // Begins what can begin now: waiting requests, or the end.
    private void Continue()
    {
        while (true)
        {
            Request? next = null;
            lock (Gate)
            {
                if (_state == State.Valid)
                {
                    next = TakeNext();
                }
                else if (_state == State.Deactivating && _running == 0 && !_ending)
                {
                    _ending = true;
                    Begin(EndAsync, inline: false);
                }
            }

            if (next is null)
            {
                return;
            }

            next.Begin();
        }
    }

    private Request? TakeNext()
    {
        Request? before = null;
        for (var request = _firstWaiting; request is not null;)
        {
            var behind = request.Behind;
            if (request.IsAbandoned)
            {
                Remove(request, before);
            }
            else if (MayRun(request))
            {
                Remove(request, before);
                Record(request);
                return request;
            }
            else
            {
                before = request;
            }

            request = behind;
        }

        return null;
    }

    private void Append(Request request)
    {
        if (_lastWaiting is null)
        {
            _firstWaiting = request;
        }
        else
        {
            _lastWaiting.Behind = request;
        }

        _lastWaiting = request;
    }

    private void Remove(Request request, Request? before)
    {
        if (before is null)
        {
            _firstWaiting = request.Behind;
        }
        else
        {
            before.Behind = request.Behind;
        }

        _lastWaiting = ReferenceEquals(_lastWaiting, request) ? before : _lastWaiting;
        request.Behind = null;
    }

    private void Begin(Func<Task> work, bool inline)
    {
        var context = new TurnContext(this);
        if (!inline || !TryRun(static work => _ = ((Func<Task>)work!)(), work, context))
        {
            Queue(static work => _ = ((Func<Task>)work!)(), work, context);
        }
    }

    private async Task ActivateAsync()
    {
        try
        {
            s_underConstruction = this;
            List<IActivationState> states = [];
            try
            {
                _instance = grainClass.Create(this, states);
            }
            finally
            {
                s_underConstruction = null;
            }

            if (states.Count == 1)
            {
                await states[0].ReadStateAsync();
            }
            else if (states.Count > 0)
            {
                await Task.WhenAll(states.ConvertAll(state => state.ReadStateAsync()));
            }

            await _instance.OnActivateAsync(CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever a grain throws is its callers'.
        catch (Exception exception)
        {
            Log.ActivationFailed(silo.Logger, exception, grainId);
            await DisposeInstanceAsync();
            foreach (var request in Die())
            {
                request.Fail(exception);
            }

            return;
        }

        lock (Gate)
        {
            _lastUsed = silo.Now;
            _state = _reason.ReasonCode == DeactivationReasonCode.None ? State.Valid : State.Deactivating;
        }

        Continue();
    }

    private async Task EndAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(silo.Options.StopTimeout, silo.TimeProvider);
            // One that hangs must not keep its grain from the requests that wait.
            await _instance!.OnDeactivateAsync(_reason, timeout.Token).WaitAsync(silo.Options.StopTimeout, silo.TimeProvider);
        }
        catch (Exception exception)
        {
            Log.DeactivationFailed(silo.Logger, exception, grainId);
        }

        await DisposeInstanceAsync();
        foreach (var request in Die())
        {
            if (!request.IsAbandoned)
            {
                grainClass.Dispatch(request, grainId, inline: false);
            }
        }
    }

    private async Task DisposeInstanceAsync()
    {
        GrainTimer[] timers;
        lock (Gate)
        {
            timers = _timers?.ToArray() ?? [];
        }

        foreach (var timer in timers)
        {
            timer.Dispose();
        }

        try
        {
            switch (_instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
        catch (Exception exception)
        {
            Log.DeactivationFailed(silo.Logger, exception, grainId);
        }
    }

    private List<Request> Die()
    {
        grainClass.Remove(this);
        List<Request> rest = [];
        lock (Gate)
        {
            _state = State.Dead;
            while (_firstWaiting is { } request)
            {
                Remove(request, before: null);
                rest.Add(request);
            }
        }

        TellGone();
        return rest;
    }

    private void TellGone()
    {
        TaskCompletionSource? deactivated;
        lock (Gate)
        {
            _isGone = true;
            deactivated = _deactivated;
        }

        deactivated?.TrySetResult();
    }
}
