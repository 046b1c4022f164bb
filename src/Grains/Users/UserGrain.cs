using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Events;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;
using Microsoft.Extensions.Logging;
using Scim;
using Scim.Errors;
using Scim.Filters;
using Scim.Patching;
using Scim.Resources;
using Scim.Schemas;

namespace Grains.Users;

/// <summary>
/// A user: the truth about itself, by the rules of PROTOCOL.md, section User. Resources of a directory's own types live here, too: they
/// have no userName to claim and are in no groups, and all else is the same. Each call says which type it is for, and finds nothing where
/// the row is of another.
/// </summary>
[GrainType("user")]
internal sealed partial class UserGrain : Grain, IUserGrain
{
    /// <summary>How often a change is decided again after another's write came between.</summary>
    private const int MaxAttempts = 4;

    /// <summary>How many groups a deleted user leaves at a time.</summary>
    private const int LeaveAtOnce = 16;

    /// <summary>The one value that a user claims.</summary>
    private static readonly IndexedAttribute UserName = IndexedAttribute.Parse("userName", SchemaSet.Standard.User).Value;

    private readonly Row<UserState> row;
    private readonly LoggedRow<UserState> logged;
    private readonly TimeProvider time;
    private readonly IndexEpochs epochs;
    private readonly ILogger<UserGrain> logger;
    private readonly KnownTerms known = new();
    private string directoryId = "";
    private string id = "";

    /// <summary>The value that a change under way is about to hold (PROTOCOL R5).</summary>
    private string? about;

    /// <summary>The write whose mark and list of work are done with, though the row still has them: the next write strikes them.</summary>
    private string? settledOf;
    private Task<bool>? completing;
    private Task? leaving;
    private ResourceReply? reply;

    /// <summary>Whether the activation has served anyone but those who look at everyone.</summary>
    private bool isOfUse;
    private string? replyOf;
    private string? held;
    private string? heldOf;

    public UserGrain(
        [PersistentState(StorageNames.User, StorageNames.Provider)] IPersistentState<UserState> storage,
        IGrainFactory grains,
        TimeProvider time,
        IndexEpochs epochs,
        ILogger<UserGrain> logger)
    {
        row = new Row<UserState>(storage, this);
        logged = new LoggedRow<UserState>(row, grains, TypeOf, time, logger);
        this.time = time;
        this.epochs = epochs;
        this.logger = logger;
    }

    /// <summary>A resource of a directory's own type has no value that only one may have.</summary>
    private static Task<BucketStatus> NothingToClaim { get; } = Task.FromResult(BucketStatus.Ok);

    private bool IsLive => row.Current.Status == ResourceStatus.Live;

    /// <summary>The state to write the next one on: without what is done with.</summary>
    private UserState Base => Settled ? row.Current with { Marked = false, EventOpen = false, Work = [] } : row.Current;

    private bool Settled => settledOf is not null && settledOf == row.Current.WriteId;

    private bool IsUnfinished => !Settled && IsListed;

    /// <summary>Whether the row says that something may not be done.</summary>
    private bool IsListed => row.Current.Marked || row.Current.EventOpen || row.Current.Work.Length > 0;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (directoryId, id) = GrainKeys.SplitResource(this.GetPrimaryKeyString());
        logged.Id = id;
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<ResourceReply> Create(DirectoryContext directory, CreateResource request)
    {
        var news = NewResource.Of(request);
        return await Beginning(directory, news) is { } answer ? answer : await Make(directory, news);
    }

    public async Task<ImportReply> Import(DirectoryContext directory, ImportResource request)
    {
        if (request.Archived is { } deleted)
        {
            return await ImportArchived(directory.For("User"), request, deleted);
        }

        var news = NewResource.Of(request);
        return await Beginning(directory, news) is { } answer
            ? new ImportReply { Error = answer.Error, AlreadyThere = answer.Error is null }
            : new ImportReply { Error = (await Make(directory, news)).Error };
    }

    public ValueTask<ExportedResource?> Export(DirectoryContext directory) =>
        !row.Poisoned && !IsUnfinished ? new(Standing(directory) ?? Kept(directory)) : ExportWhenReady(directory);

    public ValueTask<ResourceReply> Read(DirectoryContext directory)
    {
        if (!row.Poisoned && !IsUnfinished)
        {
            return new(IsLiveFor(directory) ? Answer(directory) : NotFound(directory));
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

    public Task<ResourceReply> Patch(DirectoryContext directory, ChangeResource request)
    {
        var dialect = (Dialect)directory.Dialect;
        if (!PatchRequest.Parse(request.Body, DirectorySchemas.TypeOf(directory), dialect).TryGet(out var patch, out var error))
        {
            return Task.FromResult<ResourceReply>(error.ToGrainError());
        }

        return Change(directory, EventKind.Patch, request.IfMatch, patch.ApplyTo, patch.Sets);
    }

    public Task<ResourceReply> Replace(DirectoryContext directory, ChangeResource request)
    {
        var incoming = AttributesJson.Parse(request.Body);
        return Change(directory, EventKind.Put, request.IfMatch, existing => Replacement.Apply(existing, incoming, DirectorySchemas.TypeOf(directory)), attribute => attribute.FirstText(incoming) is not null);
    }

    public async Task<ResourceReply> Delete(DirectoryContext directory, ChangeResource request)
    {
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // As with any change: what a twin has written since has its event in the log before this one's (R7).
            if (!await Finished(directory))
            {
                return GrainError.Retry;
            }

            var decidedOn = row.ETag;
            if (!IsLiveFor(directory) || Mismatch(request.IfMatch) is not null)
            {
                if (await row.Refresh(decidedOn))
                {
                    continue;
                }

                return IsLiveFor(directory) ? Mismatch(request.IfMatch)! : NotFound(directory);
            }

            var indexes = ResourceIndexes.Of(directory);
            var terms = indexes.TermsOf(row.Current.Attributes!.Utf8);
            IndexTerm[] released = [.. terms, new IndexTerm(indexes.IdIndex, id, Unique: false)];
            if (Keeps(directory))
            {
                if (await Archive(directory, released) is { } archived)
                {
                    return archived;
                }

                continue;
            }

            var outcome = await logged.Update(directory, EventKind.Delete, current => IsFor(directory, current) ? Tombstone(directory, current, released) : null);
            switch (outcome)
            {
                case WriteOutcome.Written:
                    await Release(directory);
                    return new ResourceReply { Unfinished = OwesGroups };
                case WriteOutcome.Unknown:
                    return GrainError.Retry;
                default:
                    continue;
            }
        }

        return GrainError.Retry;
    }

    public Task Settle(DirectoryContext directory)
    {
        if (IsOfAnother(directory))
        {
            return Task.CompletedTask;
        }

        if (leaving is null || leaving.IsCompleted)
        {
            leaving = LeaveGroups(directory);
        }

        return leaving;
    }

    public async Task<HoldsReply> Holds(string index, string value)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (row.Poisoned)
            {
                throw new StorageUnavailableException();
            }

            if (about == value)
            {
                return new HoldsReply { Holds = true };
            }

            // No answer from a row that is being written: what comes of it decides.
            await row.Quiet();
            if (about == value || HoldsValue(value))
            {
                return new HoldsReply { Holds = true };
            }

            // A "no" is durable first: a write in flight of another activation then fails.
            var outcome = await row.Update(current => about == value || HoldsValue(value)
                ? null
                : current.Status == ResourceStatus.Absent
                    ? new UserState { Status = ResourceStatus.Tombstone, Version = 1, LastModified = time.GetUtcNow() }
                    : current with { Version = current.NextVersion() });
            if (outcome == WriteOutcome.Written)
            {
                return new HoldsReply { Holds = false, Version = row.Current.Version };
            }

            if (outcome == WriteOutcome.Unknown)
            {
                break;
            }
        }

        throw new StorageUnavailableException();
    }

    public async Task<UserOrgUnit[]?> OrgUnits(DirectoryContext directory)
    {
        if (!await ReadyToRead(directory))
        {
            throw new StorageUnavailableException();
        }

        if (!IsLiveFor(directory))
        {
            return null;
        }

        var found = new List<UserOrgUnit>();
        foreach (var (kind, term) in ResourceIndexes.Of(directory).UnitsOf(AttributesJson.Parse(row.Current.Attributes!.Utf8)))
        {
            var slug = term is { } named ? OrgUnitNames.SlugOf(named.Value) : null;
            var isIn = slug is not null && await GrainFactory.GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directoryId, kind, slug)).Has(directory, id);
            found.Add(new UserOrgUnit { Kind = kind, Slug = isIn ? slug : null, Name = term?.Name });
        }

        return [.. found];
    }

    public ValueTask<bool> Exists() => row.Poisoned ? throw new StorageUnavailableException() : new(IsLive && row.Current.Type is null);

    public Task<MembershipStatus> Join(DirectoryContext directory, Membership membership) => Link(directory, membership, joins: true);

    public Task<MembershipStatus> Leave(DirectoryContext directory, Membership membership) => Link(directory, membership, joins: false);

    public ValueTask<string[]> Groups() => row.Poisoned ? throw new StorageUnavailableException() : new(GroupLinks.Present(row.Current.Groups));

    public async Task<Finding> Wake(DirectoryContext directory, string[] writeIds)
    {
        if (!await ReadyToRead(directory, inPassing: true))
        {
            throw new StorageUnavailableException();
        }

        if (IsOfAnother(directory))
        {
            // No write of the type that was asked for was ever decided on this row: none is under way that could still come to stand.
            return new Finding { Standing = [] };
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
                    ? new UserState { Status = ResourceStatus.Tombstone, Type = directory.ResourceType, Version = 2, LastModified = time.GetUtcNow() }
                    : current.IsArchived ? NotRestored(directory) : current with { Version = current.NextVersion() };
            });
            if (outcome != WriteOutcome.Written)
            {
                throw new StorageUnavailableException();
            }

            await TakeOffLists(directory);
        }

        // No turn of a user waits on a group (PROTOCOL R6): the leaving goes on beside, and the log asks again.
        if (OwesGroups)
        {
            _ = Settle(directory);
        }

        return new Finding { Standing = standing, Unfinished = IsUnfinished || OwesGroups };

        string[] StandingIn(UserState state) => [.. writeIds.Where(w => w == state.EventId || w == state.EventBefore)];
    }

    public async Task<bool> ClearTombstone(DirectoryContext directory)
    {
        if (!await Ready(directory))
        {
            return false;
        }

        if (row.Current.Status != ResourceStatus.Tombstone || IsOfAnother(directory))
        {
            return true;
        }

        if (OwesGroups)
        {
            // Nobody else may have been told to: the clearing of this row, and of all behind it, waits for that.
            _ = Settle(directory);
            return false;
        }

        if (row.Current.IsArchived)
        {
            // It is erased when the directory's rules or an admin say so, and is cleared by what that leaves in the log.
            return true;
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

    /// <summary>The answer to who wants to make the user where a row stands already; null where it may be made.</summary>
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

        await row.Refresh(row.ETag);
        return !await Finished(directory, creating: true) ? GrainError.Retry
            : news.MayBeMadeOn(!row.Exists, SaysNo(row.Current)) ? null
            : ExistingAnswer(directory, news);
    }

    private async Task<ResourceReply> Make(DirectoryContext directory, NewResource news)
    {
        if (ResourceErrors.TooLarge(news.Attributes) is { } tooLarge)
        {
            return tooLarge;
        }

        var indexes = ResourceIndexes.Of(directory);
        var attributes = new RawJson { Utf8 = news.Attributes };
        var terms = indexes.TermsOf(attributes.Utf8);
        var claim = terms.Find(t => t.Unique);
        var now = time.GetUtcNow();
        var version = row.Current.Version + 1;
        var client = new IndexClient(GrainFactory, directory);
        about = claim.Unique ? IndexClient.Shorten(claim.Value) : null;
        try
        {
            if (claim.Unique && news.Imported is not null && await TakenByAnother(client, claim, version) is { } taken)
            {
                return taken;
            }

            if (await logged.Refusal(directory) is { } full)
            {
                return full;
            }

            // One round trip: row, event, claim, id and hints at once. The row is marked until all stand.
            var writing = logged.Update(
                directory,
                EventKind.Create,
                current => current.Version + 1 != version || !news.MayBeMadeOn(current.Status == ResourceStatus.Absent, SaysNo(current)) ? null : new UserState
                {
                    Status = ResourceStatus.Live,
                    Type = directory.ResourceType,
                    Version = version,
                    ContentVersion = news.ContentVersion,
                    Marked = true,
                    Created = news.Imported?.Created ?? now,
                    LastModified = news.Imported?.LastModified ?? now,
                    Attributes = attributes,
                    Digest = news.Digest,
                    Imported = news.Imported is null ? null : now,
                    Invitation = news.Imported?.Invitation,
                },
                news.ContentVersion);
            var claiming = claim.Unique ? Confirmed(client.Claim(claim, id, version, final: true)) : NothingToClaim;
            var noting = Confirmed(client.Apply(Hints(terms, indexes), ChangeKind.Put, id, version));
            var (written, claimed, noted) = (await writing, await claiming, await noting);

            if (written is WriteOutcome.Skipped or WriteOutcome.Conflict && row.Exists && claimed != BucketStatus.Lost)
            {
                // A twin, or an earlier try of the same request, was here first.
                if (!IsLiveFor(directory))
                {
                    await Confirmed(client.Apply([.. terms, new IndexTerm(indexes.IdIndex, id, Unique: false)], ChangeKind.Remove, id, row.Current.Version));
                }

                return claimed == BucketStatus.Ok && noted && await Finished(directory, creating: true) ? ExistingAnswer(directory, news) : GiveUp();
            }

            if (claimed == BucketStatus.Lost)
            {
                return await TakeBack(directory, terms, news);
            }

            if (written == WriteOutcome.Written && claimed == BucketStatus.Ok && noted)
            {
                settledOf = row.Current.WriteId;
                logged.Settle(directory, row.Current, unfinished: false);

                // Not remembered: most of those who are made in a row are not read soon. Who imports does not read them at all.
                return news.Imported is null ? Rendered(directory) : new ResourceReply();
            }

            return await GiveUp(directory, terms, news);
        }
        finally
        {
            about = null;
        }
    }

    /// <summary>
    /// Refuses an import before anything is written, where another user has the name: refused so, it leaves no tombstone in the way of the
    /// next try. It is the claim that may be tried again, as with a rename, and is made only where somebody stands under the name.
    /// </summary>
    private async Task<GrainError?> TakenByAnother(IndexClient client, IndexTerm claim, long version)
    {
        var found = await client.Find(claim.Index, claim.Value);
        if (Array.Find(found.Entries, e => e.Id != id) is not { } owner)
        {
            return null;
        }

        return await Confirmed(client.Claim(claim, id, version, final: false)) switch
        {
            BucketStatus.Ok => null,
            BucketStatus.Lost => ScimError.Uniqueness($"userName '{claim.Value}' is taken by user {owner.Id}.").ToGrainError(),
            _ => GrainError.Retry,
        };
    }

    /// <summary>Whether a row is there only so that a write in flight fails: its user never was.</summary>
    private static bool SaysNo(UserState state) => state is { Status: ResourceStatus.Tombstone, ContentVersion: 0, Work.Length: 0, Groups.Length: 0 };

    /// <summary>The user as it is stored, or null.</summary>
    private ExportedResource? Standing(DirectoryContext directory) => !IsLiveFor(directory) ? null : new ExportedResource
    {
        Id = id,
        Attributes = row.Current.Attributes!.Utf8,
        Version = row.Current.ContentVersion,
        Created = row.Current.Created,
        LastModified = row.Current.LastModified,
        Invitation = row.Current.Invitation,
    };

    private async ValueTask<ExportedResource?> ExportWhenReady(DirectoryContext directory) =>
        await ReadyToRead(directory) ? Standing(directory) ?? Kept(directory) : throw new StorageUnavailableException();

    private Task<bool> Confirmed(Task<bool> step) => Companions.Confirmed(step, logger, this.GetPrimaryKeyString());

    private Task<BucketStatus> Confirmed(Task<BucketStatus> step) => Companions.Confirmed(step, logger, this.GetPrimaryKeyString());

    /// <summary>A deleted user is still listed by groups.</summary>
    private bool OwesGroups => row.Current.Status == ResourceStatus.Tombstone && row.Current.Groups.Length > 0;

    private GrainError NotFound(DirectoryContext directory) => GrainError.NotFound(TypeOf(directory), id);

    private IEnumerable<IndexTerm> Hints(List<IndexTerm> terms, ResourceIndexes indexes) =>
        terms.Where(t => !t.Unique).Append(new IndexTerm(indexes.IdIndex, id, Unique: false));

    /// <summary>The outcome is unknown: this activation makes way for one that reads what stands.</summary>
    private ResourceReply GiveUp()
    {
        row.Poison();
        return GrainError.Retry;
    }

    /// <summary>
    /// A create whose row was not confirmed: as far as storage lets it, what was written on its behalf is taken back, so that nothing
    /// stands under an id that nobody knows. With an <c>Idempotency-Key</c>, and of an import, the retry completes it instead.
    /// </summary>
    private async Task<ResourceReply> GiveUp(DirectoryContext directory, List<IndexTerm> terms, NewResource news)
    {
        if (!news.IsAskedForAgain)
        {
            IndexTerm[] released = [.. terms, new IndexTerm(ResourceIndexes.Of(directory).IdIndex, id, Unique: false)];
            if (await Refuse(directory, released) == WriteOutcome.Written)
            {
                await Release(directory);
            }
        }

        return GiveUp();
    }

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
            DirectorySchemas.TypeOf(directory),
            state.Attributes!.Utf8,
            new ResourceMeta(id, state.Created, state.LastModified, state.ContentVersion),
            state.Type is null && state.Status == ResourceStatus.Live ? Array.ConvertAll(GroupLinks.Present(state.Groups), g => new ResourceReference(g)) : null);
        return new ResourceReply { Document = document, Version = state.ContentVersion };
    }

    /// <summary>The answer to a create whose row is there already.</summary>
    private ResourceReply ExistingAnswer(DirectoryContext directory, NewResource news) =>
        IsOfAnother(directory) ? new GrainError { Status = 409, Detail = $"The id {id} is that of a resource of another type." }
        : row.Current.IsArchived && news.Imported is not null ? InArchive()
        : news.Refusal(TypeOf(directory), id, Standing(directory), row.Current.Digest) ?? (news.Imported is null ? Answer(directory) : new ResourceReply());

    /// <summary>A create lost its claim: the row becomes a tombstone, and what was written on its behalf is taken back.</summary>
    private async Task<ResourceReply> TakeBack(DirectoryContext directory, List<IndexTerm> terms, NewResource news)
    {
        var indexes = ResourceIndexes.Of(directory);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // A retry by another activation has made the user, and it may have been renamed since: what was lost is then a name that it
            // no longer has.
            if (IsOfAnother(directory))
            {
                await Confirmed(new IndexClient(GrainFactory, directory).Apply([.. terms, new IndexTerm(indexes.IdIndex, id, Unique: false)], ChangeKind.Remove, id, row.Current.Version));
                return ExistingAnswer(directory, news);
            }

            if (IsLive && (!row.Current.Marked || row.Current.EventKind != EventKind.Create || row.Current.Restored is not null))
            {
                return ExistingAnswer(directory, news);
            }

            var outcome = row.Current.Status == ResourceStatus.Tombstone
                ? WriteOutcome.Written
                : await Refuse(directory, [.. terms, new IndexTerm(indexes.IdIndex, id, Unique: false)]);
            if (outcome == WriteOutcome.Written)
            {
                await Release(directory);
                return Taken(terms);
            }

            if (outcome == WriteOutcome.Unknown)
            {
                break;
            }
        }

        return GiveUp();
    }

    private static GrainError Taken(List<IndexTerm> terms) =>
        ScimError.Uniqueness($"userName '{terms.Find(t => t.Unique).Value}' is taken by another user of this directory.").ToGrainError();

    /// <summary>PATCH and PUT: new claim and hints first, then the row, then the release of the old ones.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="kind">Which of the two.</param>
    /// <param name="ifMatch">The versions to change, or null.</param>
    /// <param name="change">Decides; it may change the tree that it is given.</param>
    /// <param name="sets">Whether the request gives an attribute a value, be it the one that it has.</param>
    private async Task<ResourceReply> Change(
        DirectoryContext directory,
        EventKind kind,
        long[]? ifMatch,
        Func<JsonObject, Result<Replaced>> change,
        Func<IndexedAttribute, bool> sets)
    {
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        var indexes = ResourceIndexes.Of(directory);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // What a twin has written since is completed before anything is written on top of it: else its mark would be lost (R7).
            if (!await Finished(directory))
            {
                return GrainError.Retry;
            }

            var decidedOn = row.ETag;
            if (!IsLiveFor(directory) || Mismatch(ifMatch) is not null)
            {
                if (await row.Refresh(decidedOn))
                {
                    continue;
                }

                return IsLiveFor(directory) ? Mismatch(ifMatch)! : NotFound(directory);
            }

            var before = row.Current;
            if (!change(AttributesJson.Parse(before.Attributes!.Utf8)).TryGet(out var replaced, out var error))
            {
                return error.ToGrainError();
            }

            if (!replaced.Changed)
            {
                // A twin may have written since: "no change" is said of what stands, not of what is remembered.
                if (await row.Refresh(decidedOn))
                {
                    continue;
                }

                return await Regained(directory, indexes, sets) ? Answer(directory) : GrainError.Retry;
            }

            var attributes = new RawJson { Utf8 = JsonBody.ToUtf8(replaced.Resource) };
            if (ResourceErrors.TooLarge(attributes.Utf8) is { } tooLarge)
            {
                return tooLarge;
            }

            var terms = indexes.TermsOf(replaced.Resource);
            var client = new IndexClient(GrainFactory, directory);
            var old = known.Look(before.Attributes, indexes);
            var (added, dropped) = TermChanges.Between(old, terms);
            try
            {
                var claim = added.Find(t => t.Unique);
                if (claim.Unique)
                {
                    about = IndexClient.Shorten(claim.Value);
                    var claimed = await Confirmed(client.Claim(claim, id, before.NextVersion(), final: false));
                    if (claimed == BucketStatus.Lost && await row.Refresh(decidedOn))
                    {
                        // It was older than what a twin has made of this user since: nobody else need have the name.
                        continue;
                    }

                    if (claimed != BucketStatus.Ok)
                    {
                        return claimed == BucketStatus.Lost ? Taken(added) : GrainError.Retry;
                    }
                }

                var noted = added.Where(t => !t.Unique).Union(indexes.GivenAgain(terms, sets)).ToList();
                if (noted.Count > 0 && !await Confirmed(client.Apply(noted, ChangeKind.Put, id, before.NextVersion())))
                {
                    return GrainError.Retry;
                }

                var now = time.GetUtcNow();
                var outcome = await logged.Update(directory, kind, current =>
                    !IsFor(directory, current)
                    || current.ContentVersion != before.ContentVersion

                    // A question was answered "no" after the claim was made: the claim may have been taken over since.
                    || (claim.Unique && current.Version != before.Version)
                    ? null
                    : Base with
                    {
                        Version = current.NextVersion(),
                        ContentVersion = current.NextVersion(),
                        LastModified = now > current.LastModified ? now : current.LastModified,
                        Attributes = attributes,
                        Marked = claim.Unique || Base.Marked,
                        Work = WorkList.After(Base.Work, dropped, terms),
                    });
                switch (outcome)
                {
                    case WriteOutcome.Written:
                        known.Change(before.Attributes, attributes, indexes, added.Count + dropped.Count == 0 ? old : terms);
                        await Release(directory);

                        // Remembered only where the one before was: what is changed is mostly not read soon.
                        return reply is null ? Rendered(directory) : Answer(directory);
                    case WriteOutcome.Unknown:
                        return GrainError.Retry;
                    default:
                        // Decided again from the claim on: to repeat the row's write alone would lose a rename.
                        continue;
                }
            }
            finally
            {
                about = null;
            }
        }

        return GrainError.Retry;
    }

    /// <summary>
    /// A value that is provisioned again makes an org unit that was deleted since, and the user stands in it: see
    /// <see cref="ResourceIndexes.GivenAgain"/>.
    /// </summary>
    private async ValueTask<bool> Regained(DirectoryContext directory, ResourceIndexes indexes, Func<IndexedAttribute, bool> sets)
    {
        if (directory.Rules.OrgUnits.Length == 0)
        {
            return true;
        }

        var again = indexes.GivenAgain(indexes.TermsOf(row.Current.Attributes!.Utf8), sets).ToList();
        return again.Count == 0 || await Confirmed(new IndexClient(GrainFactory, directory).Apply(again, ChangeKind.Put, id, row.Current.Version));
    }

    private async Task<MembershipStatus> Link(DirectoryContext directory, Membership membership, bool joins)
    {
        // Only users are in groups.
        directory = directory.For("User");
        if (!await Ready(directory))
        {
            return MembershipStatus.Retry;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var decidedOn = row.ETag;
            if (!IsLiveFor(directory))
            {
                if (await row.Refresh(decidedOn))
                {
                    continue;
                }

                return MembershipStatus.Gone;
            }

            var outcome = await row.Update(current =>
                IsFor(directory, current) && GroupLinks.With(current.Groups, membership, joins, time.GetUtcNow()) is { } links
                    ? Base with { Groups = links }
                    : null);
            switch (outcome)
            {
                case WriteOutcome.Written:
                    return MembershipStatus.Ok;
                case WriteOutcome.Unknown:
                    return MembershipStatus.Retry;
                case WriteOutcome.Skipped when IsLiveFor(directory):
                    // "Already there" is said of what stands.
                    if (!await row.Refresh(decidedOn))
                    {
                        return MembershipStatus.Ok;
                    }

                    break;
            }
        }

        return MembershipStatus.Retry;
    }

    private async ValueTask<ResourceReply> ReadUnderWhenReady(DirectoryContext directory, string index, string value) =>
        await ReadyToRead(directory) ? AnswerUnder(directory, index, value) : GrainError.Retry;

    private ResourceReply AnswerUnder(DirectoryContext directory, string index, string value) =>
        IsLiveFor(directory) && known.Hold(row.Current.Attributes!, ResourceIndexes.Of(directory), index, value) ? Answer(directory) : NotFound(directory);

    private async ValueTask<ResourceReply> LookWhenReady(DirectoryContext directory)
    {
        if (!await Ready(directory, inPassing: true))
        {
            return GrainError.Retry;
        }

        // The next activation need not do again what was done now: this one goes.
        var seen = Seen(directory);
        if (!IsOfAnother(directory))
        {
            await Strike();
        }

        GoUnlessOfUse();
        return seen;
    }

    private ResourceReply Seen(DirectoryContext directory) => !IsLiveFor(directory) ? NotFound(directory) : reply is not null && replyOf == row.Current.WriteId ? reply : Rendered(directory);

    /// <summary>Whoever looks at everyone must not leave everyone in memory.</summary>
    private void GoUnlessOfUse()
    {
        if (!isOfUse && !IsListed)
        {
            DeactivateOnIdle();
        }
    }

    private async ValueTask<ResourceReply> ReadWhenReady(DirectoryContext directory) =>
        !await ReadyToRead(directory) ? GrainError.Retry : IsLiveFor(directory) ? Answer(directory) : NotFound(directory);

    /// <summary>A create that was refused: its row becomes a tombstone, and its event never came to be.</summary>
    private async Task<WriteOutcome> Refuse(DirectoryContext directory, IReadOnlyCollection<IndexTerm> terms)
    {
        var eventId = row.Current.EventId;
        var outcome = await row.Update(current => current.Status == ResourceStatus.Tombstone || (current.Status == ResourceStatus.Live && !IsFor(directory, current))
            ? null
            : Tombstone(directory, current, terms) with { EventId = null });
        if (outcome == WriteOutcome.Written && eventId is not null)
        {
            logged.Drop(directory, eventId);
        }

        return outcome;
    }

    private UserState Tombstone(DirectoryContext directory, UserState current, IReadOnlyCollection<IndexTerm> terms) => new()
    {
        Status = ResourceStatus.Tombstone,
        Type = directory.ResourceType,
        Version = Math.Max(current.NextVersion(), 2),
        ContentVersion = Math.Max(current.NextVersion(), 2),
        Created = current.Created,
        LastModified = time.GetUtcNow(),
        Groups = [.. current.Groups.Where(g => g.Left == 0)],
        Work = WorkList.After(Base.Work, terms, []),
        Digest = current.Digest,

        // What is listed may be of indexes that whoever wrote before did not know of.
        IndexEpoch = Math.Max(current.IndexEpoch, directory.IndexEpoch),
    };

    /// <summary>Serves no one before the row's companions stand and its listed work is done (PROTOCOL R7).</summary>
    private async ValueTask<bool> Ready(DirectoryContext directory, bool creating = false, bool inPassing = false)
    {
        isOfUse |= !inPassing;
        if (row.Poisoned || IsStale(directory))
        {
            return false;
        }

        if (!IsUnfinished || IsOfAnother(directory))
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

    private async ValueTask<bool> ReadyToRead(DirectoryContext directory, bool inPassing = false)
    {
        if (!await Ready(directory, inPassing: inPassing))
        {
            return false;
        }

        if (!IsOfAnother(directory))
        {
            _ = Strike();
        }

        return true;
    }

    private async ValueTask<bool> Finished(DirectoryContext directory, bool creating = false) =>
        !IsStale(directory) && (!IsUnfinished || IsOfAnother(directory) || await Complete(directory, creating));

    private async Task<bool> Complete(DirectoryContext directory, bool creating = false)
    {
        var state = row.Current;
        var client = new IndexClient(GrainFactory, directory);
        if (state.Status == ResourceStatus.Live && state.Marked)
        {
            var indexes = ResourceIndexes.Of(directory);
            var terms = indexes.TermsOf(state.Attributes!.Utf8);
            var claim = terms.Find(t => t.Unique);

            // A create that was cut off before its claim stood was never acknowledged, and its client has made another user since.
            // It may not win the name now that it is free again; only a retry of the same create may go on with it.
            var cutOff = state.ContentVersion == 1 && state.Imported is null && !creating;
            var claiming = claim.Unique ? Confirmed(client.Claim(claim, id, state.Version, final: true, confirmOnly: cutOff)) : NothingToClaim;
            var noting = Confirmed(client.Apply(Hints(terms, indexes), ChangeKind.Put, id, state.Version, state.Imported ?? (state.EventKind == EventKind.Create ? state.Provisioned : null) ?? state.LastModified));
            var (claimed, noted) = (await claiming, await noting);
            if (row.Current.WriteId != state.WriteId && (row.Current.Status != state.Status || row.Current.ContentVersion != state.ContentVersion))
            {
                row.Poison();
                return false;
            }

            if (claimed == BucketStatus.Lost)
            {
                if (await Refuse(directory, [.. terms, new IndexTerm(indexes.IdIndex, id, Unique: false)]) != WriteOutcome.Written)
                {
                    row.Poison();
                    return false;
                }

                await Release(directory);
                return true;
            }

            if (claimed != BucketStatus.Ok || !noted)
            {
                row.Poison();
                return false;
            }
        }
        else if (IsOfBefore(directory, state) && !await Confirmed(client.Apply(Hints(state, ResourceIndexes.Of(directory)), ChangeKind.Put, id, state.Version)))
        {
            row.Poison();
            return false;
        }

        if (state is { IsArchived: true, Marked: true } && !await PutInArchive(directory, state.Archived!.Value, state.Version))
        {
            row.Poison();
            return false;
        }

        if (!await logged.Resend(directory, state) || !await Released(client, row.Current, directory))
        {
            row.Poison();
            return false;
        }

        settledOf = row.Current.WriteId;
        logged.Settle(directory, row.Current, unfinished: OwesGroups);
        return true;
    }

    /// <summary>
    /// Strikes what is done with, as no change does, so that the next activation need not look. Nobody waits for it: where storage takes
    /// no writes, as on a full disk, this user is read nevertheless.
    /// </summary>
    private Task Strike() => row.Update(current => Settled && (current.Marked || current.EventOpen || current.Work.Length > 0) ? Base : null);

    /// <summary>
    /// Releases the values that the row lists. It is tried at once, so that a list asked for next is right, and costs the change
    /// nothing where it fails: the row still has the list.
    /// </summary>
    private async Task Release(DirectoryContext directory)
    {
        var state = row.Current;
        var released = await Released(new IndexClient(GrainFactory, directory), state, directory);
        logged.Settle(directory, state, unfinished: !released || OwesGroups);
        if (released)
        {
            settledOf = state.WriteId;
        }
        else
        {
            LogReleaseLeft(logger, directoryId, id);
        }

        if (!released || (state.Status == ResourceStatus.Tombstone && !OwesGroups))
        {
            // A deleted user has no more to do, and hardly anybody asks for it again.
            DeactivateOnIdle();
        }
    }

    private Task<bool> Released(IndexClient client, UserState state, DirectoryContext directory) =>
        state.Work.Length == 0
            ? Task.FromResult(true)
            : Confirmed(client.Apply(WorkList.Terms(state.Work, ResourceIndexes.Of(directory)), ChangeKind.Remove, id, state.Version));

    private async Task LeaveGroups(DirectoryContext directory)
    {
        var state = row.Current;
        if (row.Poisoned || state.Status != ResourceStatus.Tombstone || state.Groups.Length == 0)
        {
            return;
        }

        var left = true;
        foreach (var some in state.Groups.Chunk(LeaveAtOnce))
        {
            var drops = some.Select(g => GrainFactory.GetGrain<IGroupGrain>(GrainKeys.Resource(directoryId, g.Group)).Drop(directory, id)).ToList();
            foreach (var drop in drops)
            {
                left &= await drop is MembershipStatus.Ok or MembershipStatus.Gone;
            }
        }

        if (left)
        {
            await row.Update(current => current.Status == ResourceStatus.Tombstone && current.Groups.Length > 0 ? Base with { Groups = [] } : null);
            DeactivateOnIdle();
        }
    }

    private bool HoldsValue(string value)
    {
        // The only unique value of a user is its userName, in the form in which the index keeps it.
        var state = row.Current;
        if (state.Status != ResourceStatus.Live || state.Type is not null)
        {
            return false;
        }

        if (heldOf != state.WriteId)
        {
            var name = UserName.KeysOf(AttributesJson.Parse(state.Attributes!.Utf8))[0];
            (held, heldOf) = (IndexClient.Shorten(name), state.WriteId);
        }

        return held == value;
    }

    /// <summary>The name of the type that a call is for.</summary>
    private static string TypeOf(DirectoryContext directory) => directory.ResourceType ?? "User";

    private static bool IsFor(DirectoryContext directory, UserState state) => state.Status == ResourceStatus.Live && state.Type == directory.ResourceType;

    private bool IsLiveFor(DirectoryContext directory) => IsFor(directory, row.Current);

    /// <summary>Whether the row has to do with a resource of another type than the call: it is none of its business, whatever state it is in.</summary>
    private bool IsOfAnother(DirectoryContext directory) =>
        row.Current.Status != ResourceStatus.Absent && row.Current.Type != directory.ResourceType && !SaysNo(row.Current);

    private GrainError? Mismatch(long[]? ifMatch) =>
        ifMatch is null || ifMatch.Contains(row.Current.ContentVersion) ? null : ResourceErrors.PreconditionFailed(row.Current.ContentVersion);

    [LoggerMessage(1, LogLevel.Warning, "User {Directory}/{Id}: old index values are released later")]
    private static partial void LogReleaseLeft(ILogger logger, string directory, string id);
}
