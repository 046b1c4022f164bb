namespace Grains.Embedded;

#pragma warning disable MA0048 // Three small ones of a kind.
internal sealed class SqliteRead(GrainId grainId, string name) : SqliteOperation<SqliteRow?>(grainId, name)
{
    protected override SqliteRow? Do(SqliteConnection connection) => connection.Read(GrainId, Name);
}

internal sealed class SqliteWrite(GrainId grainId, string name, string? etag, byte[] data) : SqliteOperation<string>(grainId, name)
{
    protected override string Do(SqliteConnection connection) => connection.Write(GrainId, Name, etag, data);
}

internal sealed class SqliteClear(GrainId grainId, string name, string etag) : SqliteOperation<bool>(grainId, name)
{
    protected override bool Do(SqliteConnection connection) => connection.Clear(GrainId, Name, etag);
}
