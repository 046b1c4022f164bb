namespace Grains.Embedded.Tests.Storage;

/// <summary>The process that <see cref="KillTests"/> kills: writes rows from many tasks, and prints each when it is acknowledged.</summary>
internal static class KillTarget
{
    private static async Task Main(string[] arguments)
    {
        const int Writers = 16;
        using var store = new SqliteStore(arguments[0]);
        var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = 0; ; i++)
            {
                var key = $"{arguments[1]}-{writer}-{i}";
                var etag = await store.WriteAsync(GrainId.Create("kill", key), "s", null, new byte[200]);
                await output.WriteLineAsync($"{key} {etag}");
            }
        }));
    }
}
