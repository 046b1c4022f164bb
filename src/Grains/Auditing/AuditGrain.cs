using Grains.Abstractions;
using Grains.Abstractions.Auditing;
using Grains.Storage;
using Microsoft.Extensions.Options;

namespace Grains.Auditing;

/// <summary>An audit record: its open end, and which segments there are.</summary>
[GrainType("audit")]
internal sealed class AuditGrain : Grain, IAuditGrain
{
    /// <summary>How many entries are open at the most: then the older half goes into a segment.</summary>
    private const int MaxOpen = 2 * AuditState.SegmentSize;

    /// <summary>How many segments one reading looks at: a page may have fewer entries than were asked for.</summary>
    private const int MaxSegmentsRead = 32;

    /// <summary>How many segments are cleared at a time, when their time is over.</summary>
    private const int MaxCleared = 4;

    /// <summary>The part of a segment's key that tells it from others of its owner.</summary>
    internal const string SegmentIndex = "audit";

    private readonly Row<AuditState> row;
    private readonly AuditOptions options;
    private readonly TimeProvider time;

    public AuditGrain(
        [PersistentState("audit", StorageNames.Provider)] IPersistentState<AuditState> storage,
        IOptions<AuditOptions> options,
        TimeProvider time)
    {
        row = new Row<AuditState>(storage, this);
        this.options = options.Value;
        this.time = time;
    }

    private DateTimeOffset KeptFrom => time.GetUtcNow() - TimeSpan.FromDays(options.Days);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<long> Begin(AuditEntry entry)
    {
        if (row.Serving.Entries.Length >= MaxOpen)
        {
            await Seal();
        }

        var sequence = 0L;
        await row.Change(current =>
        {
            var there = Array.FindIndex(current.Entries, e => e.Id == entry.Id);
            sequence = current.First + (there >= 0 ? there : current.Entries.Length);
            return there >= 0 ? null : current with { Entries = [.. current.Entries, entry with { Sequence = sequence, Outcome = null }] };
        });
        return sequence;
    }

    public async Task End(AuditEnd end)
    {
        // It may have gone into a segment meanwhile, of which a twin may know more than this activation.
        await row.Change(current => Array.FindIndex(current.Entries, e => e.Id == end.Id) is >= 0 and var at && current.Entries[at].Outcome is null
            ? current with { Entries = [.. current.Entries[..at], current.Entries[at].With(end), .. current.Entries[(at + 1)..]] }
            : null);
        if (end.Sequence < row.Current.First)
        {
            await Segment(end.Sequence / AuditState.SegmentSize).End(end);
        }
    }

    public async Task<AuditPage> Read(AuditQuery query)
    {
        var state = row.Serving;
        var keptFrom = KeptFrom;
        var found = new List<AuditEntry>();
        var before = Math.Min(query.Before ?? long.MaxValue, state.First + state.Entries.Length);
        for (var segments = 0; before > state.Kept * AuditState.SegmentSize && segments <= MaxSegmentsRead; segments++)
        {
            var entries = before > state.First ? state.Entries : await Segment((before - 1) / AuditState.SegmentSize).Read();
            for (var at = entries.Length - 1; at >= 0; at--)
            {
                var entry = entries[at];
                if (entry.Sequence >= before)
                {
                    continue;
                }

                // The order is that in which they came, and so that of time but for clocks that differ: what is older ends it by a margin.
                if (entry.At < keptFrom || entry.At < query.From - Margin)
                {
                    return new AuditPage { Entries = [.. found] };
                }

                if (found.Count == query.Count)
                {
                    return new AuditPage { Entries = [.. found], Next = before };
                }

                before = entry.Sequence;
                if (query.Takes(entry))
                {
                    found.Add(entry);
                }
            }

            if (entries.Length == 0)
            {
                break;
            }
        }

        return new AuditPage { Entries = [.. found], Next = before > state.Kept * AuditState.SegmentSize ? before : null };
    }

    public ValueTask<bool> Exists() => new(row.Exists);

    private static bool IsSame(AuditEntry one, AuditEntry other) => one.Id == other.Id && one.Outcome is null == other.Outcome is null;

    /// <summary>How far the clocks of two fronts may differ.</summary>
    private static TimeSpan Margin => TimeSpan.FromMinutes(5);

    private IAuditSegmentGrain Segment(long number) =>
        GrainFactory.GetGrain<IAuditSegmentGrain>(GrainKeys.Bucket(this.GetPrimaryKeyString(), SegmentIndex, number));

    /// <summary>Puts the older half of the open entries into a segment, and clears segments whose time is over.</summary>
    private async Task Seal()
    {
        var number = row.Current.Segments;
        var oldest = row.Current.Entries[..AuditState.SegmentSize];
        await Segment(number).Install(oldest);
        var kept = row.Current.Kept;
        for (var cleared = 0; cleared < MaxCleared && kept < number && await Segment(kept).Expire(KeptFrom); cleared++)
        {
            kept++;
        }

        // Where a twin has put in what became of one meanwhile, the next one that begins tries again.
        await row.Change(current => current.Segments == number && current.Entries.Take(AuditState.SegmentSize).Zip(oldest).All(pair => IsSame(pair.First, pair.Second))
            ? current with { Segments = number + 1, Entries = current.Entries[AuditState.SegmentSize..], Kept = kept }
            : null);
    }
}
