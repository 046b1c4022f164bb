using System.Globalization;
using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Puts a mixed load on the server for long, and looks whether memory, latency and cost stay as they were.</summary>
internal sealed class SoakRun(BenchOptions options)
{
    private const int Windows = 30;
    private const int ShortestWindow = 5;

    /// <summary>Measures, prints a line for each window and a comparison of the first third of them with the last.</summary>
    public void Run()
    {
        var users = options.Users[0];
        var prepared = PreparedDatabase.Get(options.Work, users, spares: 0, options.Assembly);
        using var server = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        var address = ServerAddress.Of(server.TenantUrl);
        var probe = new Probe(server.Id, server.Operations);
        var window = TimeSpan.FromSeconds(Math.Max(options.Minutes * 60 / Windows, ShortestWindow));
        var samples = new List<(Sample Sample, double Megabytes)>();

        // Each connection keeps what it has under way, a user to be deleted say, from window to window.
        var sources = Enumerable.Range(0, options.Connections).Select(i => RequestKinds.Mixed(prepared.Directory, address, i)).ToArray();
        var table = new TextTable("minute", "a second", "p50 ms", "p99 ms", "CPU µs", "reads", "writes", "memory MB", "errors");
        for (var spent = TimeSpan.Zero; spent < TimeSpan.FromMinutes(options.Minutes); spent += window)
        {
            var sample = probe.Run(address.Server, new LoadShape { Connections = options.Connections, Duration = window }, i => sources[i]);
            samples.Add((sample, ProcessTime.Megabytes(server.Id)));
            var minute = (spent + window).TotalMinutes;
            Console.WriteLine($"{Figures.Text(minute, 1)} min: {Figures.Text(sample.PerSecond)}/s, {Figures.Text(samples[^1].Megabytes)} MB, p99 {Figures.Text(sample.P99, 2)} ms");
            Add(table, Figures.Text(minute, 1), [samples[^1]]);
        }

        // The first window holds the compiler's work.
        var rest = samples.Skip(1).ToList();
        var third = Math.Max(rest.Count / 3, 1);
        Add(table, "first third", rest.Take(third));
        Add(table, "last third", rest.TakeLast(third));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{LoadResults.ThisMachine()}\n{users} users, {options.Connections} connections\n\n{table}"));
    }

    private static void Add(TextTable table, string name, IEnumerable<(Sample Sample, double Megabytes)> windows)
    {
        var list = windows.ToList();
        table.Add(
            name,
            Figures.Text(Of(s => s.PerSecond)),
            Figures.Text(Of(s => s.Median), 2),
            Figures.Text(Of(s => s.P99), 2),
            Figures.Text(Of(s => s.CpuMicroseconds)),
            Figures.Text(Of(s => s.Reads), 2),
            Figures.Text(Of(s => s.Writes), 2),
            Figures.Text(Spread.Of(list.Select(w => (double?)w.Megabytes))?.Median),
            Figures.Text(list.Sum(w => w.Sample.Errors)));

        double? Of(Func<Sample, double?> figure) => Spread.Of(list.Select(w => figure(w.Sample)))?.Median;
    }
}
