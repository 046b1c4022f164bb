using System.Runtime.CompilerServices;

namespace Grains.Embedded;

/// <summary>
/// Runs the turns of one activation (the stretches of its code between awaits), one at a time: on the thread that asks if none is running, on
/// the pool otherwise.
/// </summary>
internal sealed class ActivationScheduler : TaskScheduler, IThreadPoolWorkItem
{
    // Work that came up during an inline turn is mostly that turn's own next step, so a little of it is done without a hop to the pool.
    private const int MaxInlineTurns = 4;

    // Then others get the pool thread.
    private const int MaxPoolTurns = 64;

    private readonly Queue<Task> _queue = new();
    private Task? _entered;
    private bool _busy;

    /// <summary>Runs a task here and now, unless a turn is under way: then it does nothing and answers false.</summary>
    public bool TryRunInline(Task task)
    {
        // A long chain of inline calls goes on on another thread before it overflows the stack.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack() || !TryEnter())
        {
            return false;
        }

        // An await prefers a synchronisation context to a scheduler, and the caller's is none of the grain's business.
        var context = SynchronizationContext.Current;
        if (context is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        try
        {
            // Not RunSynchronously, which would wait for ever if it thought better of running it here.
            _entered = task;
            task.Start(this);
            TryExecuteTask(task);
            RunTurns(MaxInlineTurns);
        }
        finally
        {
            if (context is not null)
            {
                SynchronizationContext.SetSynchronizationContext(context);
            }
        }

        return true;
    }

    public void Execute() => RunTurns(MaxPoolTurns);

    protected override void QueueTask(Task task)
    {
        if (ReferenceEquals(task, _entered))
        {
            _entered = null;
            return;
        }

        lock (_queue)
        {
            _queue.Enqueue(task);
            if (_busy)
            {
                return;
            }

            _busy = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        if (taskWasPreviouslyQueued || SynchronizationContext.Current is not null || !TryEnter())
        {
            return false;
        }

        var done = TryExecuteTask(task);
        RunTurns(MaxInlineTurns);
        return done;
    }

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_queue)
        {
            return [.. _queue];
        }
    }

    private bool TryEnter()
    {
        lock (_queue)
        {
            return !_busy && (_busy = true);
        }
    }

    // Called while busy; leaves when nothing is queued, or hands the turn on to the pool.
    private void RunTurns(int most)
    {
        for (var turn = 0; ; turn++)
        {
            Task? task = null;
            lock (_queue)
            {
                if (_queue.Count == 0)
                {
                    _busy = false;
                    return;
                }

                if (turn < most)
                {
                    task = _queue.Dequeue();
                }
            }

            if (task is null)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            TryExecuteTask(task);
        }
    }
}
