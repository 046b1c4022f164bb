using System.Runtime.InteropServices;

namespace Grains.Embedded;

/// <summary>Grain states as rows of a <see cref="SqliteStore"/>, which several storages and silos may share.</summary>
public sealed class SqliteGrainStorage(SqliteStore store, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await store.ReadAsync(grainId, stateName);
        grainState.State = (row is null ? default : serializer.Deserialize<T>(BinaryData.FromBytes(row.Data))) ?? NewState<T>.Create();
        grainState.ETag = row?.ETag;
        grainState.RecordExists = row is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var data = serializer.Serialize(grainState.State).ToMemory();
        var whole = MemoryMarshal.TryGetArray(data, out var bytes) && bytes is { Offset: 0 } && bytes.Count == bytes.Array!.Length ? bytes.Array : data.ToArray();
        grainState.ETag = await store.WriteAsync(grainId, stateName, grainState.ETag, whole);
        grainState.RecordExists = true;
    }

    /// <summary>Deletes the row. As with Orleans' Azure Table storage, a state that was not stored is cleared without asking the storage.</summary>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is { } etag)
        {
            await store.ClearAsync(grainId, stateName, etag);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = NewState<T>.Create();
    }
}
