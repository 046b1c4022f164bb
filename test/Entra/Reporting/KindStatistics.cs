namespace Entra.Reporting;

/// <summary>The answers to one kind of request.</summary>
internal sealed class KindStatistics
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, int> _byStatus = [];
    private readonly List<int> _microseconds = [];

    public void Count(int status, TimeSpan duration)
    {
        lock (_gate)
        {
            _byStatus[status] = _byStatus.GetValueOrDefault(status) + 1;
            _microseconds.Add((int)duration.TotalMicroseconds);
        }
    }

    public KeyValuePair<int, int>[] ByStatus()
    {
        lock (_gate)
        {
            return [.. _byStatus];
        }
    }

    /// <summary>Durations in milliseconds, shortest first.</summary>
    public double[] SortedMilliseconds()
    {
        lock (_gate)
        {
            var sorted = _microseconds.Select(duration => duration / 1000.0).ToArray();
            Array.Sort(sorted);
            return sorted;
        }
    }
}
