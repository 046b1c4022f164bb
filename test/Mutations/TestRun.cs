using System.Diagnostics;

namespace Mutations;

/// <summary>The grain tests of a copy of the source.</summary>
/// <param name="root">The copy.</param>
internal sealed class TestRun(string root)
{
    private const string Project = "test/Grains.Tests";
    private const string Tests = "artifacts/Embedded/bin/Grains.Tests/debug/Grains.Tests.dll";

    /// <summary>Builds the tests and what they test. A mutation need not be to the analyzers' taste.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public async Task Build()
    {
        var (code, output) = await Dotnet("build", Project, "--nologo", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:GenerateDocumentationFile=false");
        if (code != 0)
        {
            throw new InvalidOperationException($"It does not build:\n{string.Join('\n', output.Where(l => l.Contains("error", StringComparison.Ordinal)).Distinct().Take(5))}");
        }
    }

    /// <summary>Runs tests.</summary>
    /// <param name="test">As in <see cref="Mutation.Tests"/>.</param>
    /// <returns>The names of those that failed, and how many passed.</returns>
    public async Task<(IReadOnlyList<string> Failed, int Passed)> Run(string test)
    {
        var parts = test.TrimEnd(')').Split(['(', ','], StringSplitOptions.TrimEntries);
        var filter = string.Concat(parts.Skip(1).Select(p => $"&DisplayName~{p}"));
        var (_, output) = await Dotnet("vstest", Tests, $"--TestCaseFilter:FullyQualifiedName~{parts[0]}{filter}", "--logger:console;verbosity=normal");
        return ([.. Names(output, "  Failed ")], Names(output, "  Passed ").Count());
    }

    private static IEnumerable<string> Names(List<string> output, string outcome) =>
        output.Where(l => l.StartsWith(outcome, StringComparison.Ordinal)).Select(l => l[outcome.Length..l.LastIndexOf(" [", StringComparison.Ordinal)]);

    private async Task<(int Code, List<string> Output)> Dotnet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output.Add(line);
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
