namespace Grains.Storage;

/// <summary>Answers the first read of a row that cannot be there yet, without asking the storage behind it.</summary>
/// <param name="inner">The storage.</param>
/// <param name="rows">The rows.</param>
public sealed class NewRowGrainStorage(IGrainStorage inner, NewRows rows) : IGrainStorage
{
    /// <inheritdoc />
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!rows.Take(stateName, grainId.Key.ToString()!))
        {
            return inner.ReadStateAsync(stateName, grainId, grainState);
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.WriteStateAsync(stateName, grainId, grainState);

    /// <inheritdoc />
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ClearStateAsync(stateName, grainId, grainState);
}
