namespace Bench.Requests;

/// <summary>Numbers that are drawn once, by all connections of a run together.</summary>
internal sealed class Numbers(long first)
{
    private long next = first - 1;

    /// <summary>The next number.</summary>
    public long Next() => Interlocked.Increment(ref next);
}
