using System.Diagnostics;
using Bench.Measuring;
using Bench.Options;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures kinds of requests in pairs with a bare endpoint, for directories of several sizes.</summary>
internal sealed class LoadRun(BenchOptions options)
{
    private const int LeastWarmRequests = 60_000;
    private static readonly TimeSpan LeastWarmth = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostWarmth = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WarmRun = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWalk = TimeSpan.FromSeconds(30);

    private readonly LoadResults results = new()
    {
        Command = string.Join(' ', Environment.GetCommandLineArgs().Skip(1)),
        Taken = DateTimeOffset.UtcNow,
        Machine = LoadResults.ThisMachine(),
    };

    /// <summary>Measures, prints tables, and writes the results where they are wanted.</summary>
    public void Run()
    {
        if (options.Url is { } url)
        {
            // One directory, which grows from size to size.
            foreach (var users in options.Users)
            {
                using var size = MeasuredSize.Other(options, url, users);
                Measure([size]);
            }
        }
        else
        {
            MeasureOwn();
        }

        Console.WriteLine($"""

            {results.Machine}
            Medians; in brackets what the middle half of the runs lies between. A ratio is that of a pair.

            {LoadTables.Costs(results)}
            {LoadTables.Throughput(results)}
            {LoadTables.Growth(results)}
            """);
    }

    private void MeasureOwn()
    {
        var sizes = new List<MeasuredSize>();
        try
        {
            foreach (var users in options.Users)
            {
                sizes.Add(MeasuredSize.Own(options, users));
            }

            Measure(sizes);
        }
        finally
        {
            sizes.ForEach(size => size.Dispose());
        }
    }

    /// <summary>All sizes by turns: what lies minutes apart on a machine that is not quiet says nothing of size.</summary>
    private void Measure(IReadOnlyList<MeasuredSize> sizes)
    {
        foreach (var size in sizes)
        {
            size.MeetEachUser(LongestWalk);
        }

        var time = TimeSpan.FromSeconds(options.Seconds);
        foreach (var kind in RequestKinds.All.Where(k => options.Kinds.Contains(k.Name)))
        {
            foreach (var size in sizes)
            {
                Warm(() => size.RunServer(kind, WarmRun, 0));
                Warm(() => size.RunBare(kind, WarmRun));
            }

            var pairs = sizes.ToDictionary(size => size, _ => new List<Pair>());
            for (var i = 0; i < options.Pairs; i++)
            {
                // Both the order of the sizes and who of a pair is first change by turns.
                foreach (var size in i % 2 == 0 ? sizes : sizes.Reverse())
                {
                    var first = i % 2 == 0 ? size.RunServer(kind, time, i + 1) : null;
                    var limit = size.RunBare(kind, time);
                    pairs[size].Add(new Pair(first ?? size.RunServer(kind, time, i + 1), limit));
                    Report(kind, size.Users, pairs[size][^1]);
                }
            }

            results.Results.AddRange(sizes.Select(size => new KindResult(kind.Name, size.Users, pairs[size])));
            if (options.Out is not null)
            {
                results.Write(options.Out);
            }
        }
    }

    /// <summary>Runs until the compiler has seen enough, also on a machine that is busy.</summary>
    private static void Warm(Func<Sample> run)
    {
        var start = Stopwatch.GetTimestamp();
        var requests = 0L;
        TimeSpan spent;
        do
        {
            requests += run().Requests;
            spent = Stopwatch.GetElapsedTime(start);
        }
        while (spent < MostWarmth && (spent < LeastWarmth || requests < LeastWarmRequests));
    }

    private static void Report(RequestKind kind, int users, Pair pair) => Console.WriteLine(
        $"{users,7} {kind.Name,-7} {Figures.Text(pair.Server.PerSecond),7}/s {Figures.Text(pair.Server.CpuMicroseconds),5} µs"
        + $"   bare {Figures.Text(pair.Bare.PerSecond),7}/s {Figures.Text(pair.Bare.CpuMicroseconds),5} µs"
        + $"   ratio {Figures.Text(pair.Ratio, 2)}, by CPU {Figures.Text(pair.CpuRatio, 2)}"
        + $"   reads {Figures.Text(pair.Server.Reads, 2)}, writes {Figures.Text(pair.Server.Writes, 2)}"
        + $"   generator {Figures.Text(pair.Server.GeneratorMicroseconds)} µs, others {Figures.Text(pair.Server.OtherCores, 1)} cores");
}
