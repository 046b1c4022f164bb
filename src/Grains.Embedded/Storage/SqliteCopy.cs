using SQLitePCL;
using static SQLitePCL.raw;

namespace Grains.Embedded;

/// <summary>
/// A copy of an open database into a new file by SQLite's online backup, in steps (https://sqlite.org/c3ref/backup_finish.html). What the same
/// connection writes meanwhile goes into the copy, too, so it need not begin anew, and is of the moment when it ends.
/// </summary>
internal sealed class SqliteCopy : IDisposable
{
    private readonly string _file;
    private readonly sqlite3 _target;
    private readonly sqlite3_backup _backup;
    private bool _finished;

    public SqliteCopy(sqlite3 source, string file)
    {
        _file = file;
        var result = sqlite3_open_v2(file, out _target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, null);
        try
        {
            Check(result);
            // Until it is finished, synced and checked it is nobody's: no journal and no sync, which would hold up whoever steps.
            Check(sqlite3_exec(_target, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE;"));
            _backup = sqlite3_backup_init(_target, "main", source, "main");
            if (_backup is null)
            {
                throw SqliteConnection.Failure(file, _target, sqlite3_extended_errcode(_target));
            }
        }
        catch
        {
            sqlite3_close_v2(_target);
            throw;
        }
    }

    /// <summary>Copies some pages; all that are left, if <paramref name="pages"/> is negative.</summary>
    /// <returns>Whether that was the last of them.</returns>
    public bool Step(int pages)
    {
        var result = sqlite3_backup_step(_backup, pages);
        if (result == SQLITE_OK)
        {
            return false;
        }

        if (result != SQLITE_DONE)
        {
            throw SqliteConnection.Failure(_file, database: null, result);
        }

        _finished = true;
        Check(sqlite3_backup_finish(_backup));
        return true;
    }

    public void Dispose()
    {
        if (!_finished)
        {
            sqlite3_backup_finish(_backup);
        }

        sqlite3_close_v2(_target);
    }

    private void Check(int result)
    {
        if (result != SQLITE_OK)
        {
            throw SqliteConnection.Failure(_file, _target, result);
        }
    }
}
