namespace Grains.Embedded;

/// <summary>One piece of work for an activation: a call or a tick of a timer.</summary>
internal abstract class Request
{
    private static readonly AsyncLocal<Request?> Ambient = new();

    protected Request(Request? caller)
    {
        Caller = caller is { IsDone: false } ? caller : null;
        Work = new Task(static request => ((Request)request!).Run(), this);
    }

    /// <summary>The request whose code is running, across awaits and calls.</summary>
    public static Request? Current => Ambient.Value;

    /// <summary>The request that made this call, until either is done: a chain of those that may be waiting for this one.</summary>
    public Request? Caller { get; private set; }

    /// <summary>The first turn. Made with the request, so that it runs in the execution context of the call.</summary>
    public Task Work { get; }

    /// <summary>Where it waits or runs.</summary>
    public Activation? Activation { get; set; }

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

    /// <summary>Does the work; begins with <see cref="MakeCurrent"/> and ends with <see cref="Done"/>.</summary>
    protected abstract Task RunAsync();

    // To be called in an async method, whose end undoes it for the thread.
    protected void MakeCurrent()
    {
        HasBegun = true;
        Ambient.Value = this;
    }

    protected void Done()
    {
        IsDone = true;
        // A chain of requests each of which started the next and did not wait would otherwise never be freed.
        Caller = null;
        Activation!.Completed(this);
    }

    private void Run()
    {
        var running = RunAsync();
        // In the first turn still: no other thread can be completing it.
        if (!running.IsCompleted)
        {
            BecomePending();
        }
    }
}
