using SQLitePCL;

namespace Grains.Embedded.Tests.Storage;

public sealed class BackupTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private string Backup => System.IO.Path.Combine(_folder.Path, "backups", "b.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task BackUp_WhileWritersWrite_IsOfOneMomentNotBeforeItBegan()
    {
        using var store = new SqliteStore(_folder.File);
        const int Writers = 4;
        var acknowledged = new long[Writers];
        using var stop = new CancellationTokenSource();

        // Each writer writes row "a" and then row "b" with the same number: at no moment is b ahead of a, or more than one behind it.
        var writers = Enumerable.Range(0, Writers).Select(async writer =>
        {
            var grain = GrainId.Create("t", $"{writer}");
            var (a, b) = ((string?)null, (string?)null);
            for (var i = 1L; !stop.IsCancellationRequested; i++)
            {
                var bytes = new byte[5000];
                BitConverter.TryWriteBytes(bytes, i).ShouldBeTrue();
                a = await store.WriteAsync(grain, "a", a, bytes);
                b = await store.WriteAsync(grain, "b", b, bytes);
                await store.WriteAsync(GrainId.Create("grow", $"{writer}-{i}"), "s", null, bytes);
                Volatile.Write(ref acknowledged[writer], i);
            }
        }).ToList();
        while (acknowledged.Any(a => a < 50))
        {
            await Task.Yield();
        }

        var before = acknowledged.ToArray();
        var made = await store.BackUpAsync(Backup);
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        made.Bytes.ShouldBe(new FileInfo(Backup).Length);
        Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Backup)!).ShouldBe([Backup], "one file, and nothing beside it");
        using var copy = OfflineStore.Open(Backup);
        copy.Verify().ShouldBe(made.Rows);
        for (var writer = 0; writer < Writers; writer++)
        {
            var rows = copy.Rows("t", $"{writer}").ToDictionary(r => r.Name, r => BitConverter.ToInt64(r.Data));
            rows["b"].ShouldBeGreaterThanOrEqualTo(before[writer]);
            (rows["a"] - rows["b"]).ShouldBeInRange(0, 1);
            copy.Keys("grow").Count(k => k.StartsWith($"{writer}-", StringComparison.Ordinal)).ShouldBeInRange((int)rows["b"] - 1, (int)rows["b"]);
        }
    }

    [Fact]
    public async Task BackUp_ThenRestore_IsTheSameStore()
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await Fill(store, 500);
            await store.BackUpAsync(Backup);
            await store.WriteAsync(GrainId.Create("t", "later"), "s", null, [1]);
        }

        var whole = Rows(_folder.File);
        var restored = SqliteRestore.Run(Backup, _folder.File, Now);

        restored.Rows.ShouldBe(500);
        Rows(_folder.File).ShouldBe(whole.Where(r => !r.StartsWith("t/later", StringComparison.Ordinal)));
        var kept = restored.Kept.ShouldHaveSingleItem();
        kept.ShouldContain("before-restore-20260725T120000000Z");
        Rows(kept).ShouldBe(whole);
        using var again = new SqliteStore(_folder.File);
        (await again.ReadAsync(GrainId.Create("t", "7"), "s")).ShouldNotBeNull();
    }

    [Fact]
    public async Task BackUp_FileIsThere_OverwritesNothing()
    {
        using var store = new SqliteStore(_folder.File);
        await Fill(store, 1);
        await store.BackUpAsync(Backup);
        var before = await File.ReadAllBytesAsync(Backup);

        (await Should.ThrowAsync<SqliteStoreException>(store.BackUpAsync(Backup))).Message.ShouldContain("overwrites nothing");

        (await File.ReadAllBytesAsync(Backup)).ShouldBe(before);
        await store.WriteAsync(GrainId.Create("t", "x"), "s", null, [1]);
    }

    [Fact]
    public async Task BackUp_StoreIsClosedMeanwhile_FailsAndLeavesNothing()
    {
        var store = new SqliteStore(_folder.File);
        await Fill(store, 200);
        using var release = new ManualResetEventSlim();
        using var holding = new ManualResetEventSlim();
        store.BeforeCommit = () =>
        {
            holding.Set();
            release.Wait();
        };
        var write = store.WriteAsync(GrainId.Create("t", "held"), "s", null, [1]);
        holding.Wait();
        var backup = store.BackUpAsync(Backup);

        // While the first is under way there is no second.
        await Should.ThrowAsync<InvalidOperationException>(store.BackUpAsync(Backup + "2"));
        var closing = Task.Run(store.Dispose);
        while (!IsClosed(store))
        {
            await Task.Yield();
        }

        release.Set();
        await closing;
        await write;

        // It may have been done by the thread's last step, in one of two orders; never is there half of it.
        if (await Record.ExceptionAsync(() => backup) is null)
        {
            Rows(Backup).Count.ShouldBe(201);
        }
        else
        {
            Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Backup)!).ShouldBeEmpty();
        }
    }

    public static TheoryData<string> BadBackups => ["cut short", "a bit turned over in a row", "a page of zeros", "another program's", "a newer version's", "no database", "not there"];

    [Theory]
    [MemberData(nameof(BadBackups))]
    public async Task Restore_BadBackup_RefusesAndChangesNothing(string fault)
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await Fill(store, 300);
            await store.BackUpAsync(Backup);
        }

        var words = await Spoil(fault);
        var before = await File.ReadAllBytesAsync(_folder.File);

        var failure = Should.Throw<SqliteStoreException>(() => SqliteRestore.Run(Backup, _folder.File, Now));

        failure.Message.ShouldContain(words);
        failure.Message.ShouldContain(Backup);
        (await File.ReadAllBytesAsync(_folder.File)).ShouldBe(before);
        Directory.EnumerateFiles(_folder.Path).ShouldBe([_folder.File]);
    }

    [Fact]
    public async Task Restore_ServerHasTheDatabase_Refuses()
    {
        using var store = new SqliteStore(_folder.File);
        await Fill(store, 10);
        await store.BackUpAsync(Backup);

        Should.Throw<SqliteStoreException>(() => SqliteRestore.Run(Backup, _folder.File, Now)).Message.ShouldContain("Stop the server");

        Directory.EnumerateFiles(_folder.Path, "*restor*").ShouldBeEmpty();
        (await store.ReadAsync(GrainId.Create("t", "7"), "s")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Restore_OldStoreWasKilled_ItsLogIsKeptWithItAndNotPlayedIntoTheNew()
    {
        var killed = System.IO.Path.Combine(_folder.Path, "killed", "muster.db");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(killed)!);
        using (var store = new SqliteStore(_folder.File))
        {
            await Fill(store, 100);
            await store.BackUpAsync(Backup);
            await store.WriteAsync(GrainId.Create("t", "later"), "s", null, [1]);
            // As a kill leaves them: what was written last stands in the log alone.
            File.Copy(_folder.File, killed);
            File.Copy(_folder.File + "-wal", killed + "-wal");
        }

        var restored = SqliteRestore.Run(Backup, killed, Now);

        Rows(killed).Count.ShouldBe(100);
        Rows(restored.Kept[0]).ShouldContain(r => r.StartsWith("t/later", StringComparison.Ordinal));
        File.Exists(killed + "-wal").ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restore_OldStoresLogIsDamagedOrAlone_IsPutAsideAsItIs(bool isAlone)
    {
        var old = System.IO.Path.Combine(_folder.Path, "old", "muster.db");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(old)!);
        using (var store = new SqliteStore(_folder.File))
        {
            await Fill(store, 100);
            await store.BackUpAsync(Backup);
            for (var i = 0; i < 10; i++)
            {
                await store.WriteAsync(GrainId.Create("t", $"later{i}"), "s", null, [1]);
            }

            File.Copy(_folder.File + "-wal", old + "-wal");
            if (!isAlone)
            {
                File.Copy(_folder.File, old);
            }
        }

        var log = await File.ReadAllBytesAsync(old + "-wal");
        log[log.Length / 3] ^= 16;
        await File.WriteAllBytesAsync(old + "-wal", log);

        var restored = SqliteRestore.Run(Backup, old, Now);

        Rows(old).Count.ShouldBe(100);
        restored.Kept.Count.ShouldBe(isAlone ? 1 : 2);
        (await File.ReadAllBytesAsync(restored.Kept.Single(k => k.EndsWith("-wal", StringComparison.Ordinal)))).ShouldBe(log);
    }

    [Fact]
    public async Task Restore_OldStoreIsNoDatabase_IsKept()
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await Fill(store, 100);
            await store.BackUpAsync(Backup);
        }

        var rubbish = Enumerable.Repeat((byte)'x', 9000).ToArray();
        await File.WriteAllBytesAsync(_folder.File, rubbish);

        var restored = SqliteRestore.Run(Backup, _folder.File, Now);

        Rows(_folder.File).Count.ShouldBe(100);
        (await File.ReadAllBytesAsync(restored.Kept.ShouldHaveSingleItem())).ShouldBe(rubbish);
    }

    [Fact]
    public async Task Open_RowWithABitTurnedOver_IsNotWholeAndTheOthersAre()
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await Fill(store, 10);
        }

        Sql(_folder.File, "UPDATE grain_state SET etag = etag + 1 WHERE key = '7'");

        using var offline = OfflineStore.Open(_folder.File);
        offline.Rows("t").Where(r => !r.IsWhole).Select(r => r.Key).ShouldBe(["7"]);
        Should.Throw<SqliteStoreException>(() => offline.Verify()).Message.ShouldContain("t/7");
    }

    private static async Task Fill(SqliteStore store, int rows) =>
        await Task.WhenAll(Enumerable.Range(0, rows).Select(i => store.WriteAsync(GrainId.Create("t", $"{i}"), "s", null, [.. Enumerable.Range(0, 300).Select(b => (byte)(b + i))])));

    private static bool IsClosed(SqliteStore store) => store.ReadAsync(GrainId.Create("t", "x"), "s").IsFaulted;

    private static List<string> Rows(string file)
    {
        using var store = OfflineStore.Open(file);
        return [.. store.Rows("t").Select(r => $"{r.Type}/{r.Key}/{r.Name}={Convert.ToHexString(r.Data)} {r.IsWhole}")];
    }

    private static void Sql(string file, string statements)
    {
        raw.sqlite3_open(file, out var database).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_exec(database, statements).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_close_v2(database);
    }

    private async Task<string> Spoil(string fault)
    {
        var bytes = await File.ReadAllBytesAsync(Backup);
        const int Page = 4096;
        switch (fault)
        {
            case "cut short":
                await File.WriteAllBytesAsync(Backup, bytes[..(bytes.Length / 2)]);
                return "damaged";
            case "a bit turned over in a row":
                Sql(Backup, "UPDATE grain_state SET data = zeroblob(300) WHERE key = '7'");
                return "t/7";
            case "a page of zeros":
                bytes.AsSpan(5 * Page, Page).Clear();
                await File.WriteAllBytesAsync(Backup, bytes);
                return "damaged";
            case "another program's":
                File.Delete(Backup);
                Sql(Backup, "CREATE TABLE other (a)");
                return "another program";
            case "a newer version's":
                Sql(Backup, "PRAGMA user_version=99");
                return "newer version";
            case "no database":
                await File.WriteAllBytesAsync(Backup, [.. Enumerable.Repeat((byte)'x', 9000)]);
                return "not a database";
            default:
                File.Delete(Backup);
                return "no such file";
        }
    }
}
