using System.Diagnostics;
using System.Globalization;

namespace Bench.Processes;

/// <summary>CPU time and memory of processes.</summary>
internal static class ProcessTime
{
    private const double TicksPerSecond = 100;
    private const int FirstBusyField = 1;
    private static readonly int[] IdleFields = [4, 5];

    /// <summary>The CPU time of a process since its start, in seconds.</summary>
    public static double Of(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>The memory of a process, in megabytes.</summary>
    public static double Megabytes(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>The CPU time of this process since its start, in seconds.</summary>
    public static double Own => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>The CPU time of the whole machine, in seconds; 0 where that cannot be read.</summary>
    public static double Machine()
    {
        if (!File.Exists("/proc/stat"))
        {
            return 0;
        }

        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int LastField = 8;
        return Enumerable.Range(FirstBusyField, LastField)
            .Where(i => !IdleFields.Contains(i))
            .Sum(i => long.Parse(fields[i], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
