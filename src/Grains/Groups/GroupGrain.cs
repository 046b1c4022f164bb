using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Events;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;
using Microsoft.Extensions.Logging;
using Scim;
using Scim.Errors;
using Scim.Patching;
using Scim.Resources;

namespace Grains.Groups;

/// <summary>A group: its head, and through it every change of its members, by the rules of PROTOCOL.md, section Group.</summary>
[GrainType("group")]
internal sealed partial class GroupGrain : Grain, IGroupGrain
{
    /// <summary>How many members one request may add and remove together: their list must fit into the head's row.</summary>
    public const int MaxMemberChanges = 10_000;

    /// <summary>How often a change is decided again after another's write came between.</summary>
    private const int MaxAttempts = 4;

    /// <summary>How many members are told at a time.</summary>
    private const int MembersAtOnce = 64;

    private readonly Row<GroupState> row;
    private readonly LoggedRow<GroupState> logged;
    private readonly TimeProvider time;
    private readonly IndexEpochs epochs;
    private readonly ILogger<GroupGrain> logger;
    private readonly KnownTerms known = new();
    private string directoryId = "";
    private string id = "";

    /// <summary>The write whose mark, intent and list of work are done with, though the row still has them: the next write strikes them.</summary>
    private string? settledOf;

    /// <summary>The width of the members' index, which may be ahead of the row: the next write brings it there.</summary>
    private long width = 1;

    /// <summary>The members' buckets that have read their rows again since this activation has known the head: they are as new as it is.</summary>
    private HashSet<long> followed = [];
    private Task<bool>? completing;
    private Task? leaving;
    private ResourceReply? reply;

    /// <summary>Whether the activation has served anyone but those who look at everyone.</summary>
    private bool isOfUse;
    private string? replyOf;

    public GroupGrain(
        [PersistentState(StorageNames.Group, StorageNames.Provider)] IPersistentState<GroupState> storage,
        IGrainFactory grains,
        TimeProvider time,
        IndexEpochs epochs,
        ILogger<GroupGrain> logger)
    {
        row = new Row<GroupState>(storage, this);
        logged = new LoggedRow<GroupState>(row, grains, static _ => "Group", time, logger);
        this.time = time;
        this.epochs = epochs;
        this.logger = logger;
    }

    private bool IsLive => row.Current.Status == ResourceStatus.Live;

    /// <summary>The state to write the next one on: without what is done with.</summary>
    private GroupState Base => (Settled ? row.Current with { Marked = false, EventOpen = false, Work = [], Intent = null } : row.Current) with { Width = Math.Max(width, row.Current.Width) };

    private bool Settled => settledOf is not null && settledOf == row.Current.WriteId;

    private bool IsUnfinished => !Settled && IsListed;

    /// <summary>Whether the row says that something may not be done.</summary>
    private bool IsListed => row.Current.Marked || row.Current.EventOpen || row.Current.Work.Length > 0 || row.Current.Intent is not null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (directoryId, id) = GrainKeys.SplitResource(this.GetPrimaryKeyString());
        logged.Id = id;
        row.Load();
        width = row.Current.Width;
        return Task.CompletedTask;
    }

    public async Task<ResourceReply> Create(DirectoryContext directory, CreateResource request)
    {
        var attributes = AttributesJson.Parse(request.Attributes);
        var members = GroupMembers.Take(attributes);
        var news = new NewResource(JsonBody.ToUtf8(attributes), request.Digest, Imported: null);
        if (await Beginning(directory, news) is { } answer)
        {
            return answer;
        }

        var (adds, _, refusal) = await Plan(Buckets(directory), directory, [new MemberOperation(MemberOperationKind.Add, members)]);
        return refusal is not null ? refusal : await Make(directory, news, adds);
    }

    public async Task<ImportReply> Import(DirectoryContext directory, ImportResource request)
    {
        var news = NewResource.Of(request);
        return await Beginning(directory, news) is { } answer
            ? new ImportReply { Error = answer.Error, AlreadyThere = answer.Error is null }
            : new ImportReply { Error = (await Make(directory, news, adds: [])).Error };
    }

    public async Task<ImportMembersReply> ImportMembers(DirectoryContext directory, ImportMembers request)
    {
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        var operation = new MemberOperation(MemberOperationKind.Add, [.. request.Members.Select(m => new MemberValue(m.Id, m.Type))]);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (!await Finished(directory))
            {
                return GrainError.Retry;
            }

            var decidedOn = row.ETag;
            if (!IsLive || row.Current.ContentVersion != request.Version)
            {
                if (await Refresh(decidedOn))
                {
                    continue;
                }

                return !IsLive ? NotFound() : new GrainError
                {
                    Status = 409,
                    Detail = $"Group {id} stands here at version {row.Current.ContentVersion}; the members are of version {request.Version}.",
                };
            }

            Again(attempt);
            var missing = new List<string>();
            var (adds, _, refusal) = await Plan(Buckets(directory), directory, [operation], missing);
            if (refusal is not null)
            {
                return refusal;
            }

            var imported = new ImportMembersReply
            {
                Added = adds.Length,
                AlreadyThere = request.Members.Select(m => m.Id).Distinct(StringComparer.Ordinal).Count() - adds.Length - missing.Count,
                Missing = [.. missing],
            };
            if (adds.Length == 0)
            {
                // "Nothing to do" is said of what stands.
                if (await Refresh(decidedOn))
                {
                    continue;
                }

                return imported;
            }

            // The head has the change as intent, as with any change of members; but it is a part of making the group, and no event.
            var outcome = await row.Update(current => current.Status != ResourceStatus.Live || current.ContentVersion != request.Version ? null : Base with
            {
                Version = current.NextVersion(),
                MemberCount = current.MemberCount + adds.Length,
                Intent = new MembershipIntent { Adds = adds },
            });
            switch (outcome)
            {
                case WriteOutcome.Written:
                    return await FinishChange(directory) ? imported : GrainError.Retry;
                case WriteOutcome.Unknown:
                    return GrainError.Retry;
                default:
                    continue;
            }
        }

        return GrainError.Retry;
    }

    public async Task<ExportedResource?> Export(DirectoryContext directory, int mostMembers)
    {
        if (!await ReadyToRead(directory))
        {
            throw new StorageUnavailableException();
        }

        return Standing() is not { } standing || standing.MemberCount > mostMembers
            ? Standing()
            : standing with { Members = [.. (await Buckets(directory).All()).Values] };
    }

    public ValueTask<ResourceReply> Read(DirectoryContext directory)
    {
        if (!row.Poisoned && !IsUnfinished)
        {
            return new(IsLive ? Answer(directory) : NotFound());
        }

        return ReadWhenReady(directory);
    }

    public ValueTask<ResourceReply> Look(DirectoryContext directory)
    {
        if (row.Poisoned || (isOfUse ? IsUnfinished : IsListed))
        {
            return LookWhenReady(directory);
        }

        var seen = Seen(directory);
        GoUnlessOfUse();
        return new(seen);
    }

    public ValueTask<ResourceReply> ReadUnder(DirectoryContext directory, string index, string value)
    {
        if (!row.Poisoned && !IsUnfinished)
        {
            return new(AnswerUnder(directory, index, value));
        }

        return ReadUnderWhenReady(directory, index, value);
    }

    public async Task<MembersPage> Members(DirectoryContext directory, IndexPosition after, int take)
    {
        if (!await Ready(directory))
        {
            throw new StorageUnavailableException();
        }

        return IsLive ? await Buckets(directory).List(after, take) : new MembersPage { Members = [], Gone = true };
    }

    public async Task<bool[]> HasMembers(DirectoryContext directory, string[] ids)
    {
        if (!await Ready(directory))
        {
            throw new StorageUnavailableException();
        }

        var found = IsLive ? await Buckets(directory).Find(ids) : [];
        return Array.ConvertAll(ids, found.ContainsKey);
    }

    public Task<ResourceReply> Patch(DirectoryContext directory, ChangeResource request)
    {
        if (!PatchRequest.Parse(request.Body, DirectorySchemas.Of(directory).Group, (Dialect)directory.Dialect).TryGet(out var patch, out var error)
            || !patch.SplitMembers().TryGet(out var split, out error))
        {
            return Task.FromResult<ResourceReply>(error.ToGrainError());
        }

        return Change(directory, EventKind.Patch, request.IfMatch, split.Head.ApplyTo, split.Members);
    }

    public Task<ResourceReply> Replace(DirectoryContext directory, ChangeResource request)
    {
        var incoming = AttributesJson.Parse(request.Body);
        var members = new MemberOperation(MemberOperationKind.Replace, GroupMembers.Take(incoming));
        return Change(
            directory,
            EventKind.Put,
            request.IfMatch,
            existing => Replacement.Apply(existing, incoming, DirectorySchemas.Of(directory).Group),
            [members]);
    }

    public async Task<ResourceReply> Delete(DirectoryContext directory, ChangeResource request)
    {
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (!await Finished(directory))
            {
                return GrainError.Retry;
            }

            if (await Absent(request.IfMatch) is { } answer)
            {
                if (answer.Again)
                {
                    continue;
                }

                return answer.Reply;
            }

            var indexes = ResourceIndexes.OfGroups(directory);
            IndexTerm[] terms = [.. indexes.TermsOf(row.Current.Attributes!.Utf8), new IndexTerm(indexes.IdIndex, id, Unique: false)];
            var outcome = await logged.Update(directory, EventKind.Delete, current => current.Status != ResourceStatus.Live ? null : Tombstone(current, terms));
            switch (outcome)
            {
                case WriteOutcome.Written:
                    await Release(directory);
                    return new ResourceReply { Unfinished = row.Current.Leaving };
                case WriteOutcome.Unknown:
                    return GrainError.Retry;
                default:
                    continue;
            }
        }

        return GrainError.Retry;
    }

    public async Task<MembershipStatus> Drop(DirectoryContext directory, string member)
    {
        if (!await Ready(directory))
        {
            return MembershipStatus.Retry;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (!await Finished(directory))
            {
                return MembershipStatus.Retry;
            }

            Again(attempt);
            var decidedOn = row.ETag;
            var found = IsLive ? await Buckets(directory).Find([member]) : [];
            if (found.Count == 0 && IsLive)
            {
                found = await Buckets(directory).Find([member], fresh: true);
            }

            if (found.Count == 0)
            {
                if (await Refresh(decidedOn))
                {
                    continue;
                }

                return IsLive ? MembershipStatus.Ok : MembershipStatus.Gone;
            }

            if (directory.Rules.Archives && found[member].Type == "User" && await IsBack(directory, member))
            {
                return MembershipStatus.Ok;
            }

            switch (await WriteMembers(directory, EventKind.Patch, [], [found[member]], gone: true))
            {
                case WriteOutcome.Written:
                    return await FinishChange(directory) ? MembershipStatus.Ok : MembershipStatus.Retry;
                case WriteOutcome.Unknown:
                    return MembershipStatus.Retry;
            }
        }

        return MembershipStatus.Retry;
    }

    /// <summary>Whether a member was restored and made one anew: to leave is then the word of a twin that comes too late.</summary>
    private async Task<bool> IsBack(DirectoryContext directory, string member)
    {
        var user = GrainFactory.GetGrain<IUserGrain>(GrainKeys.Resource(directory.Id, member));
        return await user.Exists() && (await user.Groups()).Contains(id);
    }

    public Task Settle(DirectoryContext directory)
    {
        if (leaving is null || leaving.IsCompleted)
        {
            leaving = MembersLeave(directory);
        }

        return leaving;
    }

    public ValueTask<bool> Exists() => row.Poisoned ? throw new StorageUnavailableException() : new(IsLive);

    public Task<MembershipStatus> Join(DirectoryContext directory, Membership membership) => Link(membership, joins: true);

    public Task<MembershipStatus> Leave(DirectoryContext directory, Membership membership) => Link(membership, joins: false);

    public ValueTask<string[]> Groups() => row.Poisoned ? throw new StorageUnavailableException() : new(GroupLinks.Present(row.Current.Groups));

    public async Task<Finding> Wake(DirectoryContext directory, string[] writeIds)
    {
        if (!await ReadyToRead(directory))
        {
            throw new StorageUnavailableException();
        }

        var standing = StandingIn(row.Current);
        if (standing.Length < writeIds.Length)
        {
            // That the others do not stand is durable first: a write of them that is still under way then fails. What is said is said of
            // the row that this was decided on: where a twin has written since, it may be another than was looked at above.
            var outcome = await row.Update(current =>
            {
                standing = StandingIn(current);
                return current.Status == ResourceStatus.Absent
                    ? new GroupState { Status = ResourceStatus.Tombstone, Version = 2, LastModified = time.GetUtcNow() }
                    : current with { Version = current.NextVersion() };
            });
            if (outcome != WriteOutcome.Written)
            {
                throw new StorageUnavailableException();
            }

            if (!IsLive)
            {
                // A create that was cut off may have left its id in the list of all ids, and nothing else that is believed.
                var listed = new IndexTerm(ResourceIndexes.OfGroups(directory).IdIndex, id, Unique: false);
                if (!await Confirmed(new IndexClient(GrainFactory, directory).Apply([listed], ChangeKind.Remove, id, row.Current.Version)))
                {
                    throw new StorageUnavailableException();
                }
            }
        }

        if (row.Current.Leaving)
        {
            _ = Settle(directory);
        }

        return new Finding { Standing = standing, Unfinished = IsUnfinished || row.Current.Leaving };

        string[] StandingIn(GroupState state) => [.. writeIds.Where(w => w == state.EventId || w == state.EventBefore)];
    }

    public async Task<bool> ClearTombstone(DirectoryContext directory)
    {
        if (!await Ready(directory))
        {
            return false;
        }

        if (row.Current.Status != ResourceStatus.Tombstone)
        {
            return true;
        }

        if (row.Current.Leaving)
        {
            // A create that was refused is on nobody's list; the clearing of this row, and of all behind it, waits for it.
            _ = Settle(directory);
            return false;
        }

        if (time.GetUtcNow() - row.Current.LastModified < EventLogGrain.TombstoneTime)
        {
            return false;
        }

        var outcome = await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }

    public async Task<bool> Erase()
    {
        var outcome = row.Poisoned ? WriteOutcome.Unknown : await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }

    /// <summary>The answer to who wants to make the group where a row stands already; null where it may be made.</summary>
    private async ValueTask<ResourceReply?> Beginning(DirectoryContext directory, NewResource news)
    {
        if (!await Ready(directory, creating: true))
        {
            return GrainError.Retry;
        }

        if (!row.Exists)
        {
            return null;
        }

        await Refresh(row.ETag);
        return !await Finished(directory, creating: true) ? GrainError.Retry
            : news.MayBeMadeOn(!row.Exists, SaysNo(row.Current)) ? null
            : ExistingAnswer(directory, news, mayBeOwn: news.Imported is not null);
    }

    private async Task<ResourceReply> Make(DirectoryContext directory, NewResource news, GroupMember[] adds)
    {
        if (ResourceErrors.TooLarge(news.Attributes) is { } tooLarge)
        {
            return tooLarge;
        }

        if (await logged.Refusal(directory) is { } full)
        {
            return full;
        }

        var indexes = ResourceIndexes.OfGroups(directory);
        IndexTerm[] terms = [.. indexes.TermsOf(news.Attributes), new IndexTerm(indexes.IdIndex, id, Unique: false)];
        var now = time.GetUtcNow();
        var version = row.Current.Version + 1;
        var client = new IndexClient(GrainFactory, directory);
        var writing = logged.Update(
            directory,
            EventKind.Create,
            current => current.Version + 1 != version || !news.MayBeMadeOn(current.Status == ResourceStatus.Absent, SaysNo(current)) ? null : new GroupState
            {
                Status = ResourceStatus.Live,
                Version = version,
                ContentVersion = news.ContentVersion,
                Marked = true,
                Created = news.Imported?.Created ?? now,
                LastModified = news.Imported?.LastModified ?? now,
                Attributes = new RawJson { Utf8 = news.Attributes },
                MemberCount = adds.Length,
                Intent = adds.Length == 0 ? null : new MembershipIntent { Adds = adds },
                Digest = news.Digest,
                Imported = news.Imported is null ? null : now,
            },
            news.ContentVersion);
        var noting = Confirmed(client.Apply(terms, ChangeKind.Put, id, version));
        var (written, noted) = (await writing, await noting);
        if (written is WriteOutcome.Skipped or WriteOutcome.Conflict && row.Exists && noted)
        {
            if (!IsLive)
            {
                await Confirmed(client.Apply(terms, ChangeKind.Remove, id, row.Current.Version));
            }

            return await Finished(directory, creating: true) ? ExistingAnswer(directory, news, mayBeOwn: true) : GrainError.Retry;
        }

        if (written != WriteOutcome.Written || !noted || !await FinishIntent(directory))
        {
            await GiveUp(directory, terms, news);
            return GrainError.Retry;
        }

        settledOf = row.Current.WriteId;
        logged.Settle(directory, row.Current, unfinished: false);
        return news.Imported is null ? Answer(directory) : new ResourceReply();
    }

    /// <summary>Whether a row is there only so that a write in flight fails: its group never was.</summary>
    private static bool SaysNo(GroupState state) =>
        state is { Status: ResourceStatus.Tombstone, ContentVersion: 0, Leaving: false, Work.Length: 0, Groups.Length: 0 };

    /// <summary>The group as it is stored, without its members, or null.</summary>
    private ExportedResource? Standing() => !IsLive ? null : new ExportedResource
    {
        Id = id,
        Attributes = row.Current.Attributes!.Utf8,
        Version = row.Current.ContentVersion,
        Created = row.Current.Created,
        LastModified = row.Current.LastModified,
        MemberCount = row.Current.MemberCount,
    };

    private Task<bool> Confirmed(Task<bool> step) => Companions.Confirmed(step, logger, this.GetPrimaryKeyString());

    private MemberBuckets Buckets(DirectoryContext directory) => new(GrainFactory, directory, id, width, followed);

    /// <summary>Reads the row again.</summary>
    /// <returns>True where a twin has written since: its members' buckets have changed, too.</returns>
    private async Task<bool> Refresh(string? decidedOn)
    {
        var changed = await row.Refresh(decidedOn);
        if (changed)
        {
            followed = [];
        }

        return changed;
    }

    private GrainError NotFound() => GrainError.NotFound("Group", id);

    private ResourceReply Answer(DirectoryContext directory)
    {
        isOfUse = true;
        if (reply is null || replyOf != row.Current.WriteId)
        {
            reply = Rendered(directory);
            replyOf = row.Current.WriteId;
        }

        return reply;
    }

    private ResourceReply Rendered(DirectoryContext directory)
    {
        var state = row.Current;
        var document = ResourceRenderer.Render(
            DirectorySchemas.Of(directory).Group,
            state.Attributes!.Utf8,
            new ResourceMeta(id, state.Created, state.LastModified, state.ContentVersion),
            groups: null);
        return new ResourceReply { Document = document, Version = state.ContentVersion, MemberCount = state.MemberCount };
    }

    /// <summary>The answer to a create whose row is there already.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="news">What was to be made.</param>
    /// <param name="mayBeOwn">An id that was drawn for the request is nobody else's: what it was to make may have been made by it.</param>
    private ResourceReply ExistingAnswer(DirectoryContext directory, NewResource news, bool mayBeOwn) =>
        news.Digest is null && !mayBeOwn ? GrainError.Retry
        : news.Refusal("Group", id, Standing(), row.Current.Digest) ?? (news.Imported is null ? Answer(directory) : new ResourceReply());

    /// <summary>
    /// A create that was not confirmed: as far as storage lets it, what was written on its behalf is taken back, so that nothing
    /// stands under an id that nobody knows. With an <c>Idempotency-Key</c>, and of an import, the retry completes it instead.
    /// </summary>
    private async Task GiveUp(DirectoryContext directory, IndexTerm[] terms, NewResource news)
    {
        if (!news.IsAskedForAgain)
        {
            await Refuse(directory, terms);
        }

        row.Poison();
    }

    /// <summary>A create that is not to be: its row becomes a tombstone, its event never came to be, its hints are taken back.</summary>
    private async Task<bool> Refuse(DirectoryContext directory, IndexTerm[] terms)
    {
        var eventId = row.Current.EventId;
        var outcome = await row.Update(current => current.Status == ResourceStatus.Tombstone ? null : Tombstone(current, terms) with
        {
            EventId = null,
            MemberCount = 0,

            // Who was told of it, and stands in no bucket yet, is told of its end.
            Intent = current.Intent is null ? null : new MembershipIntent { Removes = current.Intent.Adds },
        });
        if (outcome != WriteOutcome.Written)
        {
            row.Poison();
            return false;
        }

        if (eventId is not null)
        {
            logged.Drop(directory, eventId, unfinished: row.Current.Leaving);
        }

        if (!await FinishIntent(directory))
        {
            row.Poison();
            return false;
        }

        await Release(directory);
        return true;
    }

    private async Task<bool> Stands(IndexClient client, IndexTerm[] terms)
    {
        foreach (var term in terms)
        {
            var found = (await client.Find(term.Index, [term.Value], fresh: true))[0];
            if (!found.Common && !Array.Exists(found.Entries, e => e.Id == id))
            {
                return false;
            }
        }

        return true;
    }

    private GroupState Tombstone(GroupState current, IndexTerm[] terms) => Base with
    {
        Status = ResourceStatus.Tombstone,
        Version = Math.Max(current.NextVersion(), 2),
        ContentVersion = Math.Max(current.NextVersion(), 2),
        LastModified = time.GetUtcNow(),
        Marked = false,
        EventOpen = false,
        Attributes = null,
        Intent = null,
        Leaving = true,
        Work = WorkList.After(Base.Work, terms, []),
    };

    /// <summary>Whether a change finds no group, or not the version that it names; said of what stands.</summary>
    private async Task<(bool Again, ResourceReply Reply)?> Absent(long[]? ifMatch)
    {
        var decidedOn = row.ETag;
        var matches = ifMatch is null || ifMatch.Contains(row.Current.ContentVersion);
        if (IsLive && matches)
        {
            return null;
        }

        if (await Refresh(decidedOn))
        {
            return (true, new ResourceReply());
        }

        return (false, IsLive ? ResourceErrors.PreconditionFailed(row.Current.ContentVersion) : NotFound());
    }

    private async Task<ResourceReply> Change(
        DirectoryContext directory,
        EventKind kind,
        long[]? ifMatch,
        Func<System.Text.Json.Nodes.JsonObject, Result<Replaced>> change,
        IReadOnlyList<MemberOperation> operations)
    {
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        var indexes = ResourceIndexes.OfGroups(directory);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (!await Finished(directory))
            {
                return GrainError.Retry;
            }

            if (await Absent(ifMatch) is { } answer)
            {
                if (answer.Again)
                {
                    continue;
                }

                return answer.Reply;
            }

            Again(attempt);
            var before = row.Current;
            var decidedOn = row.ETag;
            if (!change(AttributesJson.Parse(before.Attributes!.Utf8)).TryGet(out var replaced, out var error))
            {
                return error.ToGrainError();
            }

            var (adds, removes, refusal) = await Plan(Buckets(directory), directory, operations);
            if (refusal is not null)
            {
                return refusal;
            }

            if (!replaced.Changed && adds.Length == 0 && removes.Length == 0)
            {
                // A twin may have written since: "no change" is said of what stands, not of what is remembered.
                if (await Refresh(decidedOn))
                {
                    continue;
                }

                return Answer(directory);
            }

            var next = replaced.Changed ? new RawJson { Utf8 = JsonBody.ToUtf8(replaced.Resource) } : before.Attributes;
            if (next is { } changed && ResourceErrors.TooLarge(changed.Utf8) is { } tooLarge)
            {
                return tooLarge;
            }

            var old = known.Of(before.Attributes, indexes);
            var terms = replaced.Changed ? indexes.TermsOf(replaced.Resource) : old;
            var (added, dropped) = TermChanges.Between(old, terms);
            if (added.Count > 0 && !await Confirmed(new IndexClient(GrainFactory, directory).Apply(added, ChangeKind.Put, id, before.NextVersion())))
            {
                return GrainError.Retry;
            }

            known.Set(next, indexes, terms);
            var outcome = await WriteMembers(directory, kind, adds, removes, gone: false, before, state => state with
            {
                Attributes = next,
                Work = WorkList.After(state.Work, dropped, terms),
            });
            switch (outcome)
            {
                case WriteOutcome.Written:
                    return await FinishChange(directory) ? Answer(directory) : GrainError.Retry;
                case WriteOutcome.Unknown:
                    return GrainError.Retry;
                default:
                    continue;
            }
        }

        return GrainError.Retry;
    }

    /// <summary>A change that is decided again met another's: the buckets may have changed with the head.</summary>
    private void Again(int attempt)
    {
        if (attempt > 0)
        {
            followed = [];
        }
    }

    /// <summary>The commit of a change: the head with the whole of it as intent.</summary>
    private Task<WriteOutcome> WriteMembers(
        DirectoryContext directory,
        EventKind kind,
        GroupMember[] adds,
        GroupMember[] removes,
        bool gone = false,
        GroupState? before = null,
        Func<GroupState, GroupState>? and = null)
    {
        var now = time.GetUtcNow();
        return logged.Update(directory, kind, current =>
        {
            if (current.Status != ResourceStatus.Live || (before is not null && current.ContentVersion != before.ContentVersion))
            {
                return null;
            }

            var next = Base with
            {
                Version = current.NextVersion(),
                ContentVersion = current.NextVersion(),
                LastModified = now > current.LastModified ? now : current.LastModified,
                MemberCount = current.MemberCount + adds.Length - removes.Length,
                Intent = adds.Length + removes.Length == 0 ? null : new MembershipIntent { Adds = adds, Removes = removes, Gone = gone },
            };
            return and is null ? next : and(next);
        });
    }

    /// <summary>What a change of members comes to, against the members that there are.</summary>
    /// <param name="buckets">The members.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="operations">The change.</param>
    /// <param name="missing">Takes those who cannot be members; where it is null, the first of them refuses the change.</param>
    private async Task<(GroupMember[] Adds, GroupMember[] Removes, GrainError? Refusal)> Plan(
        MemberBuckets buckets,
        DirectoryContext directory,
        IReadOnlyList<MemberOperation> operations,
        List<string>? missing = null)
    {
        if (operations.Count == 0)
        {
            return ([], [], null);
        }

        var wanted = new Dictionary<string, (bool Member, string? Type)>(StringComparer.Ordinal);
        var fromNothing = false;
        foreach (var operation in operations)
        {
            if (operation.Kind is MemberOperationKind.Replace or MemberOperationKind.RemoveAll)
            {
                wanted.Clear();
                fromNothing = true;
            }

            foreach (var value in operation.Values)
            {
                wanted[value.Value] = (operation.Kind != MemberOperationKind.Remove, value.Type);
            }
        }

        var present = fromNothing
            ? await buckets.All()
            : wanted.Count == 0 ? [] : await buckets.Find([.. wanted.Keys.Where(k => GrainKeys.IsPart(k))]);
        if (!fromNothing)
        {
            // "Already a member" and "not a member" are said of what stands: a bucket's memory may be a stale twin's (PROTOCOL R2).
            var doubtful = wanted.Where(w => w.Value.Member == present.ContainsKey(w.Key) && GrainKeys.IsPart(w.Key)).Select(w => w.Key).ToList();
            var fresh = doubtful.Count == 0 ? [] : await buckets.Find(doubtful, fresh: true);
            foreach (var doubted in doubtful)
            {
                present.Remove(doubted);
                if (fresh.TryGetValue(doubted, out var member))
                {
                    present[doubted] = member;
                }
            }
        }

        var removes = present.Values.Where(m => wanted.TryGetValue(m.Id, out var want) ? !want.Member : fromNothing).ToArray();
        var news = wanted.Where(w => w.Value.Member && !present.ContainsKey(w.Key)).Select(w => (Id: w.Key, w.Value.Type)).ToList();
        if (news.Count + removes.Length > MaxMemberChanges)
        {
            return ([], [], new GrainError
            {
                Status = 413,
                Detail = $"The request changes {news.Count + removes.Length} members; at most {MaxMemberChanges} may be changed at once. Send it in parts.",
            });
        }

        var adds = new List<GroupMember>(news.Count);
        foreach (var some in news.Chunk(MembersAtOnce))
        {
            var types = some.Select(n => TypeOf(n.Id, n.Type)).ToList();
            for (var i = 0; i < some.Length; i++)
            {
                if (await types[i] is not { } type || (missing is not null && some[i].Id == id))
                {
                    if (missing is not null)
                    {
                        missing.Add(some[i].Id);
                        continue;
                    }

                    return ([], [], ScimError.InvalidValue($"members: there is no user or group '{some[i].Id}' in this directory.").ToGrainError());
                }

                adds.Add(new GroupMember { Id = some[i].Id, Type = type });
            }
        }

        return adds.Exists(a => a.Id == id)
            ? ([], [], ScimError.InvalidValue("members: a group cannot be a member of itself.").ToGrainError())
            : ([.. adds], removes, null);
    }

    /// <summary>The resource type of a new member, or null where there is no such resource.</summary>
    private async Task<string?> TypeOf(string member, string? hint)
    {
        if (!GrainKeys.IsPart(member))
        {
            return null;
        }

        var key = GrainKeys.Resource(directoryId, member);
        if (string.Equals(hint, "Group", StringComparison.OrdinalIgnoreCase) && (member == id || await GrainFactory.GetGrain<IGroupGrain>(key).Exists()))
        {
            return "Group";
        }

        if (await GrainFactory.GetGrain<IUserGrain>(key).Exists())
        {
            return "User";
        }

        return member == id || await GrainFactory.GetGrain<IGroupGrain>(key).Exists() ? "Group" : null;
    }

    /// <summary>What follows from a committed change. Where it cannot be finished, the next activation does so before it serves.</summary>
    private async Task<bool> FinishChange(DirectoryContext directory)
    {
        if (!await FinishIntent(directory))
        {
            row.Poison();
            return false;
        }

        await Release(directory);
        return true;
    }

    /// <summary>Tells the members and fills the buckets, in parallel; a member that was deleted meanwhile is taken out again.</summary>
    private async Task<bool> FinishIntent(DirectoryContext directory)
    {
        var state = row.Current;
        if (state.Intent is not { } intent)
        {
            return true;
        }

        var buckets = Buckets(directory);
        var filling = Confirmed(buckets.Apply(intent, state.Version, state.MemberCount));
        var (told, refused) = intent.Gone ? (true, []) : await Tell(directory, intent, state.Version);
        var filled = await filling;
        width = buckets.Width;
        if (!told || !filled)
        {
            return false;
        }

        if (refused.Count == 0)
        {
            return true;
        }

        if (await WriteMembers(directory, EventKind.Patch, [], [.. refused], gone: true) != WriteOutcome.Written)
        {
            return false;
        }

        buckets = Buckets(directory);
        return await Confirmed(buckets.Apply(row.Current.Intent!, row.Current.Version, row.Current.MemberCount));
    }

    private async Task<(bool Told, List<GroupMember> Refused)> Tell(DirectoryContext directory, MembershipIntent intent, long version)
    {
        var membership = new Membership { Group = id, Version = version };
        var refused = new List<GroupMember>();
        var told = true;
        foreach (var some in intent.Adds.Select(m => (Member: m, Joins: true)).Concat(intent.Removes.Select(m => (Member: m, Joins: false))).Chunk(MembersAtOnce))
        {
            var answers = some.Select(s => Confirmed(Tell(directory, s.Member, membership, s.Joins))).ToList();
            for (var i = 0; i < some.Length; i++)
            {
                var answer = await answers[i];
                told &= answer != MembershipStatus.Retry;
                if (answer == MembershipStatus.Gone && some[i].Joins)
                {
                    refused.Add(some[i].Member);
                }
            }
        }

        return (told, refused);
    }

    private Task<MembershipStatus> Tell(DirectoryContext directory, GroupMember member, Membership membership, bool joins)
    {
        var key = GrainKeys.Resource(directoryId, member.Id);
        if (member.Type == "Group")
        {
            var group = GrainFactory.GetGrain<IGroupGrain>(key);
            return joins ? group.Join(directory, membership) : group.Leave(directory, membership);
        }

        var user = GrainFactory.GetGrain<IUserGrain>(key);
        return joins ? user.Join(directory, membership) : user.Leave(directory, membership);
    }

    private async Task<MembershipStatus> Confirmed(Task<MembershipStatus> step)
    {
        var status = MembershipStatus.Retry;
        await Confirmed(Take());
        return status;

        async Task<bool> Take()
        {
            status = await step;
            return true;
        }
    }

    private async Task<MembershipStatus> Link(Membership membership, bool joins)
    {
        for (var attempt = 0; attempt < MaxAttempts && !row.Poisoned; attempt++)
        {
            var decidedOn = row.ETag;
            if (!IsLive)
            {
                if (await Refresh(decidedOn))
                {
                    continue;
                }

                return MembershipStatus.Gone;
            }

            var outcome = await row.Update(current =>
                current.Status == ResourceStatus.Live && GroupLinks.With(current.Groups, membership, joins, time.GetUtcNow()) is { } links
                    ? Base with { Groups = links }
                    : null);
            if (outcome == WriteOutcome.Written || (outcome == WriteOutcome.Skipped && IsLive && !await Refresh(decidedOn)))
            {
                return MembershipStatus.Ok;
            }
        }

        return MembershipStatus.Retry;
    }

    private async ValueTask<ResourceReply> ReadUnderWhenReady(DirectoryContext directory, string index, string value) =>
        await ReadyToRead(directory) ? AnswerUnder(directory, index, value) : GrainError.Retry;

    private ResourceReply AnswerUnder(DirectoryContext directory, string index, string value) =>
        IsLive && known.Hold(row.Current.Attributes!, ResourceIndexes.OfGroups(directory), index, value) ? Answer(directory) : NotFound();

    private async ValueTask<ResourceReply> LookWhenReady(DirectoryContext directory)
    {
        if (!await Ready(directory, inPassing: true))
        {
            return GrainError.Retry;
        }

        // The next activation need not do again what was done now: this one goes.
        var seen = Seen(directory);
        await Strike();
        GoUnlessOfUse();
        return seen;
    }

    private ResourceReply Seen(DirectoryContext directory) => !IsLive ? NotFound() : reply is not null && replyOf == row.Current.WriteId ? reply : Rendered(directory);

    /// <summary>Whoever looks at everyone must not leave everyone in memory.</summary>
    private void GoUnlessOfUse()
    {
        if (!isOfUse && !IsListed)
        {
            DeactivateOnIdle();
        }
    }

    private async ValueTask<ResourceReply> ReadWhenReady(DirectoryContext directory) =>
        !await ReadyToRead(directory) ? GrainError.Retry : IsLive ? Answer(directory) : NotFound();

    /// <summary>Serves no one before what the row has committed is done (PROTOCOL R7).</summary>
    private async ValueTask<bool> Ready(DirectoryContext directory, bool creating = false, bool inPassing = false)
    {
        isOfUse |= !inPassing;
        if (row.Poisoned || IsStale(directory))
        {
            return false;
        }

        if (!IsUnfinished)
        {
            return true;
        }

        // Reads interleave with each other: they wait for the same completion.
        completing ??= Complete(directory, creating);
        try
        {
            return await completing && !row.Poisoned;
        }
        finally
        {
            // One that failed is not waited for again: the next call tries anew.
            completing = null;
        }
    }

    /// <summary>
    /// Whether the row holds nothing unfinished. What a twin has committed since is finished before anything is decided on top of it:
    /// else its intent would be overwritten, and its members told half.
    /// </summary>
    private async ValueTask<bool> ReadyToRead(DirectoryContext directory)
    {
        if (!await Ready(directory))
        {
            return false;
        }

        _ = Strike();
        return true;
    }

    private async ValueTask<bool> Finished(DirectoryContext directory, bool creating = false) =>
        !IsStale(directory) && (!IsUnfinished || await Complete(directory, creating));

    private async Task<bool> Complete(DirectoryContext directory, bool creating = false)
    {
        var state = row.Current;
        var client = new IndexClient(GrainFactory, directory);
        var noted = true;
        if (state.Status == ResourceStatus.Live && (state.Marked || IsOfBefore(directory, state)))
        {
            var indexes = ResourceIndexes.OfGroups(directory);
            IndexTerm[] terms = [.. indexes.TermsOf(state.Attributes!.Utf8), new IndexTerm(indexes.IdIndex, id, Unique: false)];

            // In an index that was added since it need not stand.
            if (state.Marked && state.ContentVersion == 1 && state.Imported is null && !creating && !await Stands(client, [.. indexes.KnownAt(terms, state.IndexEpoch)]))
            {
                // A create that was cut off before all of it stood was never acknowledged, and its client, which could not find it
                // by name, has made another group since.
                return await Refuse(directory, terms);
            }

            noted = await Confirmed(client.Apply(terms, ChangeKind.Put, id, state.Version));
        }

        if (!noted || !await logged.Resend(directory, state) || !await FinishIntent(directory) || !await Released(client, row.Current, directory))
        {
            row.Poison();
            return false;
        }

        if (row.Current.Intent is null)
        {
            settledOf = row.Current.WriteId;
        }
        else if (await row.Update(current => current with { Marked = false, EventOpen = false, Work = [], Intent = null, Width = Math.Max(width, current.Width) })
            != WriteOutcome.Written)
        {
            return false;
        }

        logged.Settle(directory, row.Current, unfinished: row.Current.Leaving);
        return true;
    }

    /// <summary>
    /// Strikes what is done with, as no change does, so that the next activation need not look. Nobody waits for it: where storage takes
    /// no writes, as on a full disk, this group is read nevertheless.
    /// </summary>
    private Task Strike() => row.Update(current => Settled && (current.Marked || current.EventOpen || current.Work.Length > 0) ? Base : null);

    /// <summary>Releases the values that the row lists; where that fails, the row still has the list.</summary>
    private async Task Release(DirectoryContext directory)
    {
        var state = row.Current;
        var released = await Released(new IndexClient(GrainFactory, directory), state, directory);
        logged.Settle(directory, state, unfinished: !released || state.Leaving);
        if (released)
        {
            settledOf = state.WriteId;
        }
        else
        {
            DeactivateOnIdle();
        }
    }

    private Task<bool> Released(IndexClient client, GroupState state, DirectoryContext directory) =>
        state.Work.Length == 0
            ? Task.FromResult(true)
            : Confirmed(client.Apply(WorkList.Terms(state.Work, ResourceIndexes.OfGroups(directory)), ChangeKind.Remove, id, state.Version));

    /// <summary>The members of a deleted group leave, page by page; then their buckets are cleared; then this group leaves its own groups.</summary>
    private async Task MembersLeave(DirectoryContext directory)
    {
        var state = row.Current;
        if (row.Poisoned || state.Status != ResourceStatus.Tombstone || !state.Leaving)
        {
            return;
        }

        var buckets = Buckets(directory);
        if (!state.MembersTold && !await MembersTold(directory, buckets, state))
        {
            return;
        }

        if (await buckets.Clear())
        {
            await row.Update(current => current.Status == ResourceStatus.Tombstone && current.Leaving ? Base with { Leaving = false, Groups = [] } : null);
            DeactivateOnIdle();
        }
    }

    /// <summary>Tells every member and every group that this group is in, and writes down that it is done.</summary>
    private async Task<bool> MembersTold(DirectoryContext directory, MemberBuckets buckets, GroupState state)
    {
        IndexPosition? position = new IndexPosition();
        while (position is { } after)
        {
            var page = await buckets.List(after, 1000);
            var (told, _) = await Tell(directory, new MembershipIntent { Removes = page.Members }, state.Version);
            if (!told)
            {
                return false;
            }

            position = page.Next;
        }

        var left = true;
        foreach (var parent in GroupLinks.Present(state.Groups))
        {
            left &= await GrainFactory.GetGrain<IGroupGrain>(GrainKeys.Resource(directoryId, parent)).Drop(directory, id) != MembershipStatus.Retry;
        }

        return left && await row.Update(current => current with { MembersTold = true }) == WriteOutcome.Written;
    }
}
