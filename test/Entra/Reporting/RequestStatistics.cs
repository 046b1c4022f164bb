using System.Diagnostics;
using Entra.Transport;

namespace Entra.Reporting;

/// <summary>Counts answers and how long they took, for all directories together. Safe for many threads.</summary>
internal sealed class RequestStatistics
{
    /// <summary>Counted as the status when there was none.</summary>
    public const int NoAnswer = 0;

    private readonly KindStatistics[] _kinds = [.. Enum.GetValues<RequestKind>().Select(_ => new KindStatistics())];
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _requests;
    private long _waits;
    private long _waitedMilliseconds;
    private long _lost;

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>How often 429 or 503 was answered with a time to wait.</summary>
    public long Waits => Interlocked.Read(ref _waits);

    /// <summary>How many requests got no answer.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public TimeSpan Waited => TimeSpan.FromMilliseconds(Interlocked.Read(ref _waitedMilliseconds));

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_started);

    public KindStatistics this[RequestKind kind] => _kinds[(int)kind];

    public void Count(RequestKind kind, int status, TimeSpan duration)
    {
        Interlocked.Increment(ref _requests);
        if (status == NoAnswer)
        {
            Interlocked.Increment(ref _lost);
        }

        _kinds[(int)kind].Count(status, duration);
    }

    public void CountWait(TimeSpan wait)
    {
        Interlocked.Increment(ref _waits);
        Interlocked.Add(ref _waitedMilliseconds, (long)wait.TotalMilliseconds);
    }
}
