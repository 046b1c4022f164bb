using Entra.Model;
using Entra.Options;
using Entra.Randomness;
using Entra.Reporting;
using Entra.Transport;
using Entra.Verification;

namespace Entra.Cycles;

/// <summary>One Entra job: what every step of it needs to talk to its directory.</summary>
internal sealed class Job(
    DirectoryUnderTest directory,
    SimulatorOptions options,
    ScimConnection connection,
    AnswerCheck check,
    SurpriseLog surprises,
    ProgressBoard board)
{
    public DirectoryUnderTest Directory { get; } = directory;

    public DirectoryModel Model => Directory.Model;

    public SimulatorOptions Options { get; } = options;

    public ScimConnection Connection { get; } = connection;

    public AnswerCheck Check { get; } = check;

    /// <summary>Does one piece of work for each item, so many at a time as the options say; with one at a time, in order.</summary>
    public async Task RunPhaseAsync<T>(
        string phase,
        IReadOnlyCollection<T> items,
        Func<T, CancellationToken, Task> work,
        CancellationToken cancellation)
    {
        if (items.Count == 0)
        {
            return;
        }

        using var progress = board.Begin(Directory.Name, phase, items.Count);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Options.Parallel, CancellationToken = cancellation };
        await System.Threading.Tasks.Parallel.ForEachAsync(items, parallel, async (item, stop) =>
        {
            await work(item, stop);
            progress.Step();
        });
    }

    /// <summary>
    /// Whether a write is to be sent a second time, as if its answer had been lost. Drawn always, so that what follows does not depend
    /// on the fraction.
    /// </summary>
    public bool LosesAnswer(SeededRandom random) => random.Chance(Options.Retries);

    /// <summary>Enters a surprise that is not about a single answer.</summary>
    public void ReportSurprise(string expectation) => surprises.Add(Directory.Name, expectation);
}
