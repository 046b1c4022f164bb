namespace Bench.Client;

/// <summary>What came of a load.</summary>
/// <param name="Seconds">From the first request to the last answer.</param>
/// <param name="Latencies">Of all answers that were right.</param>
/// <param name="Errors">Answers that were wrong, and requests without one.</param>
/// <param name="FirstError">What the first of them was.</param>
internal sealed record LoadOutcome(double Seconds, LatencyHistogram Latencies, long Errors, string? FirstError)
{
    /// <summary>How many requests were answered right.</summary>
    public long Requests => Latencies.Count;
}
