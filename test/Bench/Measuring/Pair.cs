namespace Bench.Measuring;

/// <summary>A run on the measured server and one on the bare endpoint, one right after the other.</summary>
internal sealed record Pair(Sample Server, Sample Bare)
{
    /// <summary>The server's throughput as a part of the bare endpoint's.</summary>
    public double Ratio => Server.PerSecond / Bare.PerSecond;

    /// <summary>The bare endpoint's CPU time a request as a part of the server's: what the ratio would be if CPU time were all.</summary>
    public double? CpuRatio => Bare.CpuMicroseconds / Server.CpuMicroseconds;
}
