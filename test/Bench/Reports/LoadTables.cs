using Bench.Measuring;

namespace Bench.Reports;

/// <summary>The results of a load run as tables.</summary>
internal static class LoadTables
{
    private const double MostGrowth = 1.2;
    private const double SmallestOperations = 0.05;

    /// <summary>What a request costs: medians, with the middle half of the runs in brackets.</summary>
    public static string Costs(LoadResults results)
    {
        var table = new TextTable("request", "users", "CPU µs", "bare CPU µs", "CPU ratio", "reads", "writes", "generator µs", "other cores");
        foreach (var result in results.Results)
        {
            table.Add(
                result.Definition().What,
                Figures.Text(result.Users),
                Figures.Text(result.OfServer(s => s.CpuMicroseconds)),
                Figures.Text(result.OfBare(s => s.CpuMicroseconds)),
                Figures.Text(result.OfPairs(p => p.CpuRatio), 2),
                Figures.Text(result.OfServer(s => s.Reads)?.Median, 2),
                Figures.Text(result.OfServer(s => s.Writes)?.Median, 2),
                Figures.Text(result.OfServer(s => s.GeneratorMicroseconds)?.Median),
                Figures.Text(result.OfPairs(p => (p.Server.OtherCores + p.Bare.OtherCores) / 2)?.Median, 2));
        }

        return table.ToString();
    }

    /// <summary>Throughput and latency, beside the bare endpoint.</summary>
    public static string Throughput(LoadResults results)
    {
        var table = new TextTable("request", "users", "a second", "bare", "ratio", "asked", "p50 ms", "p99 ms", "bare p99 ms", "errors");
        foreach (var result in results.Results)
        {
            table.Add(
                result.Definition().What,
                Figures.Text(result.Users),
                Figures.Text(result.OfServer(s => s.PerSecond)),
                Figures.Text(result.OfBare(s => s.PerSecond)),
                Figures.Text(result.OfPairs(p => p.Ratio), 2),
                Figures.Text(result.Definition().Least, 1),
                Figures.Text(result.OfServer(s => s.Median)?.Median, 2),
                Figures.Text(result.OfServer(s => s.P99)?.Median, 2),
                Figures.Text(result.OfBare(s => s.P99)?.Median, 2),
                Figures.Text(result.Pairs.Sum(p => p.Server.Errors + p.Bare.Errors)));
        }

        return table.ToString();
    }

    /// <summary>How much more a request costs in the largest directory than in the smallest: CPU time of runs of the same round.</summary>
    public static string Growth(LoadResults results)
    {
        var table = new TextTable("request", "from users", "to users", "CPU µs", "times", "operations", "times", $"at most {MostGrowth}");
        foreach (var kind in results.Results.GroupBy(r => r.Kind).Where(g => g.Count() > 1))
        {
            var (small, large) = (kind.MinBy(r => r.Users)!, kind.MaxBy(r => r.Users)!);
            var cpuTimes = Spread.Of(small.Pairs.Zip(large.Pairs, (s, l) => l.Server.CpuMicroseconds / s.Server.CpuMicroseconds));
            var (fewer, more) = (small.OfServer(s => s.Operations)?.Median, large.OfServer(s => s.Operations)?.Median);

            // Next to nothing may be several times next to nothing.
            var operationTimes = more <= SmallestOperations ? 1 : more / Math.Max(fewer ?? 0, SmallestOperations);
            table.Add(
                small.Definition().What,
                Figures.Text(small.Users),
                Figures.Text(large.Users),
                FromTo(small.OfServer(s => s.CpuMicroseconds)?.Median, large.OfServer(s => s.CpuMicroseconds)?.Median, 0),
                Figures.Text(cpuTimes, 2),
                FromTo(fewer, more, 2),
                Figures.Text(operationTimes, 2),
                cpuTimes?.Median > MostGrowth || operationTimes > MostGrowth ? "no" : "yes");
        }

        return table.ToString();
    }

    private static string FromTo(double? small, double? large, int decimals) => $"{Figures.Text(small, decimals)} to {Figures.Text(large, decimals)}";
}
