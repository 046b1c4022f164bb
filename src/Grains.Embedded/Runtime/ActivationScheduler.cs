using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Grains.Embedded;

/// <summary>
/// Runs the turns of one activation (the stretches of its code between awaits), one at a time: on the thread that asks if none is running, on
/// the pool otherwise. Each turn runs in the <see cref="TurnContext"/> of the work that it belongs to.
/// </summary>
internal abstract class ActivationScheduler : IThreadPoolWorkItem
{
    // Work that came up during an inline turn is mostly that turn's own next step, so a little of it is done without a hop to the pool.
    private const int MaxInlineTurns = 4;

    // Then others get the pool thread.
    private const int MaxPoolTurns = 64;

    [ThreadStatic]
    private static ActivationScheduler? s_current;

    // Mostly one turn waits at the most, so a queue is made only for more.
    private Turn _first;
    private Queue<Turn>? _more;
    private bool _busy;

    /// <summary>The one whose turn this thread is in.</summary>
    public static ActivationScheduler? Current => s_current;

    /// <summary>Guards this, and the activation that is derived from it: what a grain consists of is far apart in memory, so it is few things.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Runs a turn here and now, unless one is under way: then it does nothing and answers false.</summary>
    /// <param name="work">The turn.</param>
    /// <param name="state">What it is given.</param>
    /// <param name="context">Whose it is.</param>
    /// <param name="isAll">Whether the thread has nothing to go back to.</param>
    public bool TryRun(SendOrPostCallback work, object? state, TurnContext context, bool isAll = false)
    {
        // A long chain of inline calls goes on on another thread before it overflows the stack.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return false;
        }

        lock (Gate)
        {
            if (_busy)
            {
                return false;
            }

            _busy = true;
        }

        // The caller's context is none of the grain's business.
        var (callersContext, callers) = (SynchronizationContext.Current, s_current);
        var mayBegin = Turns.Enter();
        s_current = this;
        Run(new(work, state, context));
        RunQueued(MaxInlineTurns);
        s_current = callers;
        SynchronizationContext.SetSynchronizationContext(callersContext);
        if (isAll)
        {
            Turns.LeaveAndTell(mayBegin);
        }
        else
        {
            Turns.Leave(mayBegin);
        }

        return true;
    }

    /// <summary>Runs a turn later.</summary>
    public void Queue(SendOrPostCallback work, object? state, TurnContext context)
    {
        lock (Gate)
        {
            Enqueue(new(work, state, context));
            if (_busy)
            {
                return;
            }

            _busy = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        var mayBegin = Turns.Enter();
        s_current = this;
        RunQueued(MaxPoolTurns);
        s_current = null;
        SynchronizationContext.SetSynchronizationContext(null);
        Turns.LeaveAndTell(mayBegin);
    }

    // Called while busy; leaves when nothing is queued, or hands the turn on to the pool.
    private void RunQueued(int most)
    {
        for (var left = most; ; left--)
        {
            Turn turn;
            lock (Gate)
            {
                if (_first.Work is null)
                {
                    _busy = false;
                    return;
                }

                if (left == 0)
                {
                    break;
                }

                turn = _first;
                _first = _more is not null && _more.TryDequeue(out var next) ? next : default;
            }

            Run(turn);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private void Enqueue(Turn turn)
    {
        if (_first.Work is null)
        {
            _first = turn;
        }
        else
        {
            (_more ??= new()).Enqueue(turn);
        }
    }

    private static void Run(Turn turn)
    {
        SynchronizationContext.SetSynchronizationContext(turn.Context);
        try
        {
            turn.Work(turn.State);
        }
#pragma warning disable CA1031 // Only an "async void" method throws here: it ends the process, as elsewhere, and not this activation alone, silently.
        catch (Exception exception)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static exception => exception.Throw(), ExceptionDispatchInfo.Capture(exception), preferLocal: false);
        }
    }

    private readonly record struct Turn(SendOrPostCallback Work, object? State, TurnContext Context);
}
