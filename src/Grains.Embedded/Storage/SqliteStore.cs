namespace Grains.Embedded;

/// <summary>Rows of grain states in one SQLite file.</summary>
public sealed class SqliteStore(string path) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose()
    {
    }
}
