using System.Collections.Concurrent;

namespace Grains.Storage;

/// <summary>
/// The resources whose ids this process has just drawn: nobody can have stored them, so their first activation need not read. A read
/// that finds nothing waits for all that storage is doing, which would be half the time of a create. Where this is mistaken, the write
/// fails, because it is one of a row that must not be there.
/// </summary>
public sealed class NewRows
{
    /// <summary>More are forgotten: with several silos, some are activated elsewhere and never asked for here.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, string> states = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Says that a resource with a newly drawn id is about to be created.</summary>
    /// <param name="state">The name of its state.</param>
    /// <param name="key">The key of its grain.</param>
    public void Expect(string state, string key)
    {
        if (Interlocked.Increment(ref count) > Most)
        {
            states.Clear();
            Volatile.Write(ref count, 0);
        }

        states[key] = state;
    }

    /// <summary>Whether a state is new; true once.</summary>
    internal bool Take(string state, string key)
    {
        if (Volatile.Read(ref count) <= 0 || !states.TryRemove(new(key, state)))
        {
            return false;
        }

        Interlocked.Decrement(ref count);
        return true;
    }
}
