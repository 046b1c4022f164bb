#pragma warning disable CS9113 // Stubs: the bodies come next.
namespace Grains.Embedded;

/// <summary>Grain states as rows of a <see cref="SqliteStore"/>, which several storages and silos may share.</summary>
public sealed class SqliteGrainStorage(SqliteStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("Not built yet.");

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("Not built yet.");

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException("Not built yet.");
}
