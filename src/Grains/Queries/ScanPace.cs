namespace Grains.Queries;

/// <summary>
/// Lets half of the cores look through resources and no more, in small steps, half of the time: whoever asks for one resource meanwhile finds
/// a core that is free. (By the yield alone the processor is not free for others; by a rest after each step a scan takes five times as long,
/// because the shortest rest of the system is several steps long.)
/// </summary>
public sealed class ScanPace : IDisposable
{
    /// <summary>How long is worked before a rest.</summary>
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(4);

    /// <summary>The shortest rest there is. It takes up to 4 ms, by the tick of the system.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim steps = new(Math.Max(1, Environment.ProcessorCount / 2));
    private long worked;

    /// <summary>Runs a step when it is its turn.</summary>
    internal async Task<T> Step<T>(Func<Task<T>> step)
    {
        await steps.WaitAsync();
        try
        {
            var begun = TimeProvider.System.GetTimestamp();
            var result = await step();
            if (Interlocked.Add(ref worked, TimeProvider.System.GetElapsedTime(begun).Ticks) < Work.Ticks)
            {
                await Task.Yield();
            }
            else
            {
                Interlocked.Exchange(ref worked, 0);
                await Task.Delay(Rest, TimeProvider.System);
            }

            return result;
        }
        finally
        {
            steps.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => steps.Dispose();
}
