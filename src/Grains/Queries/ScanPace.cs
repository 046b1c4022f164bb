namespace Grains.Queries;

/// <summary>
/// Lets half of the cores look through resources and no more, in small steps with a rest after each: whoever asks for one resource meanwhile
/// finds a core that is free.
/// </summary>
public sealed class ScanPace : IDisposable
{
    /// <summary>How long is rested after a step: as long as a step takes, about.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private readonly SemaphoreSlim steps = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Runs a step when it is its turn.</summary>
    internal async Task<T> Step<T>(Func<Task<T>> step)
    {
        await steps.WaitAsync();
        try
        {
            return await step();
        }
        finally
        {
            await Task.Delay(Rest, TimeProvider.System);
            steps.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => steps.Dispose();
}
