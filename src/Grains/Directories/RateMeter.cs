namespace Grains.Directories;

/// <summary>A token bucket: so many requests a second, and twice as many in a burst.</summary>
/// <param name="perSecond">The rate; 0 for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class RateMeter(int perSecond, TimeProvider time)
{
    private readonly double capacity = perSecond * 2.0;
    private double tokens = perSecond * 2.0;
    private long last = time.GetTimestamp();

    /// <summary>Takes one request.</summary>
    /// <returns>0 where it may go on; otherwise after how many whole seconds to try again.</returns>
    public int Take()
    {
        if (perSecond <= 0)
        {
            return 0;
        }

        var now = time.GetTimestamp();
        tokens = Math.Min(capacity, tokens + (time.GetElapsedTime(last, now).TotalSeconds * perSecond));
        last = now;
        if (tokens >= 1)
        {
            tokens--;
            return 0;
        }

        return Math.Max(1, (int)Math.Ceiling((1 - tokens) / perSecond));
    }
}
