using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;
using Grains.Storage;

namespace Grains.Requests;

/// <summary>The request log of a directory.</summary>
[GrainType("requestlog")]
internal sealed class RequestLogGrain : Grain, IRequestLogGrain
{
    /// <summary>The index part of the keys of segments.</summary>
    public const string SegmentIndex = "requests";

    /// <summary>How many segments one search looks at.</summary>
    private const int SegmentsLookedAt = 32;

    /// <summary>How many places are tried for new segments.</summary>
    private const int MaxAttempts = 4;

    /// <summary>How many old segments an append clears at the most.</summary>
    private const int ClearedAtOnce = 16;

    private readonly Row<RequestLogState> row;
    private readonly TimeProvider time;
    private string id = "";

    public RequestLogGrain([PersistentState("requestlog", StorageNames.Provider)] IPersistentState<RequestLogState> storage, TimeProvider time)
    {
        row = new Row<RequestLogState>(storage, this);
        this.time = time;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        id = this.GetPrimaryKeyString();
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<bool> Append(RequestBatch batch)
    {
        if (row.Poisoned || (!row.Exists && !await IsThere()))
        {
            return false;
        }

        var kept = batch.Kept ? batch.Requests : [];
        var taken = 0;
        do
        {
            var state = row.Current.Append(kept.AsSpan(taken), out var count, out var segments);
            taken += count;
            if (segments.Count > 0)
            {
                if (await Install(segments, row.Current.NextSegment) is not { } first)
                {
                    return false;
                }

                state = state.Renumbered(segments.Count, first - row.Current.NextSegment);
            }

            if (taken == kept.Length)
            {
                state = (state with { Traffic = state.Traffic.With(batch.Requests) }).Within(batch.Limits, time.GetUtcNow());
            }

            if (await row.Update(_ => state) != WriteOutcome.Written)
            {
                return false;
            }
        }
        while (taken < kept.Length);

        await ClearOld();
        return true;
    }

    public async Task<RequestPage> Find(RequestQuery query)
    {
        var state = row.Serving;
        query = state.WithinRetention(query, time.GetUtcNow());
        var found = StoredRequests.Find(state.Tail, query);
        var looked = 0;
        for (var i = state.Segments.Length - 1; i >= 0; i--)
        {
            var segment = state.Segments[i];
            if (found.Count >= query.Count)
            {
                return Page(found, found[^1].Sequence);
            }

            if (segment.First >= query.Before || segment.Earliest >= query.To || segment.Latest < query.From)
            {
                continue;
            }

            if (looked++ == SegmentsLookedAt)
            {
                return Page(found, segment.First + segment.Count);
            }

            found.AddRange(await Segment(segment.Number).Find(query with { Count = query.Count - found.Count }));
        }

        // The page may end where the log does, and then says to go on to nothing: it costs a call, and no request is missed.
        return Page(found, found.Count >= query.Count ? found[^1].Sequence : null);
    }

    public async Task<LoggedRequest?> Read(long sequence)
    {
        var state = row.Serving;
        var earliest = RequestLogState.Earliest(state.RetentionDays, time.GetUtcNow());
        return await Stored(state, sequence) is { } found && found.At >= earliest ? found : null;
    }

    public ValueTask<DirectoryTraffic> Traffic() => new(row.Serving.Traffic.Since(RequestLogState.Earliest(row.Current.RetentionDays, time.GetUtcNow())));

    public Task Sweep() => Limit(new RequestLogLimits { RetentionDays = row.Current.RetentionDays, MaxEntries = long.MaxValue, MaxBytes = long.MaxValue });

    public async Task Limit(RequestLogLimits limits)
    {
        if (row.Exists && !row.Poisoned)
        {
            await row.Change(current => current.Within(limits, time.GetUtcNow()) is var kept && !ReferenceEquals(kept, current) ? kept : null);
            await ClearOld();
        }
    }

    public async Task<bool> Clear()
    {
        if (row.Poisoned)
        {
            return false;
        }

        // Those too that were made and are in no list.
        var cleared = true;
        if (row.Exists)
        {
            cleared = await ClearBehind();
            for (var number = row.Current.NextSegment - 1; number >= row.Current.Cleared; number--)
            {
                cleared &= await Segment(number).Clear();
            }
        }

        cleared = cleared && await row.Clear() is WriteOutcome.Written or WriteOutcome.Skipped;
        DeactivateOnIdle();
        return cleared;
    }

    private async Task<LoggedRequest?> Stored(RequestLogState state, long sequence)
    {
        if (state.Open.Count > 0 && sequence >= state.Open.First)
        {
            return StoredRequests.Find(state.Tail, sequence);
        }

        return Array.Find(state.Segments, s => sequence >= s.First && sequence < s.First + s.Count) is { } segment
            ? await Segment(segment.Number).Read(sequence)
            : null;
    }

    /// <summary>
    /// Stores segments under numbers that are free. What ended before its row was written, here or in a twin, has left others under some:
    /// they are in no list, and are cleared with those beside them.
    /// </summary>
    /// <returns>The number of the first, or null where none was found.</returns>
    private async Task<long?> Install(List<byte[]> segments, long next)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var first = next + (attempt * RequestLogState.SegmentsAtOnce);
            var installed = await Task.WhenAll(segments.Select((s, i) => Segment(first + i).Install(s)));
            if (Array.TrueForAll(installed, done => done))
            {
                return first;
            }
        }

        // So many appends in a row have ended half-way. Where the row is still the same, what stands there is nobody's.
        if (!await row.Refresh(row.ETag))
        {
            await ClearBehind();
        }

        return null;
    }

    /// <summary>Clears what may stand behind the last segment and is in no list.</summary>
    private async Task<bool> ClearBehind()
    {
        var next = row.Current.NextSegment;
        var cleared = await Task.WhenAll(Enumerable.Range(0, MaxAttempts * RequestLogState.SegmentsAtOnce).Select(i => Segment(next + i).Clear()));
        return Array.TrueForAll(cleared, done => done);
    }

    private static RequestPage Page(List<LoggedRequest> found, long? next) => new() { Requests = [.. found], Next = next };

    private IRequestSegmentGrain Segment(long number) => GrainFactory.GetGrain<IRequestSegmentGrain>(GrainKeys.Bucket(id, SegmentIndex, number));

    /// <summary>Whether there is such a directory. What a front still had in hand when a directory was removed must not make its log again.</summary>
    private async Task<bool> IsThere() =>
        await GrainFactory.GetGrain<IDirectoryGrain>(id).Context() is not null;

    private async Task ClearOld()
    {
        var current = row.Current;
        var first = current.Segments.Length > 0 ? current.Segments[0].Number : current.NextSegment;
        var upTo = Math.Min(first, current.Cleared + ClearedAtOnce);
        for (var number = current.Cleared; number < upTo; number++)
        {
            if (!await Segment(number).Clear())
            {
                return;
            }
        }

        if (upTo > current.Cleared)
        {
            await row.Update(c => c with { Cleared = upTo });
        }
    }
}
