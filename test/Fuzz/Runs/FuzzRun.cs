using System.Globalization;
using System.Text;
using Fuzz.Options;
using Fuzz.Targets;

namespace Fuzz.Runs;

/// <summary>Feeds the targets, one after the other, and says what came of it.</summary>
internal sealed class FuzzRun(FuzzOptions options, TextWriter output)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private const int ShownBytes = 400;

    /// <summary>What came of the targets so far.</summary>
    public List<TargetResult> Results { get; } = [];

    /// <summary>Runs; true where nothing failed.</summary>
    public bool Run()
    {
        var targets = AllTargets.List.Where(target => options.Only.Count == 0 || options.Only.Contains(target.Name)).ToList();
        output.WriteLine($"Seed {options.Seed}, {targets.Count} targets.");
        output.WriteLine($"{"target",-16}{"inputs",10}{"a second",10}{"accepted",10}{"outcomes",10}{"slowest ms",12}{"memory %",10}");
        var passed = true;
        foreach (var target in targets)
        {
            var result = RunOne(target, options.Inputs / targets.Count, options.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds / targets.Count) : null);
            Results.Add(result);
            Write(result);
            passed &= result.Failures.Count == 0;
        }

        var all = Results.Sum(result => result.Inputs);
        var time = Results.Sum(result => result.Time.TotalSeconds);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all} inputs in {time:F1} s, {Results.Sum(result => result.Failures.Count)} failures."));
        return passed;
    }

    private TargetResult RunOne(FuzzTarget target, long inputs, TimeSpan? time)
    {
        var run = new TargetRun(target, options.Seed);
        TargetResult? result = null;
        var thread = new Thread(() => result = options.Replay is { } input ? run.Replay(input) : run.Run(inputs, time)) { IsBackground = true, Name = target.Name };
        thread.Start();
        while (!thread.Join(LookEvery))
        {
            if (run.Hanging is { } hanging)
            {
                // A thread cannot be ended: it stays behind, and the target with it.
                return new TargetResult(target.Name, hanging.Number, 0, 0, TargetRun.MaxTime, TargetRun.MaxTime, 0, [hanging]);
            }
        }

        return result!;
    }

    private void Write(TargetResult result)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Target,-16}{result.Inputs,10}{result.Inputs / Math.Max(result.Time.TotalSeconds, 1e-6),10:F0}{result.Accepted,10}{result.Outcomes,10}{result.Slowest.TotalMilliseconds,12:F1}{100 * result.MostBytes,10:F1}"));
        foreach (var failure in result.Failures)
        {
            output.WriteLine($"FAILURE in {failure.Target}, seed {options.Seed}, input {failure.Number}: {failure.What}");
            output.WriteLine($"  text:   {Encoding.UTF8.GetString(failure.Input.AsSpan(0, Math.Min(failure.Input.Length, ShownBytes)))}");
            output.WriteLine($"  replay: --only {failure.Target} --replay {Convert.ToBase64String(failure.Input)}");
        }
    }
}
