using Microsoft.Extensions.Options;

namespace Grains.Queries;

/// <summary>
/// Who may look through the resources of a directory: a few queries of one directory at once, the others wait their turn for a while. So the
/// slow queries of one directory are no burden to another.
/// </summary>
/// <param name="options">How many.</param>
/// <param name="time">The clock.</param>
public sealed class ScanSlots(IOptions<QueryOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim all = new(options.Value.MaxScans);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Line> lines = new(StringComparer.Ordinal);

    /// <summary>Waits for its turn.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    /// <returns>To be disposed of at the end; null where too many wait, or it took too long.</returns>
    internal async Task<IDisposable?> Enter(string directory, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!lines.TryGetValue(directory, out var line))
            {
                lines.Add(directory, line = new Line());
            }

            if (line.Running < options.Value.MaxScansOfDirectory)
            {
                line.Running++;
                turn.SetResult();
            }
            else if (line.Waiting.Count < options.Value.MaxWaitingOfDirectory)
            {
                line.Waiting.AddLast(turn);
            }
            else
            {
                return null;
            }
        }

        var came = time.GetTimestamp();
        try
        {
            await turn.Task.WaitAsync(options.Value.MaxWait, time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            GiveUp(directory, turn);
            if (exception is TimeoutException)
            {
                return null;
            }

            throw;
        }

        var left = options.Value.MaxWait - time.GetElapsedTime(came);
        try
        {
            var entering = all.WaitAsync(cancellationToken);
            if (!entering.IsCompletedSuccessfully)
            {
                await AllOrNothing(entering, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }

            return new Slot(this, directory);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            Leave(directory);
            if (exception is TimeoutException)
            {
                return null;
            }

            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => all.Dispose();

    /// <summary>Waits by the clock; whoever does not wait on hands the place back when it comes.</summary>
    private async Task AllOrNothing(Task entering, TimeSpan wait)
    {
        try
        {
            await entering.WaitAsync(wait, time);
        }
        catch (TimeoutException)
        {
            _ = entering.ContinueWith(_ => all.Release(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    private void GiveUp(string directory, TaskCompletionSource turn)
    {
        lock (gate)
        {
            if (lines[directory].Waiting.Remove(turn))
            {
                return;
            }
        }

        // It came to be its turn just then.
        Leave(directory);
    }

    private void Leave(string directory)
    {
        lock (gate)
        {
            var line = lines[directory];
            if (line.Waiting.First is { } next)
            {
                line.Waiting.RemoveFirst();
                next.Value.SetResult();
            }
            else if (--line.Running == 0)
            {
                lines.Remove(directory);
            }
        }
    }

    private sealed class Line
    {
        public int Running { get; set; }

        public LinkedList<TaskCompletionSource> Waiting { get; } = [];
    }

    private sealed class Slot(ScanSlots slots, string directory) : IDisposable
    {
        private bool left;

        public void Dispose()
        {
            if (!left)
            {
                left = true;
                slots.all.Release();
                slots.Leave(directory);
            }
        }
    }
}
