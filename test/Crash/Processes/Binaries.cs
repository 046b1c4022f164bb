namespace Crash.Processes;

/// <summary>The programs under test, as the Release build left them beside this one.</summary>
internal static class Binaries
{
    public static string Server { get; } = Find("Api");

    public static string Simulator { get; } = Find("Entra");

    // artifacts/<Engine>/bin/<project>/<configuration>/<project>.dll
    private static string Find(string project)
    {
        var path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, "release", $"{project}.dll"));
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"There is no {path}: build src/Api and test/Entra with -c Release first.");
    }
}
