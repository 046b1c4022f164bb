using System.Diagnostics;
using Crash.Options;

namespace Crash.Kills;

/// <summary>Rounds with one seed after the other, until the server has been killed often enough.</summary>
internal sealed class KillRun(CrashOptions options)
{
    private const int ShownSurprises = 20;

    /// <summary>On a slow machine a round would take in all kills: so each dialect gets its share, and each round an end in peace.</summary>
    private const int MostKillsOfARound = 40;

    private readonly Dictionary<KillKind, int> _kills = [];
    private readonly List<double> _readyTimes = [];
    private int _surprises;
    private int _leftovers;
    private int _faults;

    private bool IsClean => _surprises == 0 && _faults == 0 && (_leftovers == 0 || options.AllowLeftovers);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        Console.WriteLine($"Seed {options.Seed}; databases, models and logs in {options.Work}");
        var rounds = 0;
        while (_kills.Values.Sum() < options.Kills && Stopwatch.GetElapsedTime(begun).TotalMinutes < options.Minutes)
        {
            var seed = options.Seed + (ulong)rounds;
            var dialect = options.Dialects[rounds % options.Dialects.Length];
            rounds++;
            var round = new KillRound(options, seed, dialect, Math.Min(MostKillsOfARound, options.Kills - _kills.Values.Sum()));
            var started = Stopwatch.GetTimestamp();
            Console.WriteLine($"Round {rounds}, seed {seed}, dialect {dialect}");
            await round.RunAsync(stop);
            Add(round);
            Console.WriteLine(
                $"  {round.KillCount} kills in {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s ({Words(round.Kills)}); {round.Surprises.Count} surprises, {round.Leftovers.Count} leftovers, {round.Faults.Count} faults logged by the server.");
            foreach (var line in round.Surprises.Concat(round.Leftovers).Concat(round.Faults.Select(fault => $"the server: {fault}")).Take(ShownSurprises))
            {
                Console.WriteLine($"  ! {line}");
            }
        }

        Report(rounds, Stopwatch.GetElapsedTime(begun));
        return IsClean && _kills.Values.Sum() >= options.Kills ? 0 : 1;
    }

    private static string Words(IReadOnlyDictionary<KillKind, int> kills)
        => string.Join(", ", Enum.GetValues<KillKind>().Select(kind => $"{Word(kind)} {kills.GetValueOrDefault(kind)}"));

    private static string Word(KillKind kind) => kind switch
    {
        KillKind.StartUp => "in start-up",
        KillKind.Split => "during a split",
        _ => "while serving",
    };

    private void Add(KillRound round)
    {
        foreach (var (kind, count) in round.Kills)
        {
            _kills[kind] = _kills.GetValueOrDefault(kind) + count;
        }

        _readyTimes.AddRange(round.ReadyTimes);
        _surprises += round.Surprises.Count;
        _leftovers += round.Leftovers.Count;
        _faults += round.Faults.Count;
    }

    private void Report(int rounds, TimeSpan time)
    {
        _readyTimes.Sort();
        Console.WriteLine(
            $"{_kills.Values.Sum()} kills ({Words(_kills)}) in {rounds} rounds, seeds {options.Seed} to {options.Seed + (ulong)rounds - 1}, {time.TotalMinutes:F1} minutes.");
        if (_readyTimes.Count > 0)
        {
            Console.WriteLine(
                $"Ready after a start: p50 {_readyTimes[_readyTimes.Count / 2]:F0} ms, max {_readyTimes[^1]:F0} ms, {_readyTimes.Count} starts waited for.");
        }

        if (_leftovers > 0)
        {
            Console.WriteLine($"{_leftovers} leftovers: a deleted resource is still named by the other side of a membership.");
        }

        Console.WriteLine(IsClean ? "No surprises: nothing lost, nothing twice." : $"{_surprises} surprises, {_faults} faults logged by the server.");
    }
}
