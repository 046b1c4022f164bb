namespace Api.Scim;

/// <summary>
/// Holds the refusal of a request that is over its directory's rate for a moment. A client that sends its next one at once, whatever
/// <c>Retry-After</c> says, would else take more of the machine by being refused than by being served, and others would feel it.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class HeldRefusals(TimeProvider time)
{
    /// <summary>How long a refusal is held: shorter than the second that it tells the client to wait.</summary>
    public static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(500);

    /// <summary>How many are held at once; more are told without delay, so that what is held takes no memory to speak of.</summary>
    private const int Most = 2000;

    private int held;

    /// <summary>Waits, unless too many wait already or the client goes away.</summary>
    public async Task Hold(CancellationToken aborted)
    {
        try
        {
            if (Interlocked.Increment(ref held) <= Most)
            {
                await Task.Delay(HoldTime, time, aborted);
            }
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }
}
