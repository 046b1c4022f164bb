using System.Diagnostics;
using Spectre.Console;

namespace Entra.Reporting;

/// <summary>One phase of one directory, from <see cref="ProgressBoard.Begin"/>.</summary>
internal sealed class PhaseProgress(TextWriter output, string title, int total, ProgressTask? bar) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _done;

    public void Step()
    {
        Interlocked.Increment(ref _done);
        bar?.Increment(1);
    }

    public void Dispose()
    {
        if (bar is null)
        {
            output.WriteLine($"{title}: {_done} of {total} in {Stopwatch.GetElapsedTime(_started).TotalSeconds:F1} s");
        }
    }
}
