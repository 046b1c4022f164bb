using Grains.Abstractions.Auditing;
using Grains.Storage;

namespace Grains.Auditing;

/// <summary>A full part of an audit record. Only what became of its entries may still be put in.</summary>
[GrainType("auditsegment")]
internal sealed class AuditSegmentGrain : Grain, IAuditSegmentGrain
{
    private readonly Row<AuditSegmentState> row;

    public AuditSegmentGrain([PersistentState("auditsegment", StorageNames.Provider)] IPersistentState<AuditSegmentState> storage) =>
        row = new Row<AuditSegmentState>(storage, this);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public async Task Install(AuditEntry[] entries) =>
        await row.Change(current => !row.Exists ? new AuditSegmentState { Entries = entries }
            : Merged(current.Entries, entries) is { } merged ? current with { Entries = merged } : null);

    public async Task End(AuditEnd end) =>
        await row.Change(current => Array.FindIndex(current.Entries, e => e.Id == end.Id) is >= 0 and var at && current.Entries[at].Outcome is null
            ? current with { Entries = [.. current.Entries[..at], current.Entries[at].With(end), .. current.Entries[(at + 1)..]] }
            : null);

    public ValueTask<AuditEntry[]> Read() => new(row.Serving.Entries);

    public async Task<bool> Expire(DateTimeOffset before)
    {
        if (row.Serving.Entries is [.., var last] && last.At >= before)
        {
            return false;
        }

        var outcome = await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }

    /// <summary>What is there, with what the new ones know besides; null where that is nothing.</summary>
    private static AuditEntry[]? Merged(AuditEntry[] stand, AuditEntry[] news)
    {
        var merged = stand.Zip(news, (one, other) => one.Outcome is null ? other : one).ToArray();
        return merged.Zip(stand).Any(pair => pair.First.Outcome != pair.Second.Outcome) ? merged : null;
    }
}
