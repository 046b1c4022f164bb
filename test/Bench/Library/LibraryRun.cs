using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Bench.Library;

/// <summary>Runs the benchmarks of the protocol library.</summary>
internal static class LibraryRun
{
    private const int Warmups = 4;
    private const int Iterations = 12;

    /// <summary>Runs those whose full name the pattern matches, and prints a table.</summary>
    /// <param name="filter">A pattern with <c>*</c>.</param>
    /// <param name="quick">A few short runs, to see that they work.</param>
    public static void Run(string filter, bool quick)
    {
        // In this process: a project made by BenchmarkDotNet would inherit this repository's rules, and not build.
        var full = Job.Default.WithWarmupCount(Warmups).WithIterationCount(Iterations);
        var job = (quick ? Job.Dry : full).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "muster-bench", "library"))
            .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile);
        BenchmarkSwitcher.FromAssembly(typeof(LibraryRun).Assembly).Run(["--filter", filter], config);
    }
}
