using Microsoft.Extensions.Logging;

namespace Grains.Storage;

/// <summary>
/// Writes of one row by many callers at once: changes that arrive while a write is in flight go into the next one together. A
/// caller decides from <see cref="Pending"/>, and answers only when what it decided from is durable (PROTOCOL R2).
/// </summary>
/// <typeparam name="TState">The row's state.</typeparam>
/// <param name="row">The row.</param>
/// <param name="logger">Where a failed write is told.</param>
internal sealed partial class GroupCommit<TState>(Row<TState> row, ILogger logger)
    where TState : class, IRowState<TState>, new()
{
    /// <summary>The outcome of the write that <see cref="Pending"/> goes into; null where it is durable.</summary>
    private TaskCompletionSource<WriteOutcome>? newest;
    private TaskCompletionSource<WriteOutcome>? gathering;

    /// <summary>The newest state decided on, durable or not.</summary>
    public TState Pending { get; private set; } = new();

    /// <summary>A write is in flight.</summary>
    public bool Flushing { get; private set; }

    /// <summary>Takes over what the row has, when it was read again or changed by another way.</summary>
    public void Load() => Pending = row.Current;

    /// <summary>Puts a decision into the next write and waits for it.</summary>
    public Task<WriteOutcome> Commit(TState state)
    {
        Pending = state;
        gathering ??= new TaskCompletionSource<WriteOutcome>();
        newest = gathering;
        var mine = gathering.Task;
        if (!Flushing)
        {
            Flushing = true;
            _ = Flush();
        }

        return mine;
    }

    /// <summary>Changes the newest state without a write of its own: it goes along with the next, and is lost where that fails.</summary>
    public void Note(TState state) => Pending = state;

    /// <summary>Waits until the newest decision is durable.</summary>
    /// <returns>False where it was lost, so that what was decided from it must be decided again.</returns>
    public async ValueTask<bool> Durable() => newest is not { } write || await write.Task == WriteOutcome.Written;

    private async Task Flush()
    {
        while (gathering is { } batch)
        {
            gathering = null;
            var state = Pending;
            var decidedOn = row.ETag;
            WriteOutcome outcome;
            try
            {
                // Whoever read the row again meanwhile may have found another's write: what was decided before is then decided again.
                outcome = await row.Update(_ => row.ETag == decidedOn ? state : null);
                outcome = outcome == WriteOutcome.Skipped ? WriteOutcome.Conflict : outcome;
            }
            catch (Exception exception)
            {
                LogFlushFailed(logger, exception);
                row.Poison();
                outcome = WriteOutcome.Unknown;
            }

            if (outcome == WriteOutcome.Written)
            {
                if (newest == batch)
                {
                    newest = null;
                }
            }
            else
            {
                // What was gathered meanwhile was decided from a state that is not there: it is decided again, too.
                Pending = row.Current;
                newest = null;
                var gathered = gathering;
                gathering = null;
                gathered?.SetResult(outcome);
            }

            // Who waits goes on within this turn, and may commit again: all that it finds is in order by now.
            batch.SetResult(outcome);
        }

        Flushing = false;
    }

    [LoggerMessage(1, LogLevel.Warning, "A write failed")]
    private static partial void LogFlushFailed(ILogger logger, Exception exception);
}
