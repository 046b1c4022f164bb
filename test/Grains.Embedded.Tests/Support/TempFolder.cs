namespace Grains.Embedded.Tests;

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("grains-").FullName;

    public string File => System.IO.Path.Combine(Path, "grains.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
