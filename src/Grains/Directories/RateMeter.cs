namespace Grains.Directories;

/// <summary>
/// So many requests a second, evenly: what comes faster waits for its turn, and what would have to wait too long is refused. A tenth of
/// a second's worth may come at once. (A burst of two seconds' worth made the other directories wait six times as long as usual.)
/// </summary>
/// <param name="perSecond">The rate; 0 for no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class RateMeter(int perSecond, TimeProvider time)
{
    /// <summary>How long a request may have to wait.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(500);

    private readonly double capacity = Math.Max(1, perSecond / 10.0);
    private double tokens = Math.Max(1, perSecond / 10.0);
    private long last = time.GetTimestamp();

    /// <summary>The rate; 0 for no limit.</summary>
    public int PerSecond => perSecond;

    /// <summary>Takes one request.</summary>
    /// <returns>How long it has to wait, mostly not at all; or null where it is refused, and the client is to try again after <see cref="RetryAfterSeconds"/>.</returns>
    public TimeSpan? Take()
    {
        if (perSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        Refill();

        // Below zero are those who wait.
        var wait = TimeSpan.FromSeconds(Math.Max(0, (1 - tokens) / perSecond));
        if (wait > MaxWait)
        {
            return null;
        }

        tokens--;
        return wait;
    }

    /// <summary>After how many seconds one who was refused may try again.</summary>
    public int RetryAfterSeconds => (int)Math.Ceiling(Math.Max(1, ((1 - tokens) / perSecond) - MaxWait.TotalSeconds));

    /// <summary>Takes so many requests that have come already, whether there is room for them or not.</summary>
    public void Charge(int requests)
    {
        if (perSecond > 0)
        {
            Refill();
            tokens -= requests;
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        tokens = Math.Min(capacity, tokens + (time.GetElapsedTime(last, now).TotalSeconds * perSecond));
        last = now;
    }
}
