namespace Bench.Client;

/// <summary>How a load is put on a server.</summary>
internal sealed record LoadShape
{
    /// <summary>How many connections send at once.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How long new requests are sent.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many requests are sent at most.</summary>
    public long MaxRequests { get; init; } = long.MaxValue;

    /// <summary>
    /// The time from one request of a connection to its next; null for as soon as it is answered. Latency then counts from when a
    /// request was due, so that a slow answer is not hidden by the requests that it held back.
    /// </summary>
    public TimeSpan? Interval { get; init; }
}
