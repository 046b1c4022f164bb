using SQLitePCL;

namespace Grains.Embedded.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private static readonly GrainId A = GrainId.Create("t", "a");
    private static readonly GrainId B = GrainId.Create("t", "b");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_ThenRead_IsThere()
    {
        using var store = new SqliteStore(_folder.File);
        (await store.ReadAsync(A, "s")).ShouldBeNull();
        var etag = await store.WriteAsync(A, "s", null, [1, 2, 3]);
        var row = (await store.ReadAsync(A, "s"))!;
        row.ETag.ShouldBe(etag);
        row.Data.ShouldBe([1, 2, 3]);
        (await store.ReadAsync(A, "other")).ShouldBeNull();
        (await store.ReadAsync(B, "s")).ShouldBeNull();
    }

    [Fact]
    public async Task Write_OfNothing_IsARowOfNothing()
    {
        using var store = new SqliteStore(_folder.File);
        await store.WriteAsync(A, "s", null, []);
        (await store.ReadAsync(A, "s"))!.Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_Stale_ThrowsWithBothETags()
    {
        using var store = new SqliteStore(_folder.File);
        var first = await store.WriteAsync(A, "s", null, [1]);
        var second = await store.WriteAsync(A, "s", first, [2]);
        var failure = await Should.ThrowAsync<InconsistentStateException>(store.WriteAsync(A, "s", first, [3]));
        failure.StoredEtag.ShouldBe(second);
        failure.CurrentEtag.ShouldBe(first);
        await Should.ThrowAsync<InconsistentStateException>(store.WriteAsync(A, "s", null, [3]));
        await Should.ThrowAsync<InconsistentStateException>(store.WriteAsync(A, "s", "nonsense", [3]));
        await Should.ThrowAsync<InconsistentStateException>(store.ClearAsync(A, "s", first));
        (await store.ReadAsync(A, "s"))!.Data.ShouldBe([2]);
    }

    [Fact]
    public async Task ETag_OfAClearedRow_NeverMatchesAgain()
    {
        string old;
        using (var store = new SqliteStore(_folder.File))
        {
            old = await store.WriteAsync(A, "s", null, [1]);
            await store.ClearAsync(A, "s", old);
            (await store.ReadAsync(A, "s")).ShouldBeNull();
            await store.WriteAsync(A, "s", null, [1]);
            await Should.ThrowAsync<InconsistentStateException>(store.WriteAsync(A, "s", old, [2]));
        }

        using var reopened = new SqliteStore(_folder.File);
        await Should.ThrowAsync<InconsistentStateException>(reopened.WriteAsync(A, "s", old, [2]));
        (await reopened.ReadAsync(A, "s"))!.Data.ShouldBe([1]);
    }

    [Fact]
    public async Task Batch_OneStaleWrite_LeavesItsNeighbours()
    {
        using var store = new SqliteStore(_folder.File);
        await store.WriteAsync(A, "s", null, [1]);
        using var held = new HeldWriter(store);
        var before = store.WriteAsync(B, "1", null, [1]);
        var stale = store.WriteAsync(A, "s", null, [2]);
        var after = store.WriteAsync(B, "2", null, [1]);
        held.Release();
        await Should.ThrowAsync<InconsistentStateException>(stale);
        await Task.WhenAll(before, after);
        held.Commits.ShouldBe(2);
    }

    [Fact]
    public async Task Batch_CommitFails_FailsAllAndKeepsNothing()
    {
        using var store = new SqliteStore(_folder.File);
        Task<string> first;
        Task<string> second;
        Task<SqliteRow?> read;
        using (var held = new HeldWriter(store))
        {
            first = store.WriteAsync(A, "s", null, [1]);
            second = store.WriteAsync(B, "s", null, [1]);
            read = store.ReadAsync(B, "s");
            held.FailNext = new IOException("the disk is gone");
            held.Release();
            (await Should.ThrowAsync<IOException>(first)).Message.ShouldContain("gone");
            await Should.ThrowAsync<IOException>(second);
            await Should.ThrowAsync<IOException>(read);
        }

        (await store.ReadAsync(A, "s")).ShouldBeNull();
        await store.WriteAsync(A, "s", null, [1]);
    }

    [Fact]
    public async Task Read_OfARowWrittenInTheBatch_WaitsForTheCommit()
    {
        using var store = new SqliteStore(_folder.File);
        using var held = new HeldWriter(store);
        held.HoldNext = new();
        var write = store.WriteAsync(A, "s", null, [1]);
        var read = store.ReadAsync(A, "s");
        var other = store.ReadAsync(B, "s");
        held.Release();
        (await other).ShouldBeNull();
        read.IsCompleted.ShouldBeFalse();
        write.IsCompleted.ShouldBeFalse();
        held.HoldNext.Set();
        await write;
        (await read)!.Data.ShouldBe([1]);
    }

    [Fact]
    public async Task Dispose_WithQueuedWrites_DoesThem()
    {
        Task<string>[] writes;
        using (var store = new SqliteStore(_folder.File))
        {
            writes = [.. Enumerable.Range(0, 500).Select(i => store.WriteAsync(A, $"{i}", null, [1]))];
        }

        await Task.WhenAll(writes);
        using var reopened = new SqliteStore(_folder.File);
        (await reopened.ReadAsync(A, "499")).ShouldNotBeNull();
        File.Exists(_folder.File + "-wal").ShouldBeTrue();
    }

    [Fact]
    public async Task Closed_Store_Refuses()
    {
        var store = new SqliteStore(_folder.File);
        store.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(store.ReadAsync(A, "s"));
    }

    [Fact]
    public void Open_FileInUse_SaysSo()
    {
        using var store = new SqliteStore(_folder.File);
        Should.Throw<SqliteStoreException>(() => new SqliteStore(_folder.File)).Message.ShouldContain("another process has it open");
    }

    [Fact]
    public void Open_NoDatabase_SaysSo()
    {
        File.WriteAllText(_folder.File, new string('x', 10_000));
        Should.Throw<SqliteStoreException>(() => new SqliteStore(_folder.File)).Message.ShouldContain("not a database");
    }

    [Fact]
    public async Task Read_DamagedBytes_SaysSo()
    {
        var data = new byte[2000];
        Random.Shared.NextBytes(data);
        using (var store = new SqliteStore(_folder.File))
        {
            await store.WriteAsync(A, "s", null, data);
        }

        var bytes = await File.ReadAllBytesAsync(_folder.File);
        bytes[bytes.AsSpan().IndexOf(data.AsSpan(0, 100)) + 50] ^= 1;
        await File.WriteAllBytesAsync(_folder.File, bytes);
        using var damaged = new SqliteStore(_folder.File);
        (await Should.ThrowAsync<SqliteStoreException>(damaged.ReadAsync(A, "s"))).Message.ShouldContain("damaged");
    }

    [Fact]
    public async Task Read_AnotherRowInItsPlace_SaysSo()
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await store.WriteAsync(A, "s", null, [1]);
            await store.WriteAsync(B, "s", null, [2]);
        }

        // Whole rows, each with a checksum that is right for the other: as a damaged index entry would lead to.
        Sql("UPDATE grain_state SET key = CASE key WHEN 'a' THEN 'x' ELSE 'a' END; UPDATE grain_state SET key = 'b' WHERE key = 'x'");
        using var damaged = new SqliteStore(_folder.File);
        (await Should.ThrowAsync<SqliteStoreException>(damaged.ReadAsync(A, "s"))).Message.ShouldContain("the state 's' of t/a");
        (await Should.ThrowAsync<SqliteStoreException>(damaged.ReadAsync(B, "s"))).Message.ShouldContain("the state 's' of t/b");
    }

    [Theory]
    [InlineData("type")]
    [InlineData("name")]
    [InlineData("etag")]
    [InlineData("checksum")]
    public async Task Read_RowWithAnotherColumn_SaysSo(string column)
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await store.WriteAsync(A, "s", null, [1]);
        }

        var number = column is "etag" or "checksum";
        Sql($"UPDATE grain_state SET {column} = {(number ? $"{column} + 1" : "'u'")}");
        using var damaged = new SqliteStore(_folder.File);
        var read = damaged.ReadAsync(column == "type" ? GrainId.Create("u", "a") : A, column == "name" ? "u" : "s");
        (await Should.ThrowAsync<SqliteStoreException>(read)).Message.ShouldContain("checksum");
    }

    [Fact]
    public void Open_HeaderThatForbidsWriting_SaysSo()
    {
        new SqliteStore(_folder.File).Dispose();
        var bytes = File.ReadAllBytes(_folder.File);
        const int WriteVersionAt = 18;
        bytes[WriteVersionAt] ^= 4;
        File.WriteAllBytes(_folder.File, bytes);
        Should.Throw<SqliteStoreException>(() => new SqliteStore(_folder.File)).Message.ShouldContain("read-only");
    }

    [Fact]
    public async Task Open_DamagedWayToARow_Refuses()
    {
        using (var store = new SqliteStore(_folder.File))
        {
            await store.WriteAsync(GrainId.Create("t", "needle-in-the-index"), "s", null, [1]);
        }

        // The key stands twice: in the row, and in the index that leads to it.
        var bytes = await File.ReadAllBytesAsync(_folder.File);
        bytes[bytes.AsSpan().LastIndexOf("needle"u8)] ^= 1;
        await File.WriteAllBytesAsync(_folder.File, bytes);
        Should.Throw<SqliteStoreException>(() => new SqliteStore(_folder.File)).Message.ShouldContain("damaged");
        using var unchecked_ = new SqliteStore(_folder.File, new() { CheckOnOpen = false });
    }

    [Fact]
    public async Task Open_DamagedLog_RefusesInsteadOfLosingWhatIsBehind()
    {
        var copy = _folder.File + "-copy";
        using (var store = new SqliteStore(_folder.File))
        {
            for (var i = 0; i < 10; i++)
            {
                await store.WriteAsync(A, $"{i}", null, new byte[100]);
            }

            File.Copy(_folder.File, copy);
            File.Copy(_folder.File + "-wal", copy + "-wal");
        }

        using (var whole = new SqliteStore(copy))
        {
            (await whole.ReadAsync(A, "9")).ShouldNotBeNull();
        }

        File.Copy(_folder.File, copy, overwrite: true);
        using (var store = new SqliteStore(_folder.File))
        {
            for (var i = 10; i < 20; i++)
            {
                await store.WriteAsync(A, $"{i}", null, new byte[100]);
            }

            var log = await ReadShared(_folder.File + "-wal");
            log[log.Length / 3] ^= 16;
            await File.WriteAllBytesAsync(copy + "-wal", log);
        }

        var failure = Should.Throw<SqliteStoreException>(() => new SqliteStore(copy));
        failure.Message.ShouldContain("-wal: frame");
        failure.Message.ShouldContain("transactions in and behind it");
    }

    [Fact]
    public async Task Open_LogCutWithinItsLastTransaction_KeepsAllBefore()
    {
        var copy = _folder.File + "-copy";
        using (var store = new SqliteStore(_folder.File))
        {
            for (var i = 0; i < 10; i++)
            {
                await store.WriteAsync(A, $"{i}", null, new byte[100]);
            }

            File.Copy(_folder.File, copy);
            var log = await ReadShared(_folder.File + "-wal");
            await File.WriteAllBytesAsync(copy + "-wal", log[..^100]);
        }

        using var cut = new SqliteStore(copy);
        (await cut.ReadAsync(A, "8")).ShouldNotBeNull();
        (await cut.ReadAsync(A, "9")).ShouldBeNull();
    }

    [Fact]
    public async Task Write_FileFull_SaysSoAndKeepsWhatWasAcknowledged()
    {
        using var store = new SqliteStore(_folder.File, new() { MaxPages = 20 });
        var acknowledged = 0;
        SqliteStoreException? failure = null;
        for (var i = 0; i < 100 && failure is null; i++)
        {
            try
            {
                await store.WriteAsync(A, $"{i}", null, new byte[4000]);
                acknowledged++;
            }
            catch (SqliteStoreException exception)
            {
                failure = exception;
            }
        }

        failure.ShouldNotBeNull().Message.ShouldContain("disk is full");
        acknowledged.ShouldBeGreaterThan(0);
        for (var i = 0; i < acknowledged; i++)
        {
            (await store.ReadAsync(A, $"{i}")).ShouldNotBeNull();
        }
    }

    [Fact]
    public void Open_NewerSchema_Refuses()
    {
        new SqliteStore(_folder.File).Dispose();
        Sql("PRAGMA user_version=99");
        Should.Throw<SqliteStoreException>(() => new SqliteStore(_folder.File)).Message.ShouldContain("newer version");
    }

    [Fact]
    public async Task Write_ManyAtOnce_ShareCommits()
    {
        using var store = new SqliteStore(_folder.File);
        using var held = new HeldWriter(store);
        var writes = Enumerable.Range(0, 100).Select(i => store.WriteAsync(A, $"{i}", null, [1])).ToList();
        held.Release();
        await Task.WhenAll(writes);
        held.Commits.ShouldBe(2);
    }

    private void Sql(string statements)
    {
        raw.sqlite3_open(_folder.File, out var database);
        raw.sqlite3_exec(database, statements).ShouldBe(raw.SQLITE_OK);
        raw.sqlite3_close_v2(database);
    }

    private static async Task<byte[]> ReadShared(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }

    /// <summary>Stops the writer thread in a commit of its own, so that what is asked for meanwhile becomes one batch.</summary>
    private sealed class HeldWriter : IDisposable
    {
        private readonly ManualResetEventSlim _release = new();
        private readonly ManualResetEventSlim _holding = new();

        public HeldWriter(SqliteStore store)
        {
            store.BeforeCommit = () =>
            {
                if (++Commits == 1)
                {
                    _holding.Set();
                    _release.Wait();
                    return;
                }

                HoldNext?.Wait();
                if (FailNext is { } failure)
                {
                    FailNext = null;
                    throw failure;
                }
            };
            _ = store.WriteAsync(GrainId.Create("held", "held"), "held", null, []);
            _holding.Wait();
        }

        public int Commits { get; private set; }

        public Exception? FailNext { get; set; }

        public ManualResetEventSlim? HoldNext { get; set; }

        public void Release() => _release.Set();

        public void Dispose()
        {
            Release();
            HoldNext?.Set();
        }
    }
}
