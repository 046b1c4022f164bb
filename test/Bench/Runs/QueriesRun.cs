using System.Diagnostics;
using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures queries that no index helps, one after the other, and what a neighbour feels of one.</summary>
internal sealed class QueriesRun(BenchOptions options)
{
    private const int NeighbourUsers = 100;

    /// <summary>How many requests a second the neighbour sends.</summary>
    private const int SteadyPerSecond = 500;

    private const int NeighbourConnections = 16;

    private static readonly (string Name, string Query)[] Queries =
    [
        ("first of all: title eq", Filter("title eq \"nobody\"")),
        ("userName sw, all", Filter("userName sw \"user-\"")),
        ("title pr, all", Filter("title pr")),
        ("title pr, by cursor", Filter("title pr") + "&cursor="),
        ("sorted by userName", "?sortBy=userName"),
        ("sorted by userName, the page after it", "?sortBy=userName&startIndex=101"),
        ("sorted by name.familyName", "?sortBy=name.familyName"),
        ("sorted by userName, by cursor", "?sortBy=userName&cursor="),
        ("all, by cursor", "?cursor="),
    ];

    /// <summary>Measures and prints tables.</summary>
    public void Run()
    {
        var users = options.Users[^1];
        var prepared = PreparedDatabase.Get(options.Work, users, spares: 0, options.Assembly);
        using var server = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        using var client = new SetupClient(server.TenantUrl, prepared.Directory.Token);
        var table = new TextTable("query", "s", "CPU s", "total", "on the page", "memory MB");
        table.Add("(at start)", "", "", "", "", Figures.Text(ProcessTime.Megabytes(server.Id)));
        foreach (var (name, query) in Queries)
        {
            var (start, cpu) = (Stopwatch.GetTimestamp(), ProcessTime.Of(server.Id));
            var list = client.Send(HttpMethod.Get, "/Users" + query);
            table.Add(
                name,
                Figures.Text(Stopwatch.GetElapsedTime(start).TotalSeconds, 2),
                Figures.Text(ProcessTime.Of(server.Id) - cpu, 2),
                list.TryGetProperty("totalResults", out var total) ? Figures.Text(total.GetInt32()) : "",
                Figures.Text(list.GetProperty("itemsPerPage").GetInt32()),
                Figures.Text(ProcessTime.Megabytes(server.Id)));
        }

        Console.WriteLine($"\n{LoadResults.ThisMachine()}\n{users} users, pages of 100\n\n{table}");
        Neighbour(server, client);
    }

    /// <summary>A neighbour's requests, quiet and beside queries that look through all, by turns.</summary>
    private void Neighbour(MusterProcess server, SetupClient client)
    {
        var address = ServerAddress.Of(server.TenantUrl);
        var neighbour = DirectoryLoader.Fill(server.TenantUrl, server.MakeDirectory(), "user", NeighbourUsers, groups: 0);
        var sources = Enumerable.Range(0, NeighbourConnections).Select(i => RequestKinds.Of("get").Make(neighbour, address, i)).ToArray();
        var probe = new Probe(server.Id, server.Operations);
        Steady();
        Beside(1);
        var table = new TextTable("queries at once", "quiet p50 ms", "quiet p99 ms", "p50 ms", "p99 ms", "p99 times", "errors");
        foreach (var queries in new[] { 1, 2 })
        {
            var times = new List<double?>();
            for (var round = 0; round < options.Pairs; round++)
            {
                var quiet = Steady();
                var loud = Beside(queries);
                times.Add(loud.P99 / quiet.P99);
                table.Add(
                    Figures.Text(queries),
                    Figures.Text(quiet.Median, 2),
                    Figures.Text(quiet.P99, 2),
                    Figures.Text(loud.Median, 2),
                    Figures.Text(loud.P99, 2),
                    Figures.Text(times[^1], 2),
                    Figures.Text(quiet.Errors + loud.Errors));
            }

            table.Add(Figures.Text(queries), "", "", "", "", Figures.Text(Spread.Of(times), 2), "");
        }

        Console.WriteLine($"A neighbour's GET by id, {SteadyPerSecond} a second (asked: at most 2 times)\n\n{table}");

        Sample Beside(int queries)
        {
            var over = false;
            var threads = Enumerable.Range(0, queries).Select(_ => new Thread(() =>
            {
                while (!Volatile.Read(ref over))
                {
                    client.Exchange(HttpMethod.Get, "/Users" + Filter("displayName co \"nobody\""));
                }
            })).ToList();
            threads.ForEach(t => t.Start());
            var loud = Steady();
            Volatile.Write(ref over, true);
            threads.ForEach(t => t.Join());
            return loud;
        }

        Sample Steady() => probe.Run(
            address.Server,
            new LoadShape
            {
                Connections = sources.Length,
                Duration = TimeSpan.FromSeconds(options.Seconds),
                Interval = TimeSpan.FromSeconds((double)sources.Length / SteadyPerSecond),
            },
            i => sources[i]);
    }

    private static string Filter(string filter) => "?filter=" + Uri.EscapeDataString(filter);
}
