using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures how long an index takes to be built while its directory is provisioned, and what that costs those requests.</summary>
internal sealed class IndexesRun(BenchOptions options)
{
    private const int Connections = 16;

    /// <summary>How many requests a second the directory gets meanwhile.</summary>
    private const int SteadyPerSecond = 500;

    /// <summary>How often it is looked whether the index is there.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Measures, and prints a table.</summary>
    public void Run()
    {
        var prepared = PreparedDatabase.Get(options.Work, options.Users[^1], spares: 0, options.Assembly);
        using var server = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        using var client = new SetupClient(server.TenantUrl, prepared.Directory.Token);
        var address = ServerAddress.Of(server.TenantUrl);
        var indexes = $"/directories/{prepared.Directory.Token.Split('_')[1]}/indexes";
        var sources = Enumerable.Range(0, Connections).Select(i => new RefusableSource(RequestKinds.Mixed(prepared.Directory, address, i))).ToArray();
        var probe = new Probe(server.Id, server.Operations);
        var table = new TextTable("meanwhile", "s", "requests", "CPU s", "writes", "p50 ms", "p99 ms", "refused", "errors", "memory MB");

        // The first is not counted: its requests are compiled meanwhile.
        Steady(() => Thread.Sleep(TimeSpan.FromSeconds(options.Seconds)), null);
        Steady(() => Thread.Sleep(TimeSpan.FromSeconds(options.Seconds)), "nothing else");
        Steady(() => Change("""{"userIndexes":["externalId","displayName"]}"""), "an index of displayName is built");
        foreach (var number in Enumerable.Range(0, 100).Select(_ => prepared.Directory.RandomNumber()))
        {
            Found(number);
        }

        Steady(() => Thread.Sleep(TimeSpan.FromSeconds(options.Seconds)), "nothing else, with that index");
        Console.WriteLine($"\n{LoadResults.ThisMachine()}\n{options.Users[^1]} users, {SteadyPerSecond} requests a second to the same directory\n\n{table}");

        // A user who was changed meanwhile has another name by now.
        void Found(long number)
        {
            var user = Only(client.Send(HttpMethod.Get, Filter("userName", UserBodies.UserName(prepared.Directory.Population).Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))));
            var name = user.GetProperty("displayName").GetString()!;
            var found = client.Send(HttpMethod.Get, Filter("displayName", name)).GetProperty("Resources").EnumerateArray();
            if (!found.Any(u => u.GetProperty("id").GetString() == user.GetProperty("id").GetString()))
            {
                throw new BenchException($"By displayName eq \"{name}\" the user who has it is not found.");
            }
        }

        void Change(string body)
        {
            server.Admin(HttpMethod.Put, indexes, body);
            while (server.Admin(HttpMethod.Get, indexes).GetProperty("userIndexes").EnumerateArray().Any(i => i.GetProperty("status").GetString() != "ready"))
            {
                Thread.Sleep(Pause);
            }
        }

        void Steady(Action what, string? name)
        {
            var (start, cpu, operations, refused) = (Stopwatch.GetTimestamp(), ProcessTime.Of(server.Id), server.Operations(), sources.Sum(s => s.Refused));
            Exception? failed = null;
            var over = new ManualResetEventSlim();
            var thread = new Thread(() =>
            {
                try
                {
                    what();
                }
                catch (Exception exception)
                {
                    failed = exception;
                }

                over.Set();
            });
            thread.Start();
            var samples = new List<Sample>();
            while (!over.IsSet)
            {
                samples.Add(probe.Run(
                    address.Server,
                    new LoadShape { Connections = Connections, Duration = TimeSpan.FromSeconds(options.Seconds), Interval = TimeSpan.FromSeconds((double)Connections / SteadyPerSecond) },
                    i => sources[i]));
            }

            thread.Join();
            if (failed is not null)
            {
                throw new BenchException($"{name}: {failed.Message}");
            }

            if (name is not null)
            {
                table.Add(
                    name,
                    Figures.Text(Stopwatch.GetElapsedTime(start).TotalSeconds),
                    Figures.Text(samples.Sum(s => s.Requests)),
                    Figures.Text(ProcessTime.Of(server.Id) - cpu, 1),
                    Figures.Text(server.Operations().Since(operations).Writes),
                    Figures.Text(Spread.Of(samples.Select(s => (double?)s.Median)), 2),
                    Figures.Text(Spread.Of(samples.Select(s => (double?)s.P99)), 2),
                    Figures.Text(sources.Sum(s => s.Refused) - refused),
                    Figures.Text(samples.Sum(s => s.Errors)),
                    Figures.Text(ProcessTime.Megabytes(server.Id)));
            }
        }
    }

    private static JsonElement Only(JsonElement list) => list.GetProperty("Resources").EnumerateArray().Single();

    private static string Filter(string attribute, string value) => "/Users?filter=" + Uri.EscapeDataString($"{attribute} eq \"{value}\"");
}
