using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Grains.Embedded;

/// <summary>
/// Rows of grain states in one SQLite file, which this process alone may open. One thread does all that is asked, in the order asked; writes
/// that came together are committed together, and told only then. Counted by the meter <see cref="MeterName"/>.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Grains.Embedded.Storage";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Reads = Meter.CreateCounter<long>("grains.storage.reads");
    private static readonly Counter<long> Writes = Meter.CreateCounter<long>("grains.storage.writes", description: "Writes and clears, stale ones included.");
    private static readonly Counter<long> Commits = Meter.CreateCounter<long>("grains.storage.commits");

    // A commit costs much the same for one write as for many. Where many were on their way, it waits a moment for more of them.
    private const int LeastToGather = 6;
    private const int MostToGather = 8;
    private const int GatherMilliseconds = 1;

    private readonly Lock _closing = new();
    private readonly object _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteStoreOptions _options;
    private readonly Thread _thread;
    private List<SqliteOperation> _queue = [];
    private SqliteBackupJob? _backup;
    private int _gathering;
    private bool _closed;

    /// <summary>Opens the file, and makes it and its folder if need be.</summary>
    /// <exception cref="SqliteStoreException">It cannot be opened: another process has it, it is no database, or the disk refuses.</exception>
    public SqliteStore(string path, SqliteStoreOptions? options = null)
    {
        Path = System.IO.Path.GetFullPath(path);
        _options = options ?? new();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _connection = new(Path, _options);
        _thread = new(Work) { IsBackground = true, Name = $"SQLite {Path}" };
        _thread.Start();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    // For tests: what may go wrong between the last write of a batch and its end.
    internal Action? BeforeCommit { get; set; }

    /// <summary>Reads a row; null if there is none.</summary>
    public Task<SqliteRow?> ReadAsync(GrainId grainId, string name)
    {
        Reads.Add(1);
        return Ask(new SqliteRead(grainId, name));
    }

    /// <summary>Writes a row, a new one if <paramref name="etag"/> is null; its new ETag.</summary>
    /// <exception cref="InconsistentStateException">The row has another ETag, is gone, or is there although it should be new.</exception>
    public Task<string> WriteAsync(GrainId grainId, string name, string? etag, byte[] data)
    {
        Writes.Add(1);
        return Ask(new SqliteWrite(grainId, name, etag, data));
    }

    /// <summary>Deletes a row.</summary>
    /// <exception cref="InconsistentStateException">The row has another ETag or is gone.</exception>
    public Task ClearAsync(GrainId grainId, string name, string etag)
    {
        Writes.Add(1);
        return Ask(new SqliteClear(grainId, name, etag));
    }

    /// <summary>
    /// Copies the whole store into a new file while it is at work, some pages at a time between transactions; checks the copy, and only then
    /// gives it its name. It is of the moment when the copying ended: all that was acknowledged before this was called is in it.
    /// </summary>
    /// <param name="file">The file to make; its folder is made, too. It must not be there yet.</param>
    /// <exception cref="SqliteStoreException">The copy could not be written, or is not whole. Nothing is left of it.</exception>
    /// <exception cref="InvalidOperationException">Another backup of this store is under way.</exception>
    public async Task<SqliteBackup> BackUpAsync(string file)
    {
        var started = Stopwatch.GetTimestamp();
        var target = new BackupFile(file);
        var job = new SqliteBackupJob(target.Part);
        try
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                if (_backup is not null)
                {
                    throw new InvalidOperationException("A backup is under way.");
                }

                _backup = job;
                Monitor.Pulse(_gate);
            }

            await job.Copied;

            // The rest is of the copy alone, and must not hold up the writer.
            return await Task.Run(() => target.Finish(started));
        }
        catch
        {
            if (job.HasBegun)
            {
                target.Discard();
            }

            throw;
        }
    }

    /// <summary>Does what was asked for, and closes the file.</summary>
    public void Dispose()
    {
        lock (_closing)
        {
            lock (_gate)
            {
                if (_closed)
                {
                    return;
                }

                _closed = true;
                Monitor.Pulse(_gate);
            }

            _thread.Join();
            _connection.Dispose();
        }
    }

    private Task<T> Ask<T>(SqliteOperation<T> operation)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return Task.FromException<T>(new ObjectDisposedException(Path, "The store has been closed."));
            }

            _queue.Add(operation);
            if (_queue.Count == 1 || _queue.Count == _gathering)
            {
                Monitor.Pulse(_gate);
            }
        }

        return operation.Result;
    }

    private void Work()
    {
        List<SqliteOperation> taken = [];
        var last = 0;
        while (true)
        {
            SqliteBackupJob? backup;
            lock (_gate)
            {
                while (_queue.Count == 0 && (_backup is null || _closed))
                {
                    if (_closed)
                    {
                        _backup?.GiveUp();
                        return;
                    }

                    Monitor.Wait(_gate);
                }

                Gather(last);
                last = _queue.Count;
                (taken, _queue) = (_queue, taken);
                backup = _backup;
            }

            for (var i = 0; i < taken.Count; i += _options.MaxBatch)
            {
                Do(taken.GetRange(i, Math.Min(_options.MaxBatch, taken.Count - i)));
            }

            taken.Clear();
            if (backup?.GoOn(_connection) == true)
            {
                lock (_gate)
                {
                    _backup = null;
                }

                backup.Tell();
            }
        }
    }

    // Within the lock. Once a wait was in vain, as few come, the next ones begin at once.
    private void Gather(int last)
    {
        if (last < LeastToGather || _closed || _backup is not null)
        {
            return;
        }

        _gathering = Math.Min(2 * last, MostToGather);
        if (_queue.Count < _gathering)
        {
            Monitor.Wait(_gate, GatherMilliseconds);
        }

        _gathering = 0;
    }

    private void Do(List<SqliteOperation> batch)
    {
        // Only reads ask who has written what.
        HashSet<(GrainId, string)>? written = batch.Exists(static operation => operation is SqliteRead) ? [] : null;
        var hasBegun = false;
        List<SqliteOperation> waiting = [];
        Exception? failure = null;
        try
        {
            foreach (var operation in batch)
            {
                // What nobody in this batch has written can be told at once; else it waits for the commit, as its writer does.
                if (operation is SqliteRead && !written!.Contains(operation.Key))
                {
                    operation.Run(_connection);
                    operation.Tell(failure: null);
                    continue;
                }

                waiting.Add(operation);
                if (failure is null)
                {
                    if (!hasBegun)
                    {
                        _connection.Begin();
                        hasBegun = true;
                    }

                    written?.Add(operation.Key);
                    operation.Run(_connection);
                    // A full disk and the like take the whole transaction with them.
                    failure = _connection.TransactionLost();
                }
            }

            if (failure is null && hasBegun)
            {
                BeforeCommit?.Invoke();
                _connection.Commit();
                Commits.Add(1);
            }
        }
#pragma warning disable CA1031 // Whatever it is, it is told to all whose writes it undid.
        catch (Exception exception)
        {
            failure = exception;
        }

        if (failure is not null)
        {
            _connection.RollBack();
            // An operation that was taken and not yet run has no outcome but this.
            waiting = batch;
        }

        waiting.ForEach(operation => operation.Tell(failure));
    }
}
