using System.Numerics;

namespace Bench.Client;

/// <summary>Counts latencies by microseconds, in buckets that are 1.6 % wide at most, so that a request costs an increment.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;
    private const int MaxPower = 32;

    private readonly long[] counts = new long[SubBuckets * (MaxPower - SubBits + 1)];

    /// <summary>How many were counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, in microseconds.</summary>
    public long Max { get; private set; }

    /// <summary>Counts one.</summary>
    public void Add(long microseconds)
    {
        counts[Math.Min(BucketOf(microseconds), counts.Length - 1)]++;
        Count++;
        Max = Math.Max(Max, microseconds);
    }

    /// <summary>Counts all that another has counted.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] += other.counts[i];
        }

        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>The latency in milliseconds that a fraction of all do not exceed; 0 where there are none.</summary>
    public double Milliseconds(double fraction)
    {
        var rank = (long)Math.Ceiling(Count * fraction);
        var seen = 0L;
        for (var i = 0; i < counts.Length && rank > 0; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                return Math.Min(UpperEnd(i), Max) / 1000.0;
            }
        }

        return 0;
    }

    private static int BucketOf(long value)
    {
        if (value < SubBuckets)
        {
            return (int)Math.Max(value, 0);
        }

        var shift = BitOperations.Log2((ulong)value) - SubBits;
        return (int)(((shift + 1) * SubBuckets) + (value >> shift) - SubBuckets);
    }

    private static long UpperEnd(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket / SubBuckets) - 1;
        return (((long)(bucket % SubBuckets) + SubBuckets + 1) << shift) - 1;
    }
}
