using System.Diagnostics;
using Fuzz.Inputs;
using Fuzz.Targets;

namespace Fuzz.Runs;

/// <summary>Feeds one target. A second thread may ask how long the input at hand takes.</summary>
internal sealed class TargetRun(FuzzTarget target, int seed)
{
    /// <summary>An input may allocate so much whatever its length, in bytes: compiling a filter for three dialects, say.</summary>
    public const long FreeBytes = 2 << 20;

    /// <summary>And so much for each of its bytes.</summary>
    public const long BytesPerByte = 4 << 10;

    /// <summary>How long an input may take. A machine that does other things must not make it fail, and a hang is longer.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>Failures after which a target stops, and of which only the first of a kind are kept.</summary>
    private const int MaxFailures = 5;

    private readonly List<FuzzFailure> failures = [];
    private byte[] current = [];
    private long begun;
    private long number;
    private long accepted;
    private double mostBytes;
    private TimeSpan slowest;

    /// <summary>The input at hand, where it has taken too long.</summary>
    public FuzzFailure? Hanging
    {
        get
        {
            var since = Volatile.Read(ref begun);
            return since != 0 && Stopwatch.GetElapsedTime(since) > MaxTime
                ? new FuzzFailure(target.Name, Volatile.Read(ref number), $"no answer after {MaxTime.TotalSeconds} s", Volatile.Read(ref current))
                : null;
        }
    }

    /// <summary>Tries the seeds, and then inputs made of them.</summary>
    /// <param name="inputs">How many.</param>
    /// <param name="time">For how long at most, or null.</param>
    public TargetResult Run(long inputs, TimeSpan? time)
    {
        // By the name's letters, not by its hash code, which is another in each process.
        var random = new Random(target.Name.Aggregate(seed, (hash, letter) => unchecked((hash * 31) + letter)));
        var seeds = target.Seeds.Select(Samples.Bytes).ToList();
        var pool = new Pool(seeds, random);
        var mutator = new Mutator(random, target.Tokens);
        var started = Stopwatch.GetTimestamp();
        while (number < inputs && failures.Count < MaxFailures && !(time is { } most && Stopwatch.GetElapsedTime(started) > most))
        {
            var input = number < seeds.Count ? seeds[(int)number] : mutator.Make(pool.Draw(), pool.Draw());
            if (Try(input) is { } outcome)
            {
                pool.Offer(input, outcome);
            }
        }

        return new TargetResult(target.Name, number, accepted, pool.Outcomes, Stopwatch.GetElapsedTime(started), slowest, mostBytes, failures);
    }

    /// <summary>Tries one input.</summary>
    public TargetResult Replay(byte[] input)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = Try(input);
        return new TargetResult(target.Name, 1, accepted, outcome is null ? 0 : 1, Stopwatch.GetElapsedTime(started), slowest, mostBytes, failures);
    }

    private string? Try(byte[] input)
    {
        Volatile.Write(ref current, input);
        number++;
        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref begun, start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        string? outcome = null;
        string? failure = null;
        try
        {
            outcome = target.Try(input);
            accepted += outcome.Contains(Outcome.Accepted, StringComparison.Ordinal) ? 1 : 0;
        }
        catch (BrokenRuleException exception)
        {
            failure = exception.Message;
        }
        catch (Exception exception)
        {
            failure = exception.ToString();
        }

        Volatile.Write(ref begun, 0);
        var took = Stopwatch.GetElapsedTime(start);
        slowest = took > slowest ? took : slowest;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        mostBytes = Math.Max(mostBytes, (double)allocated / (FreeBytes + (BytesPerByte * input.Length)));
        failure ??= allocated > FreeBytes + (BytesPerByte * input.Length) ? $"allocated {allocated} bytes for an input of {input.Length}"
            : took > MaxTime ? $"took {took.TotalSeconds:F1} s" : null;
        if (failure is not null && !failures.Exists(known => Kind(known.What) == Kind(failure)))
        {
            failures.Add(new FuzzFailure(target.Name, number, failure, input));
        }

        return outcome;
    }

    private static string Kind(string failure) => new([.. failure.TakeWhile(letter => letter is not ('\n' or ':'))]);
}
