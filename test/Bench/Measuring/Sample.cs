namespace Bench.Measuring;

/// <summary>One run of one kind of request on one server.</summary>
internal sealed record Sample
{
    /// <summary>How many requests were answered right.</summary>
    public long Requests { get; init; }

    /// <summary>How many were not.</summary>
    public long Errors { get; init; }

    /// <summary>Answers a second.</summary>
    public double PerSecond { get; init; }

    /// <summary>Half of the latencies are shorter, in milliseconds.</summary>
    public double Median { get; init; }

    /// <summary>Of a hundred latencies one is longer, in milliseconds.</summary>
    public double P99 { get; init; }

    /// <summary>CPU time of the server for each request, in microseconds; null where its process is not known.</summary>
    public double? CpuMicroseconds { get; init; }

    /// <summary>CPU time of the load generator for each request, in microseconds.</summary>
    public double GeneratorMicroseconds { get; init; }

    /// <summary>How many cores others used meanwhile.</summary>
    public double OtherCores { get; init; }

    /// <summary>Storage reads for each request; null where they are not known.</summary>
    public double? Reads { get; init; }

    /// <summary>Storage writes for each request, clears included; null where they are not known.</summary>
    public double? Writes { get; init; }

    /// <summary>Reads and writes for each request.</summary>
    public double? Operations => Reads + Writes;
}
