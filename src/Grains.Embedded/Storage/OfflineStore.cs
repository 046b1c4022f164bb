using SQLitePCL;
using static SQLitePCL.raw;

namespace Grains.Embedded;

/// <summary>
/// A store's file, or a backup of one, that no process has at work: to be looked through row by row, copied, and rid of rows. While it is open
/// no other process can open it.
/// </summary>
public sealed class OfflineStore : IDisposable
{
    /// <summary>How many faults a message names.</summary>
    private const int NamedFaults = 3;

    private const string Table = "grain_state";

    private readonly sqlite3 _database;

    static OfflineStore() => Batteries_V2.Init();

    private OfflineStore(string file, sqlite3 database)
    {
        File = file;
        _database = database;
    }

    /// <summary>The file, as a full path.</summary>
    public string File { get; }

    /// <summary>Opens a file. What a store's log holds is seen, too.</summary>
    /// <exception cref="SqliteStoreException">
    /// It is not there, another process has it, it is no store of this program or one of another version, or it is damaged at the first look.
    /// </exception>
    public static OfflineStore Open(string file)
    {
        file = Path.GetFullPath(file);
        if (!System.IO.File.Exists(file))
        {
            throw new SqliteStoreException(SQLITE_CANTOPEN, $"{file}: there is no such file.");
        }

        if (WriteAheadLog.Damage(file) is { } damage)
        {
            throw new SqliteStoreException(SQLITE_CORRUPT, $"{damage}.");
        }

        var store = OpenAny(file);
        try
        {
            store.CheckVersion();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Whether another process has a file open. One that cannot be read is had by none: a store's owner locks it before it reads.</summary>
    public static bool IsInUse(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            return false;
        }

        try
        {
            var hasLog = new FileInfo(file + "-wal") is { Exists: true, Length: > 0 };
            using var store = OpenAny(Path.GetFullPath(file));
            if (hasLog)
            {
                store.LeaveLog();
            }

            return false;
        }
        catch (SqliteStoreException exception)
        {
            return exception.IsBusy;
        }
    }

    /// <summary>The grain types that there are rows of.</summary>
    public IReadOnlyList<string> Types() => [.. Texts($"SELECT DISTINCT type FROM {Table} ORDER BY type")];

    /// <summary>The keys of a type's rows, in order.</summary>
    public IEnumerable<string> Keys(string type) => Texts($"SELECT key FROM {Table} WHERE type = ? ORDER BY key", type);

    /// <summary>The rows of a type, in order of their keys; with a prefix, those whose keys begin with it.</summary>
    public IEnumerable<OfflineRow> Rows(string type, string prefix = "")
    {
        // Keys are ASCII: what begins so lies before the prefix with its last character raised.
        var end = prefix.Length == 0 ? "\uffff" : prefix[..^1] + (char)(prefix[^1] + 1);
        using var statement = Prepare($"SELECT type, key, name, etag, checksum, data FROM {Table} WHERE type = ? AND key >= ? AND key < ? ORDER BY key, name", type, prefix, end);
        while (Step(statement))
        {
            yield return Row(statement);
        }
    }

    /// <summary>Checks the structure of the file, and the checksum of each row.</summary>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="SqliteStoreException">It is damaged; the first faults are named.</exception>
    public long Verify()
    {
        var faults = StructureFaults();
        if (faults.Count > 0)
        {
            throw Damaged(faults);
        }

        using var statement = Prepare($"SELECT type, key, name, etag, checksum, data FROM {Table}");
        var rows = 0L;
        while (Step(statement))
        {
            rows++;
            var row = Row(statement);
            if (!row.IsWhole)
            {
                faults.Add($"the checksum of the row {row.Type}/{row.Key} is wrong");
            }
        }

        return faults.Count == 0 ? rows : throw Damaged(faults);
    }

    /// <summary>What SQLite finds wrong with the structure of the file; empty where it finds nothing.</summary>
    public List<string> StructureFaults()
    {
        List<string> faults = [];
        try
        {
            foreach (var line in Texts("PRAGMA integrity_check(100)"))
            {
                faults.AddRange(line.Split('\n').Where(l => l.Length > 0 && l != "ok"));
            }
        }
        catch (SqliteStoreException exception)
        {
            faults.Add(exception.Message);
        }

        return faults;
    }

    /// <summary>Copies all of it into a new file, checks the copy, and only then gives it its name.</summary>
    /// <exception cref="SqliteStoreException">The copy could not be written, or is not whole. Nothing is left of it.</exception>
    public SqliteBackup BackUp(string file)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        var target = new BackupFile(file);
        try
        {
            using (var copy = new SqliteCopy(_database, target.Part))
            {
                copy.Step(-1);
            }

            return target.Finish(started);
        }
        catch
        {
            target.Discard();
            throw;
        }
    }

    /// <summary>Deletes rows, all or none.</summary>
    public void Delete(IEnumerable<(string Type, string Key, string Name)> rows)
    {
        Execute("BEGIN IMMEDIATE");
        foreach (var (type, key, name) in rows)
        {
            using var statement = Prepare($"DELETE FROM {Table} WHERE type = ? AND key = ? AND name = ?", type, key, name);
            Step(statement);
        }

        Execute("COMMIT");
    }

    /// <summary>Brings what its log holds into the file itself, so that it is one file and nothing beside it belongs to it.</summary>
    public void MakeOneFile() => Execute("PRAGMA journal_mode=DELETE");

    public void Dispose() => sqlite3_close_v2(_database);

    private static OfflineStore OpenAny(string file)
    {
        var store = new OfflineStore(file, Opened(file));
        try
        {
            // Takes the file for this process, as a store does. Nothing is written: a log stays as it is until the file is closed.
            store.Execute("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; BEGIN EXCLUSIVE; COMMIT;");
            return store;
        }
        catch
        {
            // A log of a damaged file is not to be brought into it.
            store.LeaveLog();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Closing the file leaves its log as it is; a damaged one would be cut off at the damage.</summary>
    private void LeaveLog() => sqlite3_db_config(_database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);

    private static sqlite3 Opened(string file)
    {
        var result = sqlite3_open_v2(file, out var database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, null);
        if (result != SQLITE_OK)
        {
            var failure = SqliteConnection.Failure(file, database, result);
            sqlite3_close_v2(database);
            throw failure;
        }

        sqlite3_extended_result_codes(database, 1);
        return database;
    }

    private static string Text(sqlite3_stmt statement, int column) => sqlite3_column_text(statement, column).utf8_to_string();

    private static OfflineRow Row(sqlite3_stmt statement)
    {
        var (type, key, name) = (Text(statement, 0), Text(statement, 1), Text(statement, 2));
        var data = sqlite3_column_blob(statement, 5).ToArray();
        var isWhole = type.Length > 0 && key.Length > 0
            && RowChecksum.Of(GrainId.Create(type, key), name, sqlite3_column_int64(statement, 3), data) == sqlite3_column_int64(statement, 4);
        return new(type, key, name, data, isWhole);
    }

    private SqliteStoreException Damaged(List<string> faults) => new(
        SQLITE_CORRUPT,
        $"{File} is damaged: {string.Join("; ", faults.Take(NamedFaults))}{(faults.Count > NamedFaults ? $"; {faults.Count} faults at least" : "")}.");

    private void CheckVersion()
    {
        if (!Texts($"SELECT name FROM sqlite_master WHERE type = 'table' AND name = '{Table}'").Any())
        {
            throw new SqliteStoreException(SQLITE_NOTADB, $"{File}: it is a database of another program.");
        }

        var version = long.Parse(Texts("PRAGMA user_version").Single(), System.Globalization.CultureInfo.InvariantCulture);
        if (version != SqliteConnection.SchemaVersion)
        {
            throw new SqliteStoreException(
                SQLITE_ERROR,
                $"{File} was written by {(version > SqliteConnection.SchemaVersion ? "a newer" : "an older")} version of this program (schema {version}, known {SqliteConnection.SchemaVersion}).");
        }
    }

    private IEnumerable<string> Texts(string sql, params string[] values)
    {
        using var statement = Prepare(sql, values);
        while (Step(statement))
        {
            yield return Text(statement, 0);
        }
    }

    private sqlite3_stmt Prepare(string sql, params string[] values)
    {
        Check(sqlite3_prepare_v2(_database, sql, out var statement));
        for (var i = 0; i < values.Length; i++)
        {
            Check(sqlite3_bind_text(statement, i + 1, values[i]));
        }

        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        var result = sqlite3_step(statement);
        return result == SQLITE_ROW || (result == SQLITE_DONE ? false : throw SqliteConnection.Failure(File, _database, result));
    }

    private void Execute(string sql) => Check(sqlite3_exec(_database, sql));

    private void Check(int result)
    {
        if (result != SQLITE_OK)
        {
            throw SqliteConnection.Failure(File, _database, result);
        }
    }
}
