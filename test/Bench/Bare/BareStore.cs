using SQLitePCL;
using static SQLitePCL.raw;

namespace Bench.Bare;

/// <summary>
/// The least that makes a row durable as the server's storage does: one SQLite file with the same settings, one thread, one transaction
/// for all writes that wait, an acknowledgement after the commit. A row has a text key with a unique index, as the server's rows have.
/// </summary>
internal sealed class BareStore : IDisposable
{
    private const int MaxBatch = 1024;
    private const int PrefillBatch = 10_000;

    private readonly Lock closing = new();
    private readonly object gate = new();
    private readonly sqlite3 database;
    private readonly sqlite3_stmt insert;
    private readonly sqlite3_stmt update;
    private readonly sqlite3_stmt begin;
    private readonly sqlite3_stmt commit;
    private readonly byte[] data;
    private readonly int stored;
    private readonly Thread thread;
    private long last;
    private List<Work> queue = [];
    private bool closed;

    static BareStore() => Batteries_V2.Init();

    /// <summary>Makes the file anew.</summary>
    public BareStore(string path, int rows, int rowBytes)
    {
        foreach (var old in (string[])[path, path + "-wal", path + "-shm"])
        {
            File.Delete(old);
        }

        data = new byte[rowBytes];
        Random.Shared.NextBytes(data);
        Check(sqlite3_open_v2(path, out database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, null));
        Execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-65536;");
        Execute("CREATE TABLE row (id INTEGER PRIMARY KEY, key TEXT NOT NULL, data BLOB NOT NULL); CREATE UNIQUE INDEX row_key ON row (key);");
        insert = Prepare("INSERT INTO row (key, data) VALUES (?1, ?2)");
        update = Prepare("UPDATE row SET data = ?2 WHERE key = ?1");
        begin = Prepare("BEGIN IMMEDIATE");
        commit = Prepare("COMMIT");
        while (stored < rows)
        {
            Step(begin);
            for (var i = 0; i < PrefillBatch && stored < rows; i++, stored++)
            {
                Do(insert, ++last);
            }

            Step(commit);
        }

        thread = new Thread(WorkOff) { IsBackground = true, Name = "SQLite" };
        thread.Start();
    }

    /// <summary>Commits a row: a new one, or one of those that were there at the start, drawn at random.</summary>
    public Task Write(bool inserts)
    {
        var work = new Work(inserts);
        lock (gate)
        {
            queue.Add(work);
            if (queue.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }

        return work.Task;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (closing)
        {
            lock (gate)
            {
                closed = true;
                Monitor.Pulse(gate);
            }

            thread.Join();
            sqlite3_finalize(insert);
            sqlite3_finalize(update);
            sqlite3_finalize(begin);
            sqlite3_finalize(commit);
            sqlite3_close_v2(database);
        }
    }

    private void WorkOff()
    {
        List<Work> taken = [];
        while (true)
        {
            lock (gate)
            {
                while (queue.Count == 0)
                {
                    if (closed)
                    {
                        return;
                    }

                    Monitor.Wait(gate);
                }

                (taken, queue) = (queue, taken);
            }

            foreach (var batch in taken.Chunk(MaxBatch))
            {
                Step(begin);
                foreach (var work in batch)
                {
                    Random.Shared.NextBytes(data.AsSpan(0, Math.Min(data.Length, sizeof(long))));
                    Do(work.Inserts ? insert : update, work.Inserts ? ++last : 1 + Random.Shared.Next(stored));
                }

                Step(commit);
                foreach (var work in batch)
                {
                    work.SetResult();
                }
            }

            taken.Clear();
        }
    }

    private void Do(sqlite3_stmt statement, long number)
    {
        Span<byte> key = stackalloc byte[36];
        _ = new Guid(0x019a0000, 0, 0x7000, BitConverter.GetBytes(BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(number) : number))
            .TryFormat(key, out _);
        sqlite3_bind_text(statement, 1, key);
        sqlite3_bind_blob(statement, 2, data);
        Step(statement);
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = sqlite3_step(statement);
        sqlite3_reset(statement);
        if (result != SQLITE_DONE)
        {
            throw new BenchException($"SQLite {result}: {sqlite3_errmsg(database).utf8_to_string()}");
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(sqlite3_prepare_v2(database, sql, out var statement));
        return statement;
    }

    private void Execute(string sql) => Check(sqlite3_exec(database, sql));

    private void Check(int result)
    {
        if (result != SQLITE_OK)
        {
            throw new BenchException($"SQLite {result}: {sqlite3_errmsg(database).utf8_to_string()}");
        }
    }

    private sealed class Work(bool inserts) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public bool Inserts => inserts;
    }
}
