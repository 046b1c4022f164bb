namespace Grains.Embedded;

/// <summary>A timer of an activation; its ticks are requests of it.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly CancellationTokenSource _disposed = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly ITimer _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _firing;
    private bool _changed;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _options = options;
        // The ticks belong to no call chain.
        using (ExecutionContext.SuppressFlow())
        {
            _timer = activation.Silo.TimeProvider.CreateTimer(
                static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        (_dueTime, _period, _changed) = (dueTime, period, true);
        if (!_firing)
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        _timer.Dispose();
        _activation.Forget(this);
    }

    private void Fire()
    {
        _firing = true;
        _activation.TryAccept(new Tick(this), inline: false);
    }

    private sealed class Tick(GrainTimer timer) : Request(caller: null)
    {
        public override bool IsReadOnly => false;

        public override bool IsAlwaysInterleave => timer._options.Interleave;

        public override bool KeepsAlive => timer._options.KeepAlive;

        public override bool IsAbandoned => timer._disposed.IsCancellationRequested;

        public override void BecomePending()
        {
            // Nobody waits for a tick.
        }

        public override void Fail(Exception exception) => Log.TimerFailed(timer._activation.Silo.Logger, exception, timer._activation.GrainId);

        protected override async Task RunAsync()
        {
            try
            {
                timer._changed = false;
                if (!IsAbandoned)
                {
                    await timer._callback(timer._disposed.Token);
                }
            }
#pragma warning disable CA1031 // A failed tick is logged, and the next one comes.
            catch (Exception exception)
            {
                Fail(exception);
            }
            finally
            {
                timer._firing = false;
                if (!IsAbandoned)
                {
                    timer._timer.Change(timer._changed ? timer._dueTime : timer._period, Timeout.InfiniteTimeSpan);
                }

                Done();
            }
        }
    }
}
