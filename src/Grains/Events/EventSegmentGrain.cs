using System.Text.Json;
using Grains.Abstractions.Events;
using Grains.Storage;

namespace Grains.Events;

/// <summary>A segment of a directory's log: written once, then only read.</summary>
[GrainType("eventsegment")]
internal sealed class EventSegmentGrain : Grain, IEventSegmentGrain
{
    private readonly Row<EventSegmentState> row;

    public EventSegmentGrain([PersistentState("eventsegment", StorageNames.Provider)] IPersistentState<EventSegmentState> storage) =>
        row = new Row<EventSegmentState>(storage, DeactivateOnIdle);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<bool> Install(byte[] entries)
    {
        var parsed = JsonSerializer.Deserialize(entries, StateJsonContext.Default.LogEntryArray) ?? [];
        await row.Change(_ => row.Exists ? null : new EventSegmentState { Entries = parsed });
        return true;
    }

    public ValueTask<byte[]> Read() => new(JsonSerializer.SerializeToUtf8Bytes(row.Serving.Entries, StateJsonContext.Default.LogEntryArray));

    public async Task<bool> Clear()
    {
        var outcome = row.Poisoned ? WriteOutcome.Unknown : await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }
}
