using System.Collections.Concurrent;

namespace Grains.Embedded.Tests;

/// <summary>A decorator over a grain storage: counts operations, and fails or holds them when a test says so.</summary>
internal sealed class GateStorage(IGrainStorage inner) : IGrainStorage
{
    public ConcurrentQueue<string> Operations { get; } = new();

    /// <summary>What each operation waits for before it reaches the storage.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Enter("read");
        await inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Enter("write");
        await inner.WriteStateAsync(stateName, grainId, grainState);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Enter("clear");
        await inner.ClearStateAsync(stateName, grainId, grainState);
    }

    private Task Enter(string operation)
    {
        Operations.Enqueue(operation);
        return Before(operation);
    }
}
