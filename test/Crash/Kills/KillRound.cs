using Crash.Options;
using Crash.Processes;

namespace Crash.Kills;

/// <summary>One round: an empty database, one run of the simulator, and kills until it ends; then the comparison after a last restart.</summary>
internal sealed class KillRound(CrashOptions options, ulong seed, string dialect, int mostKills)
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(90);

    /// <summary>How long the simulator, and the last comparison, may take once nothing is killed any more.</summary>
    private static readonly TimeSpan s_afterKills = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_splitPatience = TimeSpan.FromSeconds(1.5);

    private readonly Dictionary<KillKind, int> _kills = [];

    public IReadOnlyDictionary<KillKind, int> Kills => _kills;

    public int KillCount => _kills.Values.Sum();

    public List<string> Surprises { get; } = [];

    /// <summary>Where a resource was deleted and the other side of a membership does not know yet: PROTOCOL R8 is to finish that.</summary>
    public List<string> Leftovers { get; } = [];

    public List<double> ReadyTimes { get; } = [];

    public List<string> Faults { get; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        var folder = Path.Combine(options.Work, $"seed-{seed}");
        Directory.CreateDirectory(folder);
        using var server = new Server(Path.Combine(folder, "muster.db"), Path.Combine(folder, "server.txt"));
        try
        {
            await RunAsync(server, folder, stop);
        }
        finally
        {
            ReadyTimes.AddRange(server.ReadyTimes);
            Faults.AddRange(server.Faults);
        }
    }

    private async Task RunAsync(Server server, string folder, CancellationToken stop)
    {
        server.Start();
        if (!await IsReadyAsync(server, stop))
        {
            return;
        }

        var state = Path.Combine(folder, "model.json");
        using (var simulator = Simulator.Provision(server, options, dialect, seed, state, Path.Combine(folder, "simulator.txt")))
        {
            await KillAsync(server, simulator, stop);
            if (!await simulator.EndsAsync(s_afterKills, stop))
            {
                Surprises.Add("The simulator did not come to an end in time.");
            }

            Note("simulator", simulator, state);
        }

        await server.KillAsync();
        server.Start();
        if (!await IsReadyAsync(server, stop))
        {
            return;
        }

        using var verify = Simulator.Verify(options, state, Path.Combine(folder, "verify.txt"));
        if (!await verify.EndsAsync(s_afterKills, stop))
        {
            Surprises.Add("The last comparison did not come to an end in time.");
        }

        Note("after the last restart", verify, state);
        var check = new RoundCheck(server, Path.Combine(folder, "muster.db"), Path.Combine(folder, "check.txt"));
        await check.RunAsync(stop);
        Surprises.AddRange(check.Surprises);
        Console.WriteLine($"  check: {(check.Surprises.Count == 0 ? "all rows agree with each other" : $"{check.Surprises.Count} surprises")}; {check.Leftovers} things left over from what was cut off.");
    }

    /// <summary>Kills and restarts the server until the simulator ends or there have been enough kills; leaves it serving.</summary>
    private async Task KillAsync(Server server, Simulator simulator, CancellationToken stop)
    {
        foreach (var moment in KillMoment.Draw(seed).Take(mostKills))
        {
            // The first start was waited for, so there is no start-up to be killed in.
            var kind = KillCount == 0 && moment.Kind == KillKind.StartUp ? KillKind.Serving : moment.Kind;
            if (kind != KillKind.StartUp && !await IsReadyAsync(server, stop))
            {
                return;
            }

            if (kind == KillKind.Split)
            {
                var split = server.NextSplit;
                await Task.WhenAny(split, simulator.Exited, Task.Delay(s_splitPatience, stop));
                kind = split.IsCompleted ? KillKind.Split : KillKind.Serving;
            }

            await Task.WhenAny(simulator.Exited, Task.Delay(moment.Delay, stop));
            stop.ThrowIfCancellationRequested();
            if (simulator.HasExited)
            {
                break;
            }

            if (server.HasExited)
            {
                Surprises.Add($"The server ended by itself with {server.ExitCode}.");
                return;
            }

            await server.KillAsync();
            _kills[kind] = _kills.GetValueOrDefault(kind) + 1;
            server.Start();
        }

        await IsReadyAsync(server, stop);
    }

    private async Task<bool> IsReadyAsync(Server server, CancellationToken stop)
    {
        if (await server.ReadyAsync(s_startLimit, stop))
        {
            return true;
        }

        Surprises.Add(server.HasExited
            ? $"The server ended by itself with {server.ExitCode} instead of becoming ready."
            : $"The server was not ready within {s_startLimit.TotalSeconds} s.");
        return false;
    }

    private void Note(string what, Simulator simulator, string state)
    {
        var deleted = DeletedResources.Read(state);
        foreach (var surprise in simulator.Surprises)
        {
            (deleted.AreNamedIn(surprise) ? Leftovers : Surprises).Add($"{what}: {surprise}");
        }

        if (!simulator.IsClean && simulator.Surprises.Length == 0)
        {
            Surprises.Add($"{what}: it did not end well; see its log.");
        }

        foreach (var line in simulator.Closing)
        {
            Console.WriteLine($"  {what}: {line}");
        }
    }
}
