using Bench.Client;
using Bench.Processes;

namespace Bench.Measuring;

/// <summary>Measures loads on one server: their throughput, and what they cost it.</summary>
/// <param name="processId">The server's process; null where it is not known.</param>
/// <param name="operations">Counts its storage operations; null where they are not known.</param>
internal sealed class Probe(int? processId, Func<StorageCounts>? operations)
{
    private const double Micro = 1e6;

    /// <summary>Runs a load and measures it.</summary>
    public Sample Run(Uri server, LoadShape shape, Func<int, RequestSource> sources)
    {
        var before = Costs();
        var outcome = LoadGenerator.Run(server, shape, sources);
        var after = Costs();
        if (outcome.FirstError is not null)
        {
            Console.Error.WriteLine($"{outcome.Errors} errors, the first: {outcome.FirstError[..Math.Min(outcome.FirstError.Length, 300)]}");
        }

        var count = (double)Math.Max(outcome.Requests + outcome.Errors, 1);
        var done = operations is null ? null : after.Operations!.Since(before.Operations!);
        var seconds = (after.Time - before.Time).TotalSeconds;
        return new Sample
        {
            Requests = outcome.Requests,
            Errors = outcome.Errors,
            PerSecond = outcome.Requests / outcome.Seconds,
            Median = outcome.Latencies.Milliseconds(0.5),
            P99 = outcome.Latencies.Milliseconds(0.99),
            CpuMicroseconds = processId is null ? null : (after.Server - before.Server) * Micro / count,
            GeneratorMicroseconds = (after.Own - before.Own) * Micro / count,
            OtherCores = Math.Max(after.Machine - before.Machine - (after.Server - before.Server) - (after.Own - before.Own), 0) / seconds,
            Reads = done?.Reads / count,
            Writes = (done?.Writes + done?.Clears) / count,
        };
    }

    private (DateTime Time, double Server, double Own, double Machine, StorageCounts? Operations) Costs() => (
        DateTime.UtcNow,
        processId is { } id ? ProcessTime.Of(id) : 0,
        ProcessTime.Own,
        ProcessTime.Machine(),
        operations?.Invoke());
}
