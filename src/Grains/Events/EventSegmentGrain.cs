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
        await row.Change(_ => row.Exists ? null : CompactForm.State<EventSegmentState>(entries));

        // Few read it soon, and a busy directory makes dozens a second.
        DeactivateOnIdle();
        return true;
    }

    public ValueTask<byte[]> Read()
    {
        var entries = CompactForm.Bytes(row.Serving);

        // A sweep reads each segment once, ten minutes after it was made: those of a busy directory would be tens of thousands before
        // the first was idle for long enough to be collected.
        DeactivateOnIdle();
        return new(entries);
    }

    public async Task<bool> Clear()
    {
        var outcome = row.Poisoned ? WriteOutcome.Unknown : await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }
}
