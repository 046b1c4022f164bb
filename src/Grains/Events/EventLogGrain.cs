using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Users;
using Grains.Indexes;
using Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Grains.Events;

/// <summary>The log of a directory: it keeps the order of events, and wakes whoever has not finished.</summary>
[Reentrant]
[GrainType("eventlog")]
internal sealed partial class EventLogGrain : Grain, IEventLogGrain
{
    /// <summary>How long an event may stay unsettled before its resource is asked.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    /// <summary>How long whoever asks for a total waits for what earlier activations left unsettled. What is not known by then counts as if it stood.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>How often the log looks for what is unsettled, unfinished or to be cleared.</summary>
    public static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(5);

    /// <summary>How long the row of what was deleted stays, longer than any write can be under way.</summary>
    public static readonly TimeSpan TombstoneTime = TimeSpan.FromSeconds(BucketTable.LeftBehindSeconds);

    /// <summary>How long after its row's write an event can still have been appended: the search for one ends there.</summary>
    private static readonly TimeSpan AppendTime = TimeSpan.FromMinutes(1);

    /// <summary>More open entries are refused until what is unsettled among them is settled: the row has a limit.</summary>
    private const int MaxOpenEntries = 4000;

    private const int MaxAttempts = 5;

    /// <summary>How many resources are woken at a time.</summary>
    private const int WakeAtOnce = 32;

    /// <summary>How many resources one sweep clears at the most.</summary>
    private const int MaxCleared = 1000;

    private readonly Row<EventLogState> row;
    private readonly GroupCommit<EventLogState> commit;
    private readonly Admissions admissions;
    private readonly TimeProvider time;
    private readonly ILogger<EventLogGrain> logger;
    private string directoryId = "";

    /// <summary>The sequence that the next event had when this activation began. Who appended what is before it may be gone, and tell nothing more of it.</summary>
    private long nextAtFirst;
    private DirectoryContext? context;
    private Task? sealing;
    private Task? sweeping;
    private Task? asking;
    private IGrainTimer? timer;
    private ArchiveSweep? archive;
    private bool noted;

    /// <summary>The log is being cleared: what is under way still must not make its row again.</summary>
    private bool closing;

    public EventLogGrain(
        [PersistentState("eventlog", StorageNames.Provider)] IPersistentState<EventLogState> storage,
        TimeProvider time,
        ILogger<EventLogGrain> logger)
    {
        row = new Row<EventLogState>(storage, this);
        commit = new GroupCommit<EventLogState>(row, logger);
        admissions = new Admissions(time);
        this.time = time;
        this.logger = logger;
    }

    private EventLogState State => commit.Pending;

    /// <summary>Only what is durable goes into a segment: the rest may yet be appended again, in another order.</summary>
    private IReadOnlyList<LogEntry[]> Sealable => State.Segments == row.Current.Segments ? row.Current.Sealable() : [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        directoryId = this.GetPrimaryKeyString();
        row.Load();
        commit.Load();
        nextAtFirst = State.Next;
        return Task.CompletedTask;
    }

    public async Task<AppendReply> Append(DirectoryContext directory, NewEvent entry)
    {
        Know(directory);
        if (row.Poisoned || closing || IsFencedOff(directory))
        {
            return new AppendReply { Confirmed = false, Next = State.Next };
        }

        if (entry.ResentFrom is { } from && await IsSealed(entry, from))
        {
            return new AppendReply { Confirmed = true, Next = State.Next };
        }

        for (var attempt = 0; attempt < MaxAttempts && !row.Lost && !closing && !IsFencedOff(directory); attempt++)
        {
            // What was just drawn cannot be there at the first try.
            if ((attempt > 0 || entry.ResentFrom is not null) && State.Has(entry.WriteId))
            {
                if (await commit.Durable())
                {
                    return new AppendReply { Confirmed = true, Next = State.Next };
                }

                continue;
            }

            if (State.Entries.Length >= MaxOpenEntries)
            {
                StartSweep();
                break;
            }

            var committing = commit.Commit(State.Append(entry, time.GetUtcNow()));
            admissions.Came(entry.ResourceId);
            var outcome = await committing;
            if (outcome == WriteOutcome.Written)
            {
                StartSealing();
                return new AppendReply { Confirmed = true, Next = State.Next };
            }

            if (outcome == WriteOutcome.Unknown)
            {
                break;
            }
        }

        return new AppendReply { Confirmed = false, Next = State.Next };
    }

    public Task Settle(DirectoryContext directory, Settlement settlement)
    {
        Know(directory);
        Settle(settlement);
        StartSealing();
        return Task.CompletedTask;
    }

    public ValueTask<long> Next() => new(State.Next);

    public ValueTask<long> Count(string resourceType) => new(row.Serving.Count(resourceType));

    public ValueTask<long> Total(DirectoryContext directory, string resourceType)
    {
        Know(directory);
        return Array.Exists(row.Serving.Entries, IsLeft) ? TotalWhenSettled(directory, resourceType) : Count(resourceType);
    }

    public ValueTask<bool> Admit(ResourceName name, long most)
    {
        _ = row.Serving;

        // A create that is sent again may meet its own event, of which nobody knows yet whether it stands.
        return new(admissions.Admit(name, most, State.Count(name.Type) - State.Tries(name)));
    }

    public async Task<EventsPage> Read(long from, int take)
    {
        _ = row.Serving;
        var events = new List<DirectoryEvent>(Math.Min(take, 256));
        var next = Math.Max(0, from);
        while (events.Count < take)
        {
            var state = State;
            var sealedOne = next < state.First;
            var entries = sealedOne ? await Segment(next / EventLogState.SegmentSize) : state.Entries;
            var before = next;
            foreach (var entry in entries)
            {
                if (entry.Sequence < next)
                {
                    continue;
                }

                // Nothing behind an event that is not settled yet is shown: it would be missed when it is.
                if (entry.Status == EventStatus.Unsettled || events.Count == take)
                {
                    break;
                }

                next = entry.Sequence + 1;
                if (entry.IsSeen)
                {
                    events.Add(Shown(entry));
                }
            }

            if (!sealedOne || next == before)
            {
                break;
            }
        }

        return new EventsPage { Events = [.. events], Next = next, More = HasMore(State, next) };
    }

    public async Task<TombstonesPage> Tombstones(long from)
    {
        var state = State;
        from = Math.Max(from, state.Cleared);
        var sealedOne = from < state.First;
        var entries = sealedOne ? await Segment(from / EventLogState.SegmentSize) : state.Entries;
        return new TombstonesPage
        {
            Resources = [.. entries.Where(e => e.Sequence >= from && (e.Status != EventStatus.Settled || e.LeavesTombstone)).Select(e => new ResourceName { Type = e.ResourceType, Id = e.ResourceId })],
            Next = sealedOne ? ((from / EventLogState.SegmentSize) + 1) * EventLogState.SegmentSize : null,
        };
    }

    public async Task<bool> Fence(DirectoryContext directory, int epoch)
    {
        Know(directory);
        for (var attempt = 0; attempt < MaxAttempts && !row.Poisoned && !closing; attempt++)
        {
            var stands = State.IndexEpoch >= epoch
                ? await commit.Durable()
                : await commit.Commit(State with { IndexEpoch = epoch, FencedAt = State.Next }) == WriteOutcome.Written;
            if (stands)
            {
                // What is still open is asked for when it has been so for a while, as always.
                return State.IsQuietBeforeFence;
            }
        }

        return false;
    }

    public Task Sweep(DirectoryContext directory)
    {
        Know(directory);
        StartSweep();
        return sweeping ?? Task.CompletedTask;
    }

    public async Task<bool> Clear()
    {
        closing = true;
        timer?.Dispose();
        timer = null;
        await commit.Durable();

        // Segments that were made and not yet counted are cleared, too.
        var cleared = true;
        for (var segment = State.Segments + EventLogState.MaxSealedAtOnce - 1; segment >= 0; segment--)
        {
            cleared &= await SegmentGrain(segment).Clear();
        }

        cleared &= await row.Clear() is WriteOutcome.Written or WriteOutcome.Skipped;
        DeactivateOnIdle();
        return cleared;
    }

    private static bool HasMore(EventLogState state, long next) =>
        next < state.First || (next < state.Next && state.Entries[next - state.First].Status != EventStatus.Unsettled);

    private static DirectoryEvent Shown(LogEntry entry) => new()
    {
        Sequence = entry.Sequence,
        Kind = entry.Kind,
        ResourceType = entry.ResourceType,
        ResourceId = entry.ResourceId,
        Version = entry.Version,
        At = DateTimeOffset.FromUnixTimeMilliseconds(entry.At),
    };

    private IEventSegmentGrain SegmentGrain(long number) => GrainFactory.GetGrain<IEventSegmentGrain>(GrainKeys.Bucket(directoryId, "log", number));

    private async Task<LogEntry[]> Segment(long number) =>
        CompactForm.State<EventSegmentState>(await SegmentGrain(number).Read()).Entries;

    /// <summary>Whether a writer does not know of all the indexes that are to be kept.</summary>
    private bool IsFencedOff(DirectoryContext directory) => directory.IndexEpoch < State.IndexEpoch;

    private void Know(DirectoryContext directory)
    {
        if (context is null || directory.IndexEpoch >= context.IndexEpoch)
        {
            context = directory;
        }

        timer ??= closing ? null : this.RegisterGrainTimer(OnTimer, new GrainTimerCreationOptions { DueTime = SweepPeriod, Period = SweepPeriod, Interleave = true });
    }

    /// <summary>A change that needs no write of its own: where it is lost, the resource is asked.</summary>
    private void Note(EventLogState state)
    {
        if (!ReferenceEquals(state, State) && !row.Poisoned)
        {
            commit.Note(state);
            noted = true;
        }
    }

    private void Settle(Settlement settlement)
    {
        noted |= State.Settle(settlement);
        if (settlement.Unfinished)
        {
            Note(State.Remember(new ResourceName { Type = settlement.ResourceType, Id = settlement.ResourceId }));
        }
    }

    /// <summary>Whether an event that is sent again after a restart has gone into a segment already.</summary>
    private async Task<bool> IsSealed(NewEvent entry, long from)
    {
        var latest = entry.At.Add(AppendTime).ToUnixTimeMilliseconds();
        for (var number = from / EventLogState.SegmentSize; number < State.Segments; number++)
        {
            var entries = await Segment(number);
            if (Array.Exists(entries, e => e.WriteId == entry.WriteId))
            {
                return true;
            }

            if (entries.Length > 0 && entries[0].At > latest)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether an earlier activation left an entry of which it is not known whether it counts.</summary>
    private bool IsLeft(LogEntry entry) =>
        entry.Sequence < nextAtFirst && entry.Status == EventStatus.Unsettled && entry.Kind is EventKind.Create or EventKind.Delete;

    private async ValueTask<long> TotalWhenSettled(DirectoryContext directory, string resourceType)
    {
        if (asking is null || asking.IsCompleted)
        {
            asking = Ask(directory, IsLeft);
        }

        try
        {
            await asking.WaitAsync(AnswerTime, time);
        }
        catch (TimeoutException)
        {
            // The sweep goes on asking.
        }

        return row.Serving.Count(resourceType);
    }

    private void StartSealing()
    {
        if ((sealing is null || sealing.IsCompleted) && Sealable.Count > 0)
        {
            sealing = Seal();
        }
    }

    private async Task Seal()
    {
        try
        {
            while (!row.Poisoned && !closing && Sealable is { Count: > 0 } segments)
            {
                // Where this ends half-way, the next activation makes the same segments of the same entries.
                var first = State.Segments;
                var installed = await Task.WhenAll(segments.Select((entries, i) =>
                    SegmentGrain(first + i).Install(CompactForm.Bytes(new EventSegmentState { Entries = entries }))));
                if (!Array.TrueForAll(installed, done => done)
                    || State.Segments != first
                    || await commit.Commit(State.Sealed(segments.Count)) != WriteOutcome.Written)
                {
                    return;
                }
            }
        }
        catch (Exception exception)
        {
            LogSealFailed(logger, directoryId, exception);
        }
    }

    private async Task OnTimer(CancellationToken cancellationToken)
    {
        StartSweep();
        await (sweeping ?? Task.CompletedTask);
    }

    private void StartSweep()
    {
        if ((sweeping is null || sweeping.IsCompleted) && context is not null && !row.Poisoned && !closing)
        {
            sweeping = SweepNow(context);
        }
    }

    private async Task SweepNow(DirectoryContext directory)
    {
        try
        {
            if (IsFencedOff(directory) && await GrainFactory.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directoryId)).Context() is { } newer)
            {
                // Whoever is woken may have to send an event again.
                Know(newer);
                directory = newer;
            }

            await SettleOld(directory);
            await WakeUnfinished(directory);
            await ClearTombstones(directory);
            StartSealing();
            if (noted && !row.Poisoned && !closing)
            {
                noted = false;
                await commit.Commit(State);
            }

            // By what is behind it, nothing that others wait for.
            await (archive ??= new ArchiveSweep(GrainFactory, time, logger)).GoOn(directory);
        }
        catch (Exception exception)
        {
            LogSweepFailed(logger, directoryId, exception);
        }
    }

    /// <summary>Asks the resources of events that stay unsettled what became of them.</summary>
    private Task SettleOld(DirectoryContext directory)
    {
        var before = (time.GetUtcNow() - SettleTime).ToUnixTimeMilliseconds();
        return Ask(directory, e => e.Status == EventStatus.Unsettled && e.At <= before);
    }

    private async Task Ask(DirectoryContext directory, Predicate<LogEntry> isMeant)
    {
        var unsettled = Array.FindAll(State.Entries, isMeant).GroupBy(e => new ResourceName { Type = e.ResourceType, Id = e.ResourceId });
        foreach (var some in unsettled.Chunk(WakeAtOnce))
        {
            var asked = some.Select(async g => (g, Finding: await Wake(directory, g.Key, [.. g.Select(e => e.WriteId)]))).ToList();
            foreach (var one in asked)
            {
                var (entries, finding) = await one;
                if (finding is null)
                {
                    continue;
                }

                foreach (var entry in entries)
                {
                    Settle(new Settlement
                    {
                        ResourceType = entry.ResourceType,
                        ResourceId = entry.ResourceId,
                        WriteId = entry.WriteId,
                        Version = entry.Version,
                        Stands = finding.Standing.Contains(entry.WriteId),
                    });
                }

                if (finding.Unfinished)
                {
                    Note(State.Remember(entries.Key));
                }
            }
        }
    }

    private async Task WakeUnfinished(DirectoryContext directory)
    {
        foreach (var some in State.Unfinished.Chunk(WakeAtOnce))
        {
            var asked = some.Select(async n => (n, Finding: await Wake(directory, n, []))).ToList();
            foreach (var one in asked)
            {
                if (await one is (var name, { Unfinished: false }))
                {
                    Note(State.Forget(name));
                }
            }
        }
    }

    /// <summary>Clears, in the order of the log, the rows of what was deleted long enough ago.</summary>
    private async Task ClearTombstones(DirectoryContext directory)
    {
        var before = (time.GetUtcNow() - TombstoneTime).ToUnixTimeMilliseconds();
        var cleared = State.Cleared;
        for (var count = 0; count < MaxCleared && cleared < State.Next;)
        {
            var entries = cleared < State.First ? await Segment(cleared / EventLogState.SegmentSize) : State.Entries;
            var due = entries.Where(e => e.Sequence >= cleared).TakeWhile(e => e.At <= before && e.Status != EventStatus.Unsettled).ToList();
            if (due.Count == 0)
            {
                break;
            }

            foreach (var entry in due)
            {
                if (entry.LeavesTombstone)
                {
                    count++;
                    if (!await ClearRow(directory, entry))
                    {
                        Note(State with { Cleared = cleared });
                        return;
                    }
                }

                cleared = entry.Sequence + 1;
            }
        }

        if (cleared != State.Cleared)
        {
            Note(State with { Cleared = cleared });
        }
    }

    private Task<bool> ClearRow(DirectoryContext directory, LogEntry entry)
    {
        var key = GrainKeys.Resource(directoryId, entry.ResourceId);
        directory = directory.For(entry.ResourceType);
        return entry.ResourceType == "Group"
            ? GrainFactory.GetGrain<IGroupGrain>(key).ClearTombstone(directory)
            : GrainFactory.GetGrain<IUserGrain>(key).ClearTombstone(directory);
    }

    private async Task<Finding?> Wake(DirectoryContext directory, ResourceName name, string[] writeIds)
    {
        try
        {
            var key = GrainKeys.Resource(directoryId, name.Id);
            directory = directory.For(name.Type);
            return name.Type == "Group"
                ? await GrainFactory.GetGrain<IGroupGrain>(key).Wake(directory, writeIds)
                : await GrainFactory.GetGrain<IUserGrain>(key).Wake(directory, writeIds);
        }
        catch (Exception exception)
        {
            // It stays on the list, and is woken again by the next sweep.
            LogWakeFailed(logger, name.Type, name.Id, exception);
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Log of {Directory}: a segment could not be written yet")]
    private static partial void LogSealFailed(ILogger logger, string directory, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Log of {Directory}: a sweep was interrupted and will be taken up again")]
    private static partial void LogSweepFailed(ILogger logger, string directory, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "{Type} {Id} could not be woken yet")]
    private static partial void LogWakeFailed(ILogger logger, string type, string id, Exception exception);
}
