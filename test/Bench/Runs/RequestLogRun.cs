using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures what the request log costs a request: two servers on copies of one database, one without it, by turns.</summary>
internal sealed class RequestLogRun(BenchOptions options)
{
    /// <summary>How many requests a second the directories send in all where they do not send all they can: about Entra's rate for each.</summary>
    private const int SteadyPerDirectory = 25;

    private const int UsersEach = 100;
    private const double Micro = 1e6;

    /// <summary>The log is written behind the requests: so long after the last of them its work is done.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>Measures, and prints a table.</summary>
    public void Run()
    {
        var prepared = PreparedDatabase.Get(options.Work, options.Users[0], spares: 0, options.Assembly);
        using var without = new MusterProcess(Copy(prepared, "off"), assembly: options.Assembly, requestLog: "false");
        using var with = new MusterProcess(Copy(prepared, "on"), assembly: options.Assembly, requestLog: "true");
        var table = new TextTable("load", "requests", "CPU µs off", "CPU µs on", "on / off", "operations off", "operations on", "p99 ms off", "p99 ms on", "entries missing", "errors");
        foreach (var kind in RequestKinds.All.Where(k => options.Kinds.Contains(k.Name)))
        {
            Measure(
                kind.What + ", all it can",
                new LoadShape { Connections = options.Connections, Duration = TimeSpan.FromSeconds(options.Seconds) },
                server => connection => kind.Make(prepared.Directory, ServerAddress.Of(server.TenantUrl), connection),
                _ => [prepared.Directory.Token]);
        }

        var directories = new[] { without, with }.ToDictionary(
            s => s,
            s => Enumerable.Range(0, options.Directories).Select(_ => DirectoryLoader.Fill(s.TenantUrl, s.MakeDirectory(), "user", UsersEach, groups: 1)).ToArray());
        Measure(
            $"mixed, {options.Directories} directories, {SteadyPerDirectory} a second each",
            new LoadShape { Connections = options.Directories, Duration = TimeSpan.FromSeconds(options.Seconds), Interval = TimeSpan.FromSeconds(1.0 / SteadyPerDirectory) },
            server => connection => RequestKinds.Mixed(directories[server][connection], ServerAddress.Of(server.TenantUrl), connection),
            server => directories[server].Select(d => d.Token));
        Console.WriteLine($"\n{LoadResults.ThisMachine()}\nMedians of {options.Pairs} runs of each by turns; in brackets what the middle half of them lies between. The ratio is that of a pair.\n\n{table}");

        void Measure(string name, LoadShape shape, Func<MusterProcess, Func<int, RequestSource>> sources, Func<MusterProcess, IEnumerable<string>> tokens)
        {
            // The first of each is not counted: its requests are compiled meanwhile.
            _ = (One(without, shape, sources(without)), One(with, shape, sources(with)));
            var missingBefore = Missing(tokens(with));
            var pairs = new List<(Cost Off, Cost On)>();
            for (var i = 0; i < options.Pairs; i++)
            {
                var first = i % 2 == 0 ? One(without, shape, sources(without)) : null;
                var on = One(with, shape, sources(with));
                pairs.Add((first ?? One(without, shape, sources(without)), on));
                Console.WriteLine($"{name}: off {Figures.Text(pairs[^1].Off.Cpu)} µs, on {Figures.Text(on.Cpu)} µs, ratio {Figures.Text(on.Cpu / pairs[^1].Off.Cpu, 2)}");
            }

            table.Add(
                name,
                Figures.Text(pairs.Sum(p => p.On.Requests)),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)p.Off.Cpu))),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)p.On.Cpu))),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)(p.On.Cpu / p.Off.Cpu))), 2),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)p.Off.Operations)), 3),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)p.On.Operations)), 3),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)p.Off.P99)), 2),
                Figures.Text(Spread.Of(pairs.Select(p => (double?)p.On.P99)), 2),
                Figures.Text(Missing(tokens(with)) - missingBefore),
                Figures.Text(pairs.Sum(p => p.Off.Errors + p.On.Errors)));
        }

        long Missing(IEnumerable<string> tokens) => tokens.Sum(with.MissingInLog);
    }

    private static Cost One(MusterProcess server, LoadShape shape, Func<int, RequestSource> sources)
    {
        var (cpu, operations) = (ProcessTime.Of(server.Id), server.Operations());
        var outcome = LoadGenerator.Run(ServerAddress.Of(server.TenantUrl).Server, shape, sources);
        Thread.Sleep(Settling);
        var done = server.Operations().Since(operations);
        var count = (double)Math.Max(outcome.Requests + outcome.Errors, 1);
        return new Cost(
            outcome.Requests,
            outcome.Errors,
            (ProcessTime.Of(server.Id) - cpu) * Micro / count,
            (done.Reads + done.Writes + done.Clears) / count,
            outcome.Latencies.Milliseconds(0.99));
    }

    private string Copy(PreparedDatabase prepared, string name)
    {
        var copy = prepared.Copy(options.Work);
        var file = Path.Combine(Path.GetDirectoryName(copy)!, $"requestlog-{name}.db");
        PreparedDatabase.Delete(file);
        File.Move(copy, file);
        return file;
    }

    /// <summary>What a run cost, for each request: CPU time in microseconds, storage operations.</summary>
    private sealed record Cost(long Requests, long Errors, double Cpu, double Operations, double P99);
}
