namespace Grains.Embedded;

/// <summary>
/// Where grain states are kept: one row for each grain and state name, guarded by an ETag. Found by its name as a keyed service, so that a
/// decorator can be put before it.
/// </summary>
public interface IGrainStorage
{
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
