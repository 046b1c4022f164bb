using Grains.Indexes;
using Grains.Storage;
using SQLitePCL;

namespace Api.Tests.Commands;

/// <summary>The rows of a database that no server has: read, changed as a grain would change them, and damaged as only a disk does.</summary>
internal static class StoredRows
{
    private static readonly StateSerializer Serializer = new();

    public static async Task<T> Read<T>(string database, string type, string key)
        where T : class, new()
    {
        using var store = new SqliteStore(database);
        return (await Row<T>(store, type, key)).State!;
    }

    /// <summary>Changes a row as a grain would write it, with its checksum.</summary>
    public static async Task Edit<T>(string database, string type, string key, Func<T, T> change)
        where T : class, new()
    {
        using var store = new SqliteStore(database);
        var row = await Row<T>(store, type, key);
        row.State = change(row.State!);
        await new SqliteGrainStorage(store, Serializer).WriteStateAsync(type, GrainId.Create(type, key), row);
    }

    public static void Drop(string database, string type, string key)
    {
        using var store = OfflineStore.Open(database);
        store.Delete([(type, key, type)]);
    }

    /// <summary>A bucket's entries with one more, in their order.</summary>
    public static BucketEntry[] With(BucketEntry[] entries, BucketEntry one) =>
        [.. entries.Append(one).OrderBy(e => SplitOrder.Reverse(e.Hash)).ThenBy(e => e.Value, StringComparer.Ordinal)];

    /// <summary>Turns a bit of a row's state over.</summary>
    public static void Damage(string database, string type, string key)
    {
        raw.sqlite3_open(database, out var connection).ShouldBe(raw.SQLITE_OK);
        using (connection)
        {
            const int Place = 40;
            raw.sqlite3_prepare_v2(connection, "SELECT data FROM grain_state WHERE type = ? AND key = ?", out var read).ShouldBe(raw.SQLITE_OK);
            using (read)
            {
                raw.sqlite3_bind_text(read, 1, type);
                raw.sqlite3_bind_text(read, 2, key);
                raw.sqlite3_step(read).ShouldBe(raw.SQLITE_ROW);
                var data = raw.sqlite3_column_blob(read, 0).ToArray();
                data[Place] ^= 1;
                raw.sqlite3_reset(read);
                raw.sqlite3_prepare_v2(connection, "UPDATE grain_state SET data = ? WHERE type = ? AND key = ?", out var write).ShouldBe(raw.SQLITE_OK);
                using (write)
                {
                    raw.sqlite3_bind_blob(write, 1, data);
                    raw.sqlite3_bind_text(write, 2, type);
                    raw.sqlite3_bind_text(write, 3, key);
                    raw.sqlite3_step(write).ShouldBe(raw.SQLITE_DONE);
                }
            }

            raw.sqlite3_changes(connection).ShouldBe(1);
        }
    }

    private static async Task<GrainState<T>> Row<T>(SqliteStore store, string type, string key)
        where T : class, new()
    {
        var row = new GrainState<T>(new T());
        await new SqliteGrainStorage(store, Serializer).ReadStateAsync(type, GrainId.Create(type, key), row);
        row.RecordExists.ShouldBeTrue($"{type}/{key} is there");
        return row;
    }
}
