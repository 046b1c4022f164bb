using System.Collections.Concurrent;
using Grains.Storage;

namespace Grains.Tests;

/// <summary>Rows in memory, in their stored form, guarded by ETags.</summary>
internal sealed class MemoryRows : IGrainStorage
{
    private readonly StateSerializer serializer = new();
    private readonly ConcurrentDictionary<(GrainId Grain, string State), (string ETag, BinaryData Data)> rows = new();

    public List<string> Names() => [.. rows.Keys.Select(k => $"{k.Grain.Type}/{k.Grain.Key}")];

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // As with any storage, the caller goes on in a later turn.
        await Task.Yield();
        grainState.RecordExists = rows.TryGetValue((grainId, stateName), out var row);
        grainState.ETag = row.ETag;
        grainState.State = grainState.RecordExists ? serializer.Deserialize<T>(row.Data) : Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = (ETag: Guid.NewGuid().ToString("N"), Data: serializer.Serialize(grainState.State));
        await Task.Yield();
        var written = grainState.ETag is null
            ? rows.TryAdd((grainId, stateName), row)
            : rows.TryGetValue((grainId, stateName), out var before) && before.ETag == grainState.ETag && rows.TryUpdate((grainId, stateName), row, before);
        if (!written)
        {
            throw new InconsistentStateException($"{grainId}: the row has another ETag.");
        }

        grainState.ETag = row.ETag;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        if (grainState.ETag is { } etag
            && !(rows.TryGetValue((grainId, stateName), out var before) && before.ETag == etag && rows.TryRemove(new((grainId, stateName), before))))
        {
            throw new InconsistentStateException($"{grainId}: the row has another ETag.");
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }
}
