using System.Diagnostics;

namespace Bench.Client;

/// <summary>What the connections of one load share: when it ends, how many requests it still has, who is done.</summary>
internal sealed class LoadClock(LoadShape shape)
{
    private readonly long end = Stopwatch.GetTimestamp() + (long)(shape.Duration.TotalSeconds * Stopwatch.Frequency);
    private readonly CountdownEvent running = new(shape.Connections);
    private long budget = shape.MaxRequests;

    /// <summary>Whether requests have their times.</summary>
    public bool IsPaced => shape.Interval is not null;

    /// <summary>The time between two requests of a connection.</summary>
    public long IntervalTicks { get; } = (long)((shape.Interval?.TotalSeconds ?? 0) * Stopwatch.Frequency);

    /// <summary>Whether any connection still works.</summary>
    public bool IsRunning => !running.IsSet;

    /// <summary>Whether new requests may be sent.</summary>
    public bool MayGoOn(long now) => now < end && Volatile.Read(ref budget) > 0;

    /// <summary>Takes one request of the budget.</summary>
    public bool TakesOne(long now) => now < end && (shape.MaxRequests == long.MaxValue || Interlocked.Decrement(ref budget) >= 0);

    /// <summary>A connection has its last answer.</summary>
    public void ConnectionDone() => running.Signal();

    /// <summary>Waits until all connections are done.</summary>
    public bool Wait(TimeSpan longest) => running.Wait(longest);
}
