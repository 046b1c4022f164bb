namespace Grains.Embedded;

/// <summary>One piece of work for an activation: a call or a tick of a timer.</summary>
internal abstract class Request : TurnContext
{
    private ExecutionContext? _callers;

    protected Request(Request? caller)
        : base(null) => Caller = caller is { IsDone: false } ? caller : null;

    /// <summary>The request whose code is running, across awaits.</summary>
    public static new Request? Current => SynchronizationContext.Current as Request;

    /// <summary>The request that made this call, until either is done: a chain of those that may be waiting for this one.</summary>
    public Request? Caller { get; private set; }

    /// <summary>The one that waits behind this one, where this one waits.</summary>
    public Request? Behind { get; set; }

    /// <summary>It keeps others out of its activation, until it ends.</summary>
    public bool IsBlocking { get; set; }

    public bool HasBegun { get; private set; }

    public bool IsDone { get; private set; }

    /// <summary>Nobody waits for it any more: it is not begun.</summary>
    public virtual bool IsAbandoned => false;

    public abstract bool IsReadOnly { get; }

    public abstract bool IsAlwaysInterleave { get; }

    /// <summary>Whether it counts as use of the activation.</summary>
    public abstract bool KeepsAlive { get; }

    /// <summary>The request will be run by someone else, later: its caller needs something to wait on.</summary>
    public abstract void BecomePending();

    public abstract void Fail(Exception exception);

    /// <summary>It will begin on another thread: then, too, in the execution context of the call.</summary>
    public void Wait()
    {
        BecomePending();
        _callers = ExecutionContext.Capture();
    }

    /// <summary>Begins it here and now, unless a turn is under way: then it does nothing and answers false.</summary>
    public bool TryBegin() => Activation!.TryRun(static request => ((Request)request!).Run(), this, this);

    /// <summary>Begins it on the pool.</summary>
    public void Begin() => Activation!.Queue(static request => ((Request)request!).RunInCallersContext(), this, this);

    /// <summary>Does the work; ends with <see cref="Done"/>.</summary>
    protected abstract Task RunAsync();

    protected void Done()
    {
        IsDone = true;
        // A chain of requests each of which started the next and did not wait would otherwise never be freed.
        Caller = null;
        Activation!.Completed(this);
    }

    private void RunInCallersContext()
    {
        if (_callers is null)
        {
            Run();
            return;
        }

        ExecutionContext.Run(_callers, static request => ((Request)request!).Run(), this);
        _callers = null;
    }

    private void Run()
    {
        HasBegun = true;
        var running = RunAsync();
        // In the first turn still: no other thread can be completing it.
        if (!running.IsCompleted)
        {
            BecomePending();
            if (IsBlocking)
            {
                Activation!.GoesOn(this);
            }
        }
    }
}
