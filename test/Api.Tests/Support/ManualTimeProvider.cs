namespace Api.Tests.Support;

/// <summary>A clock that moves when a test says so; timers fire within <see cref="Advance"/>, in order.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan DueTime, TaskCompletionSource Awaited)> _awaited = [];
    private readonly DateTimeOffset _start = EngineUnderTest.ClockStart;
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    private TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
            {
                return _elapsed;
            }
        }
    }

    public void Advance(TimeSpan time)
    {
        var until = Elapsed + time;
        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
                if (next is null)
                {
                    _elapsed = until;
                    return;
                }

                _elapsed = next.Due > _elapsed ? next.Due : _elapsed;
                next.Due = next.Period > TimeSpan.Zero ? _elapsed + next.Period : TimeSpan.MaxValue;
            }

            next.Callback(next.State);
        }
    }

    /// <summary>Done when something has begun to wait for exactly so long.</summary>
    public Task Waiting(TimeSpan dueTime)
    {
        lock (_gate)
        {
            var awaited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((dueTime, awaited));
            return awaited.Task;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
        {
            _timers.Add(timer);
            foreach (var (_, awaited) in _awaited.Where(a => a.DueTime == dueTime))
            {
                awaited.TrySetResult();
            }
        }

        return timer;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback => callback;

        public object? State => state;

        public TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Due = dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : clock._elapsed + dueTime;
                Period = period;
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
