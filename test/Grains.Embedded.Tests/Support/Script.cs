using System.Collections.Concurrent;

namespace Grains.Embedded.Tests;

/// <summary>What test grains wait for and report: gates that a test opens, and a log that it reads.</summary>
internal sealed class Script
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _reached = new();
    private volatile bool _allOpen;

    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>How often something happened; a test sets it to make the next ones fail.</summary>
    public ConcurrentDictionary<string, Exception> Faults { get; } = new();

    /// <summary>For a grain: says that it is here, and waits until the test lets it go on.</summary>
    public Task PassAsync(string gate)
    {
        Source(_reached, gate).TrySetResult();
        return _allOpen ? Task.CompletedTask : Source(_gates, gate).Task;
    }

    /// <summary>Waits only where the test has asked for it, by <see cref="Hold"/>.</summary>
    public Task PassAsyncIfAsked(string gate) => _gates.ContainsKey(gate) ? PassAsync(gate) : Task.CompletedTask;

    public void Hold(string gate) => Source(_gates, gate);

    /// <summary>For a test: waits until a grain stands before the gate.</summary>
    public Task ReachedAsync(string gate) => Source(_reached, gate).Task.WaitAsync(TimeSpan.FromSeconds(10));

    public void Open(string gate) => Source(_gates, gate).TrySetResult();

    public void OpenAll()
    {
        _allOpen = true;
        foreach (var gate in _gates.Values)
        {
            gate.TrySetResult();
        }
    }

    public void ThrowIfFaulty(string place)
    {
        if (Faults.TryRemove(place, out var fault))
        {
            throw fault;
        }
    }

    private static TaskCompletionSource Source(ConcurrentDictionary<string, TaskCompletionSource> sources, string name) =>
        sources.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
