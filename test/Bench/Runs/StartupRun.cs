using System.Diagnostics;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;

namespace Bench.Runs;

/// <summary>Measures how long the server takes from the start of its process to serving, with many users stored.</summary>
internal sealed class StartupRun(BenchOptions options)
{
    /// <summary>Measures and prints a table.</summary>
    public void Run()
    {
        var table = new TextTable("users", "ready, s", "first user read, s", "CPU, s", "memory, MB");
        foreach (var users in options.Users)
        {
            var prepared = PreparedDatabase.Get(options.Work, users, spares: 0, options.Assembly);
            var file = prepared.Copy(options.Work);
            var (ready, read, cpu, memory) = (new List<double?>(), new List<double?>(), new List<double?>(), new List<double?>());
            for (var i = 0; i < options.Pairs; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var server = new MusterProcess(file, assembly: options.Assembly);
                ready.Add(server.StartTime.TotalSeconds);
                using var client = new SetupClient(server.TenantUrl, prepared.Directory.Token);
                client.Send(HttpMethod.Get, "/Users/" + prepared.Directory.Users[i]);
                read.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                cpu.Add(ProcessTime.Of(server.Id));
                memory.Add(ProcessTime.Megabytes(server.Id));
            }

            table.Add(
                Figures.Text(users),
                Figures.Text(Spread.Of(ready), 2),
                Figures.Text(Spread.Of(read), 2),
                Figures.Text(Spread.Of(cpu), 2),
                Figures.Text(Spread.Of(memory)));
        }

        Console.WriteLine($"\n{LoadResults.ThisMachine()}\n\n{table}");
    }
}
