using System.Collections.Concurrent;
using Grains.Storage;

namespace Grains.Tests;

/// <summary>Rows in memory, in their stored form, guarded by ETags.</summary>
internal sealed class MemoryRows : IGrainStorage
{
    private readonly StateSerializer serializer = new();
    private readonly ConcurrentDictionary<(GrainId Grain, string State), (string ETag, BinaryData Data)> rows = new();

    public List<string> Names() => [.. rows.Keys.Select(k => $"{k.Grain.Type}/{k.Grain.Key}")];

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = rows.TryGetValue((grainId, stateName), out var row);
        grainState.ETag = row.ETag;
        grainState.State = grainState.RecordExists ? serializer.Deserialize<T>(row.Data) : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = (ETag: Guid.NewGuid().ToString("N"), Data: serializer.Serialize(grainState.State));
        var written = grainState.ETag is null
            ? rows.TryAdd((grainId, stateName), row)
            : rows.TryGetValue((grainId, stateName), out var before) && before.ETag == grainState.ETag && rows.TryUpdate((grainId, stateName), row, before);
        if (!written)
        {
            return Task.FromException(new InconsistentStateException($"{grainId}: the row has another ETag."));
        }

        grainState.ETag = row.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is { } etag
            && !(rows.TryGetValue((grainId, stateName), out var before) && before.ETag == etag && rows.TryRemove(new((grainId, stateName), before))))
        {
            return Task.FromException(new InconsistentStateException($"{grainId}: the row has another ETag."));
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }
}
