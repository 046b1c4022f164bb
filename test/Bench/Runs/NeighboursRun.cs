using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures what many directories with a steady load feel when another one is hammered.</summary>
internal sealed class NeighboursRun(BenchOptions options)
{
    private const int UsersEach = 100;

    /// <summary>How many requests a second the quiet directories send in all: a small part of what the machine can do.</summary>
    private const int SteadyPerSecond = 500;

    /// <summary>Measures quiet and hammered by turns, and prints a table.</summary>
    public void Run()
    {
        var file = Path.Combine(options.Work, "run", "neighbours.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        PreparedDatabase.Delete(file);
        using var server = new MusterProcess(file, options.RateLimit, options.Assembly);
        var address = ServerAddress.Of(server.TenantUrl);
        var directories = Enumerable.Range(0, options.Directories)
            .Select(_ => DirectoryLoader.Fill(server.TenantUrl, server.MakeDirectory(), "user", UsersEach, groups: options.Connections / 8 + 1))
            .ToArray();
        var neighbours = directories[1..];
        var steady = neighbours.Select((directory, i) => RequestKinds.Mixed(directory, address, i)).ToArray();
        var hammer = Enumerable.Range(0, options.Connections).Select(i => new RefusableSource(RequestKinds.Mixed(directories[0], address, i))).ToArray();
        var probe = new Probe(server.Id, server.Operations);
        var time = TimeSpan.FromSeconds(options.Seconds);
        Steady();

        // The first is not counted: its requests are compiled meanwhile.
        Hammered();

        var table = new TextTable("round", "quiet p50 ms", "quiet p99 ms", "p50 ms", "p99 ms", "p99 times", "hammered a second", "refused", "errors");
        var times = new List<double?>();
        for (var round = 1; round <= options.Pairs; round++)
        {
            var quiet = Steady();
            var refusedBefore = hammer.Sum(h => h.Refused);
            var (loud, hammered) = Hammered();
            times.Add(loud.P99 / quiet.P99);
            table.Add(
                Figures.Text(round),
                Figures.Text(quiet.Median, 2),
                Figures.Text(quiet.P99, 2),
                Figures.Text(loud.Median, 2),
                Figures.Text(loud.P99, 2),
                Figures.Text(times[^1], 2),
                Figures.Text(hammered.Requests / hammered.Seconds),
                Figures.Text(hammer.Sum(h => h.Refused) - refusedBefore),
                Figures.Text(quiet.Errors + loud.Errors + hammered.Errors));
        }

        Console.WriteLine($"""

            {LoadResults.ThisMachine()}
            {options.Directories} directories, {SteadyPerSecond} requests a second to all but one; that one hammered by {options.Connections} connections; limit {options.RateLimit} a second

            {table}
            p99 times: {Figures.Text(Spread.Of(times), 2)} (asked: at most 2)
            """);

        (Sample Loud, LoadOutcome Hammered) Hammered()
        {
            LoadOutcome? hammered = null;
            var thread = new Thread(() => hammered = LoadGenerator.Run(
                address.Server,
                new LoadShape { Connections = options.Connections, Duration = time },
                i => hammer[i]));
            thread.Start();
            var loud = Steady();
            thread.Join();
            return (loud, hammered!);
        }

        Sample Steady() => probe.Run(
            address.Server,
            new LoadShape
            {
                Connections = steady.Length,
                Duration = time,
                Interval = TimeSpan.FromSeconds((double)steady.Length / SteadyPerSecond),
            },
            i => steady[i]);
    }
}
