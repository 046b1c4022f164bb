using Grains.Abstractions;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Storage;
using Microsoft.Extensions.Logging;

namespace Grains.Indexes;

/// <summary>
/// One bucket of an index. Changes that arrive while a write is in flight go into the next one together; every answer waits until
/// the newest change it could have seen is durable (PROTOCOL R2, Bucket).
/// </summary>
[Reentrant]
[GrainType("bucket")]
internal sealed partial class BucketGrain : Grain, IBucketGrain
{
    /// <summary>Above so many entries a bucket asks for its index to grow; so a row stays small whatever the directory's size.</summary>
    public const int CrowdedAt = 64;

    /// <summary>
    /// The same for the members of a group: their index grows with the number of members before that, and only versions that were
    /// left behind can crowd it.
    /// </summary>
    public const int MembersCrowdedAt = 256;

    /// <summary>How often what was left behind too long ago is looked for.</summary>
    private const long PruneSeconds = 60;

    /// <summary>How often a decision is taken again after another's write came between, before the caller is told to try later.</summary>
    private const int MaxAttempts = 5;

    private readonly Row<BucketState> row;
    private readonly GroupCommit<BucketState> commit;
    private readonly TimeProvider time;
    private readonly ILogger<BucketGrain> logger;
    private readonly EntryOrders orders = new();
    private string directory = "";
    private string index = "";
    private long number;

    private long nextPrune;
    private Task<bool>? splitting;

    public BucketGrain(
        [PersistentState("bucket", StorageNames.Provider)] IPersistentState<BucketState> storage,
        TimeProvider time,
        ILogger<BucketGrain> logger)
    {
        row = new Row<BucketState>(storage, this);
        commit = new GroupCommit<BucketState>(row, logger);
        this.time = time;
        this.logger = logger;
    }

    private bool Installed => number == 0 || row.Exists;

    private long Now => time.GetUtcNow().ToUnixTimeSeconds();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (directory, index, number) = GrainKeys.SplitBucket(this.GetPrimaryKeyString());
        row.Load();
        commit.Load();
        return Task.CompletedTask;
    }

    public async Task<BucketReply> Claim(ClaimRequest request)
    {
        var key = request.Key;
        if (row.Poisoned)
        {
            return Reply(BucketStatus.Retry);
        }

        HoldsReply? answer = null;
        string? asked = null;
        for (var attempt = 0; attempt < MaxAttempts * 2; attempt++)
        {
            if (await Refusal(key.Hash) is { } refusal)
            {
                return Reply(refusal);
            }

            var decidedOn = row.ETag;
            var table = Table;
            var left = table.LeftBehind(key, request.Id);
            var owner = table.Find(key)?.Owners.FirstOrDefault();

            if (left > request.Version || (request.Final && left == request.Version))
            {
                if (await commit.Durable())
                {
                    return Reply(BucketStatus.Lost);
                }

                continue;
            }

            if (owner is not null && owner.Id == request.Id && owner.Version >= request.Version)
            {
                // An older claim than one's own newer one is as good as won. But before saying "already there", look (R2): whatever else
                // has changed in a bucket that is written all the time.
                if (await commit.Durable())
                {
                    await Refresh(decidedOn);
                    if (row.Current.Table.Find(key)?.Owners.FirstOrDefault() is { } standing && standing.Id == request.Id && standing.Version >= request.Version)
                    {
                        return Reply(BucketStatus.Ok);
                    }
                }

                continue;
            }

            if (request.ConfirmOnly && owner?.Id != request.Id)
            {
                switch (await Commit(table.Refuse(key, request.Id, request.Version, Now)))
                {
                    case WriteOutcome.Written: return Reply(BucketStatus.Lost);
                    case WriteOutcome.Unknown: return Reply(BucketStatus.Retry);
                    default: continue;
                }
            }

            if (owner is null || owner.Id == request.Id)
            {
                switch (await Commit(table.Take(key, request.Id, request.Version, replaced: null, 0, Now)))
                {
                    case WriteOutcome.Written: return Reply(BucketStatus.Ok);
                    case WriteOutcome.Unknown: return Reply(BucketStatus.Retry);
                    default: continue;
                }
            }

            // Another owns it. After any answer the row is looked at again first, which the loop does.
            if (answer is null || asked != owner.Id)
            {
                if (!await commit.Durable())
                {
                    continue;
                }

                asked = owner.Id;
                answer = await Ask(owner.Id, key.Value);
                if (answer is null)
                {
                    return Reply(BucketStatus.Retry);
                }

                continue;
            }

            if (answer.Holds)
            {
                if (!request.Final)
                {
                    return Reply(await commit.Durable() ? BucketStatus.Lost : BucketStatus.Retry);
                }

                // A create's claim is decided once: the refusal stands in the row before it is told.
                switch (await Commit(table.Refuse(key, request.Id, request.Version, Now)))
                {
                    case WriteOutcome.Written: return Reply(BucketStatus.Lost);
                    case WriteOutcome.Unknown: return Reply(BucketStatus.Retry);
                    default:
                        answer = null;
                        continue;
                }
            }

            if (owner.Version > answer.Version)
            {
                // The claim is newer than what the "no" was about: ask again.
                answer = null;
                continue;
            }

            switch (await Commit(table.Take(key, request.Id, request.Version, owner.Id, answer.Version, Now)))
            {
                case WriteOutcome.Written: return Reply(BucketStatus.Ok);
                case WriteOutcome.Unknown: return Reply(BucketStatus.Retry);
                default:
                    answer = null;
                    continue;
            }
        }

        return Reply(BucketStatus.Retry);
    }

    public async Task<ChangesReply> Apply(IndexChange[] changes)
    {
        var statuses = new BucketStatus[changes.Length];
        var refused = row.Poisoned;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            refused |= row.Lost;
            if (refused || !Installed)
            {
                Array.Fill(statuses, refused ? BucketStatus.Retry : BucketStatus.NotInstalled);
                return ReplyAll(statuses);
            }

            if (Pending.Splitting && Array.Exists(changes, c => IsMoving(c.Key.Hash)) && !await FinishSplit())
            {
                continue;
            }

            var table = Table;
            var changed = false;
            for (var i = 0; i < changes.Length; i++)
            {
                var change = changes[i];
                if (!SplitOrder.Belongs(change.Key.Hash, number, Pending.Level))
                {
                    statuses[i] = BucketStatus.Moved;
                    continue;
                }

                statuses[i] = BucketStatus.Ok;
                bool one;
                table = change.Kind == ChangeKind.Put
                    ? table.Put(change.Key, change.Id, change.Version, change.Tag, out one)
                    : table.Remove(change.Key, change.Id, change.Version, Now, out one);
                changed |= one;
            }

            if (!changed)
            {
                if (await commit.Durable())
                {
                    return ReplyAll(statuses);
                }

                continue;
            }

            switch (await Commit(table))
            {
                case WriteOutcome.Written:
                    return ReplyAll(statuses);
                case WriteOutcome.Unknown:
                    Array.Fill(statuses, BucketStatus.Retry);
                    return ReplyAll(statuses);
                default:
                    continue;
            }
        }

        Array.Fill(statuses, BucketStatus.Retry);
        return ReplyAll(statuses);
    }

    public async ValueTask<FindReply> Find(IndexKey[] keys, bool fresh)
    {
        if (fresh && !row.Poisoned)
        {
            await Refresh(row.ETag);
        }

        return Find(keys);
    }

    private FindReply Find(IndexKey[] keys)
    {
        if (row.Poisoned || !Installed)
        {
            return new FindReply { Status = row.Poisoned ? BucketStatus.Retry : BucketStatus.NotInstalled };
        }

        // From what is durable, so nothing has to be waited for. A half that is being moved is frozen, and may be read.
        var state = row.Current;
        var found = new IndexEntry[]?[keys.Length];
        var common = new bool[keys.Length];
        var moved = false;
        for (var i = 0; i < keys.Length; i++)
        {
            if (!SplitOrder.Belongs(keys[i].Hash, number, state.Level))
            {
                moved = true;
                continue;
            }

            var entry = orders.Find(state.Entries, keys[i]);
            found[i] = entry is null ? [] : Entries(entry);
            common[i] = entry?.Common ?? false;
        }

        return new FindReply { Status = moved ? BucketStatus.Moved : BucketStatus.Ok, Level = state.Level, Found = found, Common = common };
    }

    public ValueTask<BucketPage> List(IndexPosition after, int take)
    {
        if (row.Poisoned || !Installed)
        {
            return new(new BucketPage { Status = row.Poisoned ? BucketStatus.Retry : BucketStatus.NotInstalled });
        }

        var state = row.Current;
        if (!SplitOrder.Belongs(SplitOrder.Reverse(after.Order), number, state.Level))
        {
            return new(new BucketPage { Status = BucketStatus.Moved, Level = state.Level });
        }

        var table = new BucketTable(state.Entries);
        var listed = new List<ListedEntry>(Math.Min(take, state.Entries.Length));
        var at = table.FirstAfter(after);
        for (; at < state.Entries.Length && listed.Count < take; at++)
        {
            var entry = state.Entries[at];
            if (entry.Owners.Length > 0)
            {
                listed.Add(new ListedEntry { Key = new IndexKey { Value = entry.Value, Hash = entry.Hash }, Entries = Entries(entry) });
            }
        }

        return new(new BucketPage
        {
            Status = BucketStatus.Ok,
            Level = state.Level,
            Entries = [.. listed],
            End = at >= state.Entries.Length,
            Count = table.Count,
        });
    }

    public async Task<BucketStatus> Split(int level)
    {
        if (row.Poisoned || !Installed)
        {
            return row.Poisoned ? BucketStatus.Retry : BucketStatus.NotInstalled;
        }

        if (Pending.Level > level)
        {
            return await commit.Durable() ? BucketStatus.Ok : BucketStatus.Retry;
        }

        if (Pending.Level < level)
        {
            return BucketStatus.Moved;
        }

        return await FinishSplit() ? BucketStatus.Ok : BucketStatus.Retry;
    }

    public async Task<BucketStatus> Install(BucketInstall contents)
    {
        for (var attempt = 0; attempt < MaxAttempts && !row.Poisoned; attempt++)
        {
            if (row.Exists)
            {
                return BucketStatus.Ok;
            }

            var outcome = await row.Update(_ => row.Exists ? null : CompactForm.State<BucketState>(contents.State));
            if (outcome is WriteOutcome.Written)
            {
                commit.Load();
                return BucketStatus.Ok;
            }

            commit.Load();
        }

        return row.Exists ? BucketStatus.Ok : BucketStatus.Retry;
    }

    public async Task<BucketStatus> Clear()
    {
        if (row.Poisoned)
        {
            return BucketStatus.Retry;
        }

        await commit.Durable();

        // A split that was interrupted may have made its bucket, which nobody else knows of.
        if (Pending.Splitting && await SplitTarget.Clear() != BucketStatus.Ok)
        {
            return BucketStatus.Retry;
        }

        var outcome = await row.Clear();
        commit.Load();
        if (outcome is WriteOutcome.Written or WriteOutcome.Skipped)
        {
            DeactivateOnIdle();
            return BucketStatus.Ok;
        }

        return BucketStatus.Retry;
    }

    private BucketState Pending => commit.Pending;

    private bool IsCrowded => Pending.Entries.Length > (IndexNames.IsOfDirectory(index) ? CrowdedAt : MembersCrowdedAt);

    private BucketTable Table => Pending.Table;

    private IBucketGrain SplitTarget => GrainFactory.GetGrain<IBucketGrain>(GrainKeys.Bucket(directory, index, SplitOrder.TargetOf(number, Pending.Level)));

    private static IndexEntry[] Entries(BucketEntry entry) =>
        Array.ConvertAll(entry.Owners, o => new IndexEntry { Id = o.Id, Version = o.Version, Tag = o.Tag });

    private BucketReply Reply(BucketStatus status) =>
        new() { Status = status, Level = Pending.Level, Crowded = IsCrowded };

    private ChangesReply ReplyAll(BucketStatus[] statuses) =>
        new() { Statuses = statuses, Level = Pending.Level, Crowded = IsCrowded };

    private bool IsMoving(ulong hash) => Pending.Splitting && (hash & (1UL << Pending.Level)) != 0;

    /// <summary>Why a request about a hash cannot be served here, or null.</summary>
    private async Task<BucketStatus?> Refusal(ulong hash)
    {
        if (row.Lost)
        {
            return BucketStatus.Retry;
        }

        if (!Installed)
        {
            return BucketStatus.NotInstalled;
        }

        if (IsMoving(hash) && !await FinishSplit())
        {
            return BucketStatus.Retry;
        }

        return SplitOrder.Belongs(hash, number, Pending.Level) ? null : BucketStatus.Moved;
    }

    /// <summary>Reads the row again.</summary>
    /// <returns>True where another state stands than the decision was made on.</returns>
    private async Task<bool> Refresh(string? decidedOn)
    {
        var changed = await row.Refresh(decidedOn);
        if (!commit.Flushing)
        {
            commit.Load();
        }

        return changed;
    }

    private Task<WriteOutcome> Commit(BucketTable table)
    {
        var now = Now;
        if (now >= nextPrune)
        {
            nextPrune = now + PruneSeconds;
            table = table.Prune(now);
        }

        return commit.Commit(Pending.With(table));
    }

    private async Task<HoldsReply?> Ask(string owner, string value)
    {
        try
        {
            return await GrainFactory.GetGrain<IUserGrain>(GrainKeys.Resource(directory, owner)).Holds(index, value);
        }
        catch (Exception exception)
        {
            LogNoAnswer(logger, owner, this.GetPrimaryKeyString(), exception);
            return null;
        }
    }

    private Task<bool> FinishSplit()
    {
        if (splitting is null || splitting.IsCompleted)
        {
            splitting = SplitNow();
        }

        return splitting;
    }

    /// <summary>The four steps of a split but the last, which is the owner's of the width. Goes on from wherever it was left.</summary>
    private async Task<bool> SplitNow()
    {
        try
        {
            if (!Pending.Splitting && await commit.Commit(Pending with { Splitting = true }) != WriteOutcome.Written)
            {
                return false;
            }

            if (!await commit.Durable() || !Pending.Splitting)
            {
                return false;
            }

            var level = Pending.Level;
            LogSplitting(logger, this.GetPrimaryKeyString(), level);
            var moving = Table.Split(level).Moving;
            var state = CompactForm.Bytes(new BucketState { Level = level + 1, Entries = moving.Entries });
            if (await SplitTarget.Install(new BucketInstall { State = state }) != BucketStatus.Ok)
            {
                return false;
            }

            // The half that stays may have changed since; the half that moves is frozen.
            return Pending.Splitting && Pending.Level == level
                && await commit.Commit(Pending with { Splitting = false, Level = level + 1, Entries = Table.Split(level).Staying.Entries }) == WriteOutcome.Written;
        }
        catch (Exception exception)
        {
            LogSplitFailed(logger, this.GetPrimaryKeyString(), exception);
            return false;
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "Resource {Owner} did not answer bucket {Key}")]
    private static partial void LogNoAnswer(ILogger logger, string owner, string key, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Bucket {Key}: a split was interrupted and will go on later")]
    private static partial void LogSplitFailed(ILogger logger, string key, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "Bucket {Key}: splitting at level {Level}")]
    private static partial void LogSplitting(ILogger logger, string key, int level);
}
