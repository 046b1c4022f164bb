using System.Diagnostics;
using Bench.Bare;
using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures kinds of requests in pairs with a bare endpoint, for directories of several sizes.</summary>
internal sealed class LoadRun(BenchOptions options)
{
    private const int SpareRowBytes = 1_500;
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
        foreach (var users in options.Users)
        {
            if (options.Url is null)
            {
                MeasureOwn(users);
            }
            else
            {
                MeasureOther(options.Url, users);
            }

            if (options.Out is not null)
            {
                results.Write(options.Out);
            }
        }

        Console.WriteLine($"""

            {results.Machine}
            Medians; in brackets what the middle half of the runs lies between. A ratio is that of a pair.

            {LoadTables.Costs(results)}
            {LoadTables.Throughput(results)}
            {LoadTables.Growth(results)}
            """);
    }

    private void MeasureOwn(int users)
    {
        var spares = options.Kinds.Any(k => RequestKinds.Of(k).Grows) && users <= PreparedDatabase.MaxSpareSize ? options.Pairs + 1 : 0;
        var prepared = PreparedDatabase.Get(options.Work, users, spares, options.Assembly);
        using var server = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        Measure(
            ServerAddress.Of(server.TenantUrl),
            new Probe(server.Id, server.Operations),
            prepared.Directory,
            spares > 0 ? prepared.Spares : [],
            prepared.UserRowBytes);
    }

    private void MeasureOther(Uri tenantUrl, int users)
    {
        Console.WriteLine($"Filling {tenantUrl}: {users} users");
        var population = "bench" + Guid.NewGuid().ToString("N")[..8];
        var directory = DirectoryLoader.Fill(tenantUrl, options.Token, population, users, options.Connections);
        Measure(ServerAddress.Of(tenantUrl), new Probe(options.ProcessId, operations: null), directory, [], SpareRowBytes);
    }

    private void Measure(ServerAddress address, Probe server, BenchDirectory directory, IReadOnlyList<BenchDirectory> spares, int rowBytes)
    {
        var kinds = RequestKinds.All.Where(k => options.Kinds.Contains(k.Name)).ToList();
        var folder = Path.Combine(options.Work, "run", "bare");
        BareServer.Save(folder, [.. kinds.Select(k => CapturedAnswer.Of(k, address, k.Make(directory, address, 0)))]);
        using var bareProcess = new BareProcess(folder, directory.Users.Length, rowBytes);
        var bare = new Probe(bareProcess.Id, operations: null);

        // Each user once, so that what is measured is not who happened to be met first.
        LoadGenerator.Run(
            address.Server,
            new LoadShape { Connections = options.Connections, Duration = LongestWalk, MaxRequests = directory.Users.Length },
            EachUser(directory, address));
        foreach (var kind in kinds)
        {
            var bareAddress = bareProcess.AddressOf(kind);
            Warm(() => RunOne(server, kind, address, Directory(0), WarmRun));
            Warm(() => RunOne(bare, kind, bareAddress, directory, WarmRun, isBare: true));
            var pairs = new List<Pair>();
            for (var i = 0; i < options.Pairs; i++)
            {
                var time = TimeSpan.FromSeconds(options.Seconds);

                // The server first, then the bare endpoint first, by turns.
                var first = i % 2 == 0 ? RunOne(server, kind, address, Directory(i + 1), time) : null;
                var limit = RunOne(bare, kind, bareAddress, directory, time, isBare: true);
                pairs.Add(new Pair(first ?? RunOne(server, kind, address, Directory(i + 1), time), limit));
                Report(kind, directory.Users.Length, pairs[^1]);
            }

            results.Results.Add(new KindResult(kind.Name, directory.Users.Length, pairs));

            BenchDirectory Directory(int run) => kind.Grows && run < spares.Count ? spares[run] : directory;
        }
    }

    private Sample RunOne(Probe probe, RequestKind kind, ServerAddress address, BenchDirectory directory, TimeSpan time, bool isBare = false)
    {
        // At most twice the size that the result stands under.
        var most = kind.Grows && !isBare && directory.Users.Length <= PreparedDatabase.MaxSpareSize ? directory.Users.Length : long.MaxValue;
        return probe.Run(
            address.Server,
            new LoadShape { Connections = options.Connections, Duration = time, MaxRequests = most },
            connection => kind.Make(directory, address, connection));
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

    private static Func<int, RequestSource> EachUser(BenchDirectory directory, ServerAddress address)
    {
        var ids = directory.EachId();
        var template = address.Request("GET", "/Users/{id}", directory.Token);
        return _ => new TemplateSource(template, expectedStatus: 200) { Id = ids };
    }

    private static void Report(RequestKind kind, int users, Pair pair) => Console.WriteLine(
        $"{users,7} {kind.Name,-7} {Figures.Text(pair.Server.PerSecond),7}/s {Figures.Text(pair.Server.CpuMicroseconds),5} µs"
        + $"   bare {Figures.Text(pair.Bare.PerSecond),7}/s {Figures.Text(pair.Bare.CpuMicroseconds),5} µs"
        + $"   ratio {Figures.Text(pair.Ratio, 2)}, by CPU {Figures.Text(pair.CpuRatio, 2)}"
        + $"   reads {Figures.Text(pair.Server.Reads, 2)}, writes {Figures.Text(pair.Server.Writes, 2)}"
        + $"   generator {Figures.Text(pair.Server.GeneratorMicroseconds)} µs, others {Figures.Text(pair.Server.OtherCores, 1)} cores");
}
