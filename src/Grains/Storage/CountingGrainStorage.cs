namespace Grains.Storage;

/// <summary>Counts the operations on the storage behind it.</summary>
/// <param name="inner">The storage.</param>
/// <param name="metrics">Where they are counted.</param>
public sealed class CountingGrainStorage(IGrainStorage inner, StorageMetrics metrics) : IGrainStorage
{
    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        metrics.CountRead(stateName);
        return inner.ReadStateAsync(stateName, grainId, grainState);
    }

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        metrics.CountWrite(stateName);
        return inner.WriteStateAsync(stateName, grainId, grainState);
    }

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        metrics.CountClear(stateName);
        return inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
