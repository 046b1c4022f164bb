namespace Grains.Embedded;

/// <summary>What the writer thread is asked to do, and whom it tells.</summary>
internal abstract class SqliteOperation(GrainId grainId, string name)
{
    public GrainId GrainId => grainId;

    public string Name => name;

    public (GrainId GrainId, string Name) Key => (grainId, name);

    /// <summary>Does it within the transaction, if one is needed, and keeps the outcome.</summary>
    public abstract void Run(SqliteConnection connection);

    /// <summary>Tells the outcome; or the failure of the transaction, in which nothing came of it.</summary>
    public abstract void Tell(Exception? failure);
}

/// <summary>An operation, and its result.</summary>
#pragma warning disable MA0048 // SqliteOperation is what the writer thread sees of SqliteOperation<T>.
internal abstract class SqliteOperation<T>(GrainId grainId, string name) : SqliteOperation(grainId, name)
{
    // The caller's code must not run on the writer thread.
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private T? _result;

    public Task<T> Result => _told.Task;

    public override void Run(SqliteConnection connection)
    {
        try
        {
            _result = Do(connection);
        }
#pragma warning disable CA1031 // The failure is told to whoever asked, and to nobody else in the batch.
        catch (Exception exception)
        {
            _failure = exception;
        }
    }

    public override void Tell(Exception? failure)
    {
        if ((failure ?? _failure) is { } exception)
        {
            _told.TrySetException(exception);
        }
        else
        {
            _told.TrySetResult(_result!);
        }
    }

    protected abstract T Do(SqliteConnection connection);
}
