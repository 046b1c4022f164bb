using System.Collections.Concurrent;
using Spectre.Console;

namespace Entra.Reporting;

/// <summary>
/// Tells how far each directory is: a bar for each on a terminal, a line for each finished phase elsewhere. Safe for many threads.
/// </summary>
internal sealed class ProgressBoard(TextWriter output, ProgressContext? bars)
{
    private readonly ConcurrentDictionary<string, ProgressTask> _barOf = new();

    /// <summary>Begins a phase of <paramref name="total"/> steps; dispose it when it is over.</summary>
    public PhaseProgress Begin(string directory, string phase, int total)
    {
        var title = $"{directory}: {phase}";
        ProgressTask? bar = null;
        if (bars is not null)
        {
            bar = _barOf.GetOrAdd(directory, static (name, bars) => bars.AddTask(Markup.Escape(name)), bars);
            bar.Description = Markup.Escape(title);
            bar.Value = 0;
            bar.MaxValue = Math.Max(1, total);
        }

        return new PhaseProgress(output, title, total, bar);
    }
}
