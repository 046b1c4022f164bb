namespace Grains.Embedded;

/// <summary>A backup that the writer thread goes on with between its transactions.</summary>
internal sealed class SqliteBackupJob(string file)
{
    /// <summary>256 kB at a time: a fraction of a millisecond, so that no writer notices.</summary>
    private const int PagesPerStep = 64;

    private readonly TaskCompletionSource _copied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteCopy? _copy;
    private Exception? _failure;

    /// <summary>Ends when all pages are in the file.</summary>
    public Task Copied => _copied.Task;

    /// <summary>Whether there may be a file.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Copies some pages.</summary>
    /// <returns>Whether it has come to an end, one way or the other.</returns>
    public bool GoOn(SqliteConnection connection)
    {
        try
        {
            HasBegun = true;
            _copy ??= connection.BeginCopy(file);
            if (!_copy.Step(PagesPerStep))
            {
                return false;
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is told to whoever asked for the backup, and to nobody else.
        catch (Exception exception)
        {
            _failure = exception;
        }

        _copy?.Dispose();
        return true;
    }

    /// <summary>Tells how it ended.</summary>
    public void Tell()
    {
        if (_failure is null)
        {
            _copied.TrySetResult();
        }
        else
        {
            _copied.TrySetException(_failure);
        }
    }

    /// <summary>The store is being closed.</summary>
    public void GiveUp()
    {
        _copy?.Dispose();
        _copied.TrySetException(new ObjectDisposedException(nameof(SqliteStore), "The store was closed before the backup had come to its end."));
    }
}
