using System.Globalization;
using static SQLitePCL.raw;

namespace Grains.Embedded;

/// <summary>Puts a backup in the place of a store's file, which is kept beside it.</summary>
public static class SqliteRestore
{
    /// <summary>What may stand beside a database and belongs to it. Left beside another one, SQLite would play it into that.</summary>
    private static readonly string[] Companions = ["-wal", "-journal"];

    /// <summary>
    /// Checks a backup, copies it beside the store's file, and puts the copy in its place by one renaming: a crash leaves the old store or the new
    /// one. The old file stays beside it, whole, under another name.
    /// </summary>
    /// <param name="from">The backup; or another store's file, with its log, that no process has open.</param>
    /// <param name="to">The store's file; it need not be there.</param>
    /// <param name="now">The time, for the name of what is kept.</param>
    /// <exception cref="SqliteStoreException">The backup is not whole, or no store of this version; a process has one of the two open; or the disk refuses.</exception>
    public static RestoredStore Run(string from, string to, DateTimeOffset now)
    {
        (from, to) = (Path.GetFullPath(from), Path.GetFullPath(to));
        if (from == to)
        {
            throw new SqliteStoreException(SQLITE_MISUSE, $"{from}: the backup is the database itself.");
        }

        if (OfflineStore.IsInUse(to))
        {
            throw InUse(to);
        }

        var copy = to + ".restoring";
        File.Delete(copy);
        SqliteBackup made;
        using (var source = OfflineStore.Open(from))
        {
            // The copy is checked once more when it is made; but what is wrong with the backup is to be told of the backup.
            source.Verify();
            made = source.BackUp(copy);
        }

        var aside = string.Create(CultureInfo.InvariantCulture, $"{to}.before-restore-{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
        try
        {
            return new RestoredStore(to, made.Bytes, made.Rows, PutInPlace(copy, to, aside));
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    private static SqliteStoreException InUse(string file) => new(SQLITE_BUSY, $"{file}: another process has it open. Stop the server first.");

    /// <returns>The files that are kept.</returns>
    private static List<string> PutInPlace(string copy, string to, string aside)
    {
        if (!File.Exists(to))
        {
            var left = MoveCompanions(to, aside);
            File.Move(copy, to);
            DurableFiles.SyncFolderOf(to);
            return left;
        }

        var hold = Held(to);
        List<string> kept = [aside];
        try
        {
            if (hold is null)
            {
                // It cannot be read, so its log cannot be brought into it: they are kept as they are.
                kept.AddRange(MoveCompanions(to, aside));
            }

            if (OperatingSystem.IsWindows())
            {
                hold?.Dispose();
            }

            // Both names first, then one renaming: there is no moment without a database, in which a server would begin a new one.
            File.Replace(copy, to, aside);
            DurableFiles.SyncFolderOf(to);
            return kept;
        }
        finally
        {
            // Until now no server could open the old file.
            hold?.Dispose();
        }
    }

    /// <summary>The old store, locked and with its log brought into it; null where it is damaged.</summary>
    private static OfflineStore? Held(string to)
    {
        OfflineStore? store = null;
        try
        {
            store = OfflineStore.Open(to);
            store.MakeOneFile();
            return store;
        }
        catch (SqliteStoreException exception)
        {
            store?.Dispose();
            return exception.IsBusy ? throw InUse(to) : null;
        }
    }

    private static List<string> MoveCompanions(string to, string aside)
    {
        List<string> moved = [];
        foreach (var suffix in Companions.Where(suffix => File.Exists(to + suffix)))
        {
            File.Move(to + suffix, aside + suffix);
            moved.Add(aside + suffix);
        }

        // The index of a log, which is made anew from it.
        File.Delete(to + "-shm");
        return moved;
    }
}
