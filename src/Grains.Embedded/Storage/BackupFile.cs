using System.Diagnostics;
using static SQLitePCL.raw;

namespace Grains.Embedded;

/// <summary>A backup on its way from a copy to a file that can be relied on: one file without a log, on the disk, and checked.</summary>
internal sealed class BackupFile
{
    private readonly string _file;

    public BackupFile(string file)
    {
        _file = Path.GetFullPath(file);
        Part = _file + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        if (File.Exists(_file))
        {
            throw new SqliteStoreException(SQLITE_CANTOPEN, $"{_file}: it is there already, and a backup overwrites nothing.");
        }

        // What an earlier one left that was killed.
        Discard();
    }

    /// <summary>Its name until it is finished.</summary>
    public string Part { get; }

    /// <summary>Makes one file of it, checks it, and gives it its name.</summary>
    /// <param name="started">When the backup began, by <see cref="Stopwatch"/>.</param>
    public SqliteBackup Finish(long started)
    {
        MakeOneFile(Part);
        long rows;
        using (var store = OfflineStore.Open(Part))
        {
            rows = store.Verify();
        }

        DurableFiles.Sync(Part);
        var bytes = new FileInfo(Part).Length;
        File.Move(Part, _file);
        DurableFiles.SyncFolderOf(_file);
        return new SqliteBackup(_file, bytes, rows, Stopwatch.GetElapsedTime(started));
    }

    public void Discard()
    {
        File.Delete(Part);
        File.Delete(Part + "-journal");
        File.Delete(Part + "-wal");
    }

    /// <summary>The copy's header says that it has a write-ahead log, as the store has: without one it needs no second file.</summary>
    internal static void MakeOneFile(string file)
    {
        var result = sqlite3_open_v2(file, out var database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, null);
        try
        {
            result = result != SQLITE_OK ? result : sqlite3_exec(database, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE; PRAGMA user_version;");
            if (result != SQLITE_OK)
            {
                throw SqliteConnection.Failure(file, database, result);
            }
        }
        finally
        {
            sqlite3_close_v2(database);
        }
    }
}
