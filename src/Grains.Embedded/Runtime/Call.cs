namespace Grains.Embedded;

/// <summary>A call of a grain method, as the silo's time-outs see it.</summary>
internal abstract class Call(GrainReference target, GrainMethod method, object?[] arguments) : Request(Current), IThreadPoolWorkItem
{
    public GrainMethod Method { get; } = method;

    public GrainReference Target { get; } = target;

    /// <summary>Its neighbours in the silo's <see cref="Deadlines"/>.</summary>
    public Call? Older { get; set; }

    public Call? Younger { get; set; }

    /// <summary>When it became pending, by the silo's clock.</summary>
    public long PendingSince { get; protected set; }

    public override bool IsReadOnly => Method.IsReadOnly;

    public override bool IsAlwaysInterleave => Method.IsAlwaysInterleave;

    public override bool KeepsAlive => true;

    protected object?[] Arguments { get; } = arguments;

    public override string ToString() => $"{Target.GrainId} {Method}";

    /// <summary>Completes the task that the caller waits for, whose code may go on within this.</summary>
    public abstract void Tell();

    public void Execute() => Turns.Tell(this);

    /// <summary>Tells the caller here and now, on a thread of the pool, that it is not to wait any longer.</summary>
    public abstract void TellFailure(Exception exception);
}

/// <summary>A call and its result.</summary>
#pragma warning disable MA0048 // Call is what the time-outs see of Call<T>.
internal sealed class Call<T>(GrainReference target, GrainMethod method, object?[] arguments) : Call(target, method, arguments)
{
    private TaskCompletionSource<T>? _pending;
    private Task<T>? _result;
    private Exception? _exception;
    private T? _value;

    /// <summary>Once the call is pending or has run: its result.</summary>
    public Task<T> Result => _result ?? _pending!.Task;

    public override bool IsAbandoned => _pending is { Task.IsCompleted: true };

    public override void BecomePending()
    {
        if (_pending is null && !Method.IsOneWay)
        {
            // The caller's code runs when it is told, see Turns.
            _pending = new();
            PendingSince = Target.Silo.TimeProvider.GetTimestamp();
            Target.Silo.Deadlines.Add(this);
        }
    }

    public override void Fail(Exception exception)
    {
        if (Method.IsOneWay)
        {
            Log.OneWayFailed(Target.Silo.Logger, exception, this);
        }
        else if (_pending is null)
        {
            _result = Task.FromException<T>(exception);
        }
        else
        {
            _exception = exception;
            Turns.Ended(this);
        }
    }

    public override void TellFailure(Exception exception)
    {
        _exception = exception;
        Turns.Tell(this);
    }

    public override void Tell()
    {
        Target.Silo.Deadlines.Remove(this);
        if (_exception is not null)
        {
            _pending!.TrySetException(_exception);
        }
        else
        {
            _pending!.TrySetResult(_value!);
        }
    }

    protected override async Task RunAsync()
    {
        try
        {
            var task = Method.Invoke(Activation!.GrainInstance!, Arguments);
            await task;
            if (task is not Task<T> typed)
            {
                Succeed(default!, null);
            }
            else if (Method.CopyResult is Func<T, T> copy)
            {
                // Copied in the turn: later ones may change what the method returned.
                Succeed(copy(typed.Result), null);
            }
            else
            {
                Succeed(typed.Result, typed);
            }
        }
#pragma warning disable CA1031 // Whatever a grain throws is its caller's.
        catch (Exception exception)
        {
            if (exception is InconsistentStateException { IsSourceActivation: true } inconsistent)
            {
                inconsistent.IsSourceActivation = false;
                Activation!.Deactivate(new(DeactivationReasonCode.ApplicationError, exception, $"{this} found its state changed by another."));
            }

            Done();
            Fail(exception);
        }
    }

    private void Succeed(T value, Task<T>? task)
    {
        // First, so that what the caller does next finds the activation free.
        Done();
        if (_pending is not null)
        {
            _value = value;
            Turns.Ended(this);
        }
        else
        {
            _result = task ?? Task.FromResult(value);
        }
    }
}
