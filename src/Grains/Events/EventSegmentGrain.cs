using Grains.Abstractions.Events;
using Grains.Storage;

namespace Grains.Events;

/// <summary>A segment of a directory's log: written once, then only read.</summary>
[GrainType("eventsegment")]
internal sealed class EventSegmentGrain : Grain, IEventSegmentGrain
{
    /// <summary>
    /// How long a segment stays in memory once it was read. A sweep reads each once, ten minutes after it was made: those of a busy
    /// directory would be tens of thousands before the first was idle for long enough to be collected. Not at once, though: others may
    /// be on their way to it, and a call that meets an activation as it ends, again and again, fails.
    /// </summary>
    private static readonly TimeSpan LeavesAfter = TimeSpan.FromSeconds(10);

    private readonly Row<EventSegmentState> row;
    private IGrainTimer? leaving;

    public EventSegmentGrain([PersistentState("eventsegment", StorageNames.Provider)] IPersistentState<EventSegmentState> storage) =>
        row = new Row<EventSegmentState>(storage, this);

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
        leaving ??= this.RegisterGrainTimer(_ => Leave(), new GrainTimerCreationOptions
        {
            DueTime = Timeout.InfiniteTimeSpan,
            Period = Timeout.InfiniteTimeSpan,
        });
        leaving.Change(LeavesAfter, Timeout.InfiniteTimeSpan);
        return new(CompactForm.Bytes(row.Serving));
    }

    public async Task<bool> Clear()
    {
        var outcome = row.Poisoned ? WriteOutcome.Unknown : await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }

    private Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
