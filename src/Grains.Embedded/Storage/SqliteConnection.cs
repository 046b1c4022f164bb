using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Grains.Embedded;

/// <summary>The one connection of a store, used by its thread alone once it is open.</summary>
internal sealed class SqliteConnection : IDisposable
{
    internal const int SchemaVersion = 4;

    private const int ETagLength = 16;

    /// <summary>How many faults of a damaged file a message names.</summary>
    private const int NamedFaults = 3;

    // 64 MiB: SQLite's own 2 MiB made it read pages again from the file all the time.
    private const string Caching = "PRAGMA cache_size=-65536;";

    // In pages, 16 MB: a page that was changed several times by then is copied into the file once. SQLite's own 1000 take a tenth more of each write.
    private const string Checkpointing = "PRAGMA wal_autocheckpoint=4000;";

    // A row table with a unique index: WITHOUT ROWID costs half of the inserts (docs: measurements).
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS grain_state (
            id INTEGER PRIMARY KEY,
            type TEXT NOT NULL,
            key TEXT NOT NULL,
            name TEXT NOT NULL,
            etag INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            data BLOB NOT NULL
        );
        CREATE UNIQUE INDEX IF NOT EXISTS grain_state_key ON grain_state (type, key, name);
        """;

    private readonly string _path;
    private readonly sqlite3 _database;
    private readonly List<sqlite3_stmt> _statements = [];
    private readonly sqlite3_stmt _read;
    private readonly sqlite3_stmt _readETag;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _update;
    private readonly sqlite3_stmt _delete;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _rollBack;

    // A random start, so that an ETag from before a restart, or of a row that was cleared, never matches again.
    private long _etag = BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & (long.MaxValue >> 1);

    static SqliteConnection() => Batteries_V2.Init();

    public SqliteConnection(string path, SqliteStoreOptions options)
    {
        _path = path;
        // Before SQLite opens it: it would cut the log off at the damage.
        if (WriteAheadLog.Damage(path) is { } damage)
        {
            throw Damaged(damage);
        }

        var result = sqlite3_open_v2(path, out _database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Check(result);
            sqlite3_extended_result_codes(_database, 1);
            // SQLite would open it for reading, and then fail to lock it.
            CheckWritable();
            Execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; " + Checkpointing + Caching);
            if (options.MaxPages is { } pages)
            {
                Execute($"PRAGMA max_page_count={pages.ToString(CultureInfo.InvariantCulture)};");
            }

            // Takes the file for this process now, not at the first write.
            Execute("BEGIN EXCLUSIVE;");
            // By now its header has been read, which may say so, too.
            CheckWritable();
            var version = UserVersion();
            if (version > SchemaVersion)
            {
                throw new SqliteStoreException(SQLITE_ERROR, $"{path} was written by a newer version of this program (schema {version}, known {SchemaVersion}).");
            }

            if (version is not 0 and < SchemaVersion)
            {
                throw new SqliteStoreException(SQLITE_ERROR, $"{path} was written by an older version of this program (schema {version}, needed {SchemaVersion}).");
            }

            if (version == 0)
            {
                Execute(Schema);
                Execute($"PRAGMA user_version={SchemaVersion};");
            }
            else if (options.CheckOnOpen)
            {
                CheckStructure();
            }

            // With nothing written, a full disk does not keep the file from being read.
            Execute("COMMIT;");
            _read = Prepare("SELECT etag, checksum, data, id FROM grain_state WHERE type = ? AND key = ? AND name = ?");
            _readETag = Prepare("SELECT etag, id FROM grain_state WHERE type = ? AND key = ? AND name = ?");
            _insert = Prepare("INSERT INTO grain_state (type, key, name, etag, checksum, data) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
            _update = Prepare("UPDATE grain_state SET etag = ?, checksum = ?, data = ? WHERE id = ? AND etag = ?");
            _delete = Prepare("DELETE FROM grain_state WHERE id = ? AND etag = ?");
            _begin = Prepare("BEGIN IMMEDIATE");
            _commit = Prepare("COMMIT");
            _rollBack = Prepare("ROLLBACK");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Begin() => Step(_begin);

    public void Commit() => Step(_commit);

    public void RollBack()
    {
        if (sqlite3_get_autocommit(_database) == 0)
        {
            sqlite3_step(_rollBack);
            sqlite3_reset(_rollBack);
        }
    }

    /// <summary>The reason for which SQLite gave up the transaction under way; null if it stands.</summary>
    public SqliteStoreException? TransactionLost() =>
        sqlite3_get_autocommit(_database) == 0 ? null : Failure(sqlite3_extended_errcode(_database));

    public SqliteRow? Read(GrainId grainId, string name)
    {
        BindKey(_read, grainId, name);
        try
        {
            if (!StepRow(_read))
            {
                return null;
            }

            var etag = sqlite3_column_int64(_read, 0);
            var data = sqlite3_column_blob(_read, 2).ToArray();
            return RowChecksum.Of(grainId, name, etag, data) == sqlite3_column_int64(_read, 1)
                ? new(Format(etag, sqlite3_column_int64(_read, 3)), data)
                : throw new SqliteStoreException(SQLITE_CORRUPT, $"{_path} is damaged: the checksum of the state '{name}' of {grainId} is wrong.");
        }
        finally
        {
            sqlite3_reset(_read);
        }
    }

    public string Write(GrainId grainId, string name, string? etag, byte[] data)
    {
        var next = ++_etag;
        var checksum = RowChecksum.Of(grainId, name, next, data);
        long id;
        if (etag is null)
        {
            BindKey(_insert, grainId, name);
            BindRow(_insert, 4, next, checksum, data);
            Step(_insert);
            id = sqlite3_last_insert_rowid(_database);
        }
        else
        {
            // By the number of the row, which the ETag tells: it is found without a comparison of keys.
            (var before, id) = Parse(etag);
            BindRow(_update, 1, next, checksum, data);
            sqlite3_bind_int64(_update, 4, id);
            sqlite3_bind_int64(_update, 5, before);
            Step(_update);
        }

        return sqlite3_changes(_database) == 1 ? Format(next, id) : throw Stale(grainId, name, etag);
    }

    public bool Clear(GrainId grainId, string name, string etag)
    {
        var (before, id) = Parse(etag);
        sqlite3_bind_int64(_delete, 1, id);
        sqlite3_bind_int64(_delete, 2, before);
        Step(_delete);
        return sqlite3_changes(_database) == 1 ? true : throw Stale(grainId, name, etag);
    }

    /// <summary>Begins a copy of the whole database into a new file, to be gone on with between transactions.</summary>
    public SqliteCopy BeginCopy(string file) => new(_database, file);

    public void Dispose()
    {
        _statements.ForEach(statement => sqlite3_finalize(statement));
        sqlite3_close_v2(_database);
    }

    // The version, which no other row ever has, and behind it the number of the row.
    private static string Format(long etag, long id) =>
        string.Create(CultureInfo.InvariantCulture, stackalloc char[ETagLength * 2], $"{etag:x16}{id:x}");

    // An ETag that is none of ours matches none of ours.
    private static (long ETag, long Id) Parse(string etag) =>
        etag.Length > ETagLength
        && long.TryParse(etag.AsSpan(0, ETagLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var version)
        && long.TryParse(etag.AsSpan(ETagLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? (version, id)
            : (-1, -1);

    private InconsistentStateException Stale(GrainId grainId, string name, string? etag)
    {
        BindKey(_readETag, grainId, name);
        var stored = StepRow(_readETag) ? Format(sqlite3_column_int64(_readETag, 0), sqlite3_column_int64(_readETag, 1)) : null;
        sqlite3_reset(_readETag);
        return new($"The state '{name}' of {grainId} has been changed by another: its ETag is {stored ?? "none"}, and {etag ?? "none"} was expected.", stored, etag);
    }

    private void CheckWritable()
    {
        if (sqlite3_db_readonly(_database, "main") == 1)
        {
            throw new SqliteStoreException(SQLITE_READONLY, $"{_path}: it is read-only, and this program must write to it.");
        }
    }

    /// <summary>
    /// That every row is found under its key and nothing else is. The rows' checksums are compared when they are read; but a row that is not found,
    /// because the way to it is damaged, would look like one that was never there.
    /// </summary>
    private void CheckStructure()
    {
        var statement = Prepare("PRAGMA integrity_check(100)");
        List<string> faults = [];
        while (StepRow(statement))
        {
            faults.AddRange(sqlite3_column_text(statement, 0).utf8_to_string().Split('\n').Where(line => line.Length > 0));
        }

        sqlite3_reset(statement);
        if (faults is not ["ok"])
        {
            throw Damaged($"{_path}: {string.Join("; ", faults.Take(NamedFaults))}{(faults.Count > NamedFaults ? $"; {faults.Count} faults at least" : "")}");
        }
    }

    private static SqliteStoreException Damaged(string what) =>
        new(SQLITE_CORRUPT, $"The database is damaged, and is not opened: {what}. Restore it from a copy.");

    private long UserVersion()
    {
        var statement = Prepare("PRAGMA user_version");
        StepRow(statement);
        var version = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
        return version;
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(sqlite3_prepare_v2(_database, sql, out var statement));
        _statements.Add(statement);
        return statement;
    }

    private void Execute(string sql) => Check(sqlite3_exec(_database, sql));

    private void BindKey(sqlite3_stmt statement, GrainId grainId, string name)
    {
        BindText(statement, 1, grainId.Type.ToString());
        BindText(statement, 2, grainId.Key.ToString());
        BindText(statement, 3, name);
    }

    private void BindRow(sqlite3_stmt statement, int first, long etag, uint checksum, byte[] data)
    {
        sqlite3_bind_int64(statement, first, etag);
        sqlite3_bind_int64(statement, first + 1, checksum);
        Check(sqlite3_bind_blob(statement, first + 2, data));
    }

    private void BindText(sqlite3_stmt statement, int index, string text)
    {
        const int SmallEnoughForTheStack = 512;
        Span<byte> bytes = stackalloc byte[SmallEnoughForTheStack];
        // SQLite copies the bytes before the call returns.
        Check(Encoding.UTF8.TryGetBytes(text, bytes, out var length)
            ? sqlite3_bind_text(statement, index, bytes[..length])
            : sqlite3_bind_text(statement, index, Encoding.UTF8.GetBytes(text)));
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = sqlite3_step(statement);
        if (result != SQLITE_DONE)
        {
            var failure = Failure(result);
            sqlite3_reset(statement);
            throw failure;
        }

        sqlite3_reset(statement);
    }

    private bool StepRow(sqlite3_stmt statement)
    {
        var result = sqlite3_step(statement);
        return result == SQLITE_ROW || (result == SQLITE_DONE ? false : throw Failure(result));
    }

    private void Check(int result)
    {
        if (result != SQLITE_OK)
        {
            throw Failure(result);
        }
    }

    private SqliteStoreException Failure(int result) => Failure(_path, _database, result);

    /// <summary>What a result of SQLite means for a file.</summary>
    internal static SqliteStoreException Failure(string path, sqlite3? database, int result)
    {
        const int PrimaryCode = 0xff;
        var meaning = (result & PrimaryCode) switch
        {
            SQLITE_BUSY or SQLITE_LOCKED => "another process has it open",
            SQLITE_FULL => "the disk is full, or the file as large as it may get",
            SQLITE_READONLY => "it is read-only",
            SQLITE_CORRUPT => "it is damaged",
            SQLITE_NOTADB => "it is not a database",
            SQLITE_CANTOPEN => "it cannot be opened",
            SQLITE_IOERR => "the disk failed to read or write",
            _ => "SQLite failed",
        };
        var words = database is null ? sqlite3_errstr(result) : sqlite3_errmsg(database);
        return new(result, $"{path}: {meaning} (SQLite {result}: {words.utf8_to_string()}).");
    }
}
