using System.Diagnostics;
using System.Globalization;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures what many creates take in one bulk request, and as requests of their own by one connection and by many.</summary>
internal sealed class BulkRun(BenchOptions options)
{
    private const int Operations = 1_000;
    private const int WarmUps = 3;

    /// <summary>Measures, and prints a table.</summary>
    public void Run()
    {
        var prepared = PreparedDatabase.Get(options.Work, options.Users[0], spares: 0, options.Assembly);
        using var server = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        using var client = new SetupClient(server.TenantUrl, prepared.Directory.Token);
        var ways = new (string Name, Action<string> Make)[]
        {
            ("one bulk request", name => Bulk(client, name)),
            ("single requests, one connection", name => Singles(client, name, 1)),
            ($"single requests, {options.Connections} connections", name => Singles(client, name, options.Connections)),
        };
        var seconds = ways.Select(_ => new List<double?>()).ToArray();
        var cpu = ways.Select(_ => new List<double?>()).ToArray();
        for (var round = -WarmUps; round < options.Pairs; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var busy = ProcessTime.Of(server.Id);
                var start = Stopwatch.GetTimestamp();
                ways[way].Make(string.Create(CultureInfo.InvariantCulture, $"bulk{round + WarmUps}w{way}"));
                if (round >= 0)
                {
                    seconds[way].Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                    cpu[way].Add((ProcessTime.Of(server.Id) - busy) / Operations * 1e6);
                }
            }
        }

        var table = new TextTable($"{Operations} users made by", "seconds", "a second", "times one connection", "CPU µs each");
        var one = Spread.Of(seconds[1])!.Median;
        for (var way = 0; way < ways.Length; way++)
        {
            var median = Spread.Of(seconds[way])!.Median;
            table.Add(ways[way].Name, Figures.Text(Spread.Of(seconds[way]), 3), Figures.Text(Operations / median), Figures.Text(one / median, 1), Figures.Text(Spread.Of(cpu[way])));
        }

        Console.WriteLine($"\n{LoadResults.ThisMachine()}\n\n{table}");
    }

    private static string User(string name, int i) => UserBodies.Create(name).Replace("{n}", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static void Bulk(SetupClient client, string name)
    {
        var operations = Enumerable.Range(0, Operations).Select(i => $$$"""{"method":"POST","path":"/Users","bulkId":"{{{i}}}","data":{{{User(name, i)}}}}""");
        var answer = client.Send(
            HttpMethod.Post,
            "/Bulk",
            $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":[{{string.Join(',', operations)}}]}""",
            "application/scim+json");
        var made = answer.GetProperty("Operations").EnumerateArray().Count(o => o.GetProperty("status").GetString() == "201");
        if (made != Operations)
        {
            throw new BenchException($"Of {Operations} operations {made} were done.");
        }
    }

    private static void Singles(SetupClient client, string name, int connections)
    {
        var next = -1;
        var threads = Enumerable.Range(0, connections).Select(_ => new Thread(() =>
        {
            for (var i = Interlocked.Increment(ref next); i < Operations; i = Interlocked.Increment(ref next))
            {
                client.Send(HttpMethod.Post, "/Users", User(name, i), "application/scim+json");
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
    }
}
