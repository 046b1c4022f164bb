using System.Globalization;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;
using Scim.Errors;
using Scim.Resources;

namespace Grains.Users;

/// <summary>A user as the vendor's admins see it: what is kept of it when it is deleted, how it comes back, and how it goes for good.</summary>
internal sealed partial class UserGrain
{
    public ValueTask<UserRecord?> Inspect(DirectoryContext directory)
    {
        directory = directory.For("User");
        return !row.Poisoned && !IsUnfinished ? new(Record(directory)) : InspectWhenReady(directory);
    }

    public async Task<ResourceReply> Restore(DirectoryContext directory)
    {
        directory = directory.For("User");
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

            var decidedOn = row.ETag;
            if (!row.Current.IsArchived)
            {
                if (await row.Refresh(decidedOn))
                {
                    continue;
                }

                return IsLiveFor(directory) ? await Change(directory, EventKind.Patch, ifMatch: null, user => Switched(user, on: true), sets: _ => false) : NotFound(directory);
            }

            if (OwesGroups)
            {
                // A group that still lists it would take it out again when it is back. No turn of a user waits on a group (PROTOCOL R6).
                _ = Settle(directory);
                return new ResourceReply { Error = GrainError.Retry, Unfinished = true };
            }

            if (await BringBack(directory, decidedOn) is { } answer)
            {
                return answer;
            }
        }

        return GrainError.Retry;
    }

    public async Task<ResourceReply> Disable(DirectoryContext directory)
    {
        directory = directory.For("User");
        var changed = await Change(directory, EventKind.Patch, ifMatch: null, user => Switched(user, on: false), sets: _ => false);
        return changed.Error?.Status == 404 && row.Current.IsArchived ? new ResourceReply { Version = row.Current.ContentVersion } : changed;
    }

    public async Task<ResourceReply> Invite(DirectoryContext directory, Invitation? invitation)
    {
        directory = directory.For("User");
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var decidedOn = row.ETag;
            var outcome = await row.Update(current => !IsFor(directory, current) || (current.Invitation is null) == (invitation is null) ? null : Base with { Invitation = invitation });
            switch (outcome)
            {
                case WriteOutcome.Written:
                    return new ResourceReply { Version = row.Current.ContentVersion };
                case WriteOutcome.Unknown:
                    return GrainError.Retry;
                case WriteOutcome.Skipped when !await row.Refresh(decidedOn):
                    return IsLiveFor(directory) ? new ResourceReply { Version = row.Current.ContentVersion }
                        : row.Current.IsArchived ? new GrainError { Status = 409, Detail = $"User {id} was deleted and is in the archive. Restore it first." }
                        : NotFound(directory);
            }
        }

        return GrainError.Retry;
    }

    public async Task<ResourceReply> EraseArchived(DirectoryContext directory, bool onlyDue)
    {
        directory = directory.For("User");
        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        var buried = false;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (!await Finished(directory))
            {
                return GrainError.Retry;
            }

            var decidedOn = row.ETag;
            var before = row.Current;
            if (!before.IsArchived || (onlyDue && !IsDue(directory, before)))
            {
                if (await row.Refresh(decidedOn))
                {
                    continue;
                }

                return before.IsArchived ? new ResourceReply()
                    : IsLiveFor(directory) ? new GrainError { Status = 409, Detail = $"User {id} is not in the archive: only who was deleted can be erased." }
                    : NotFound(directory);
            }

            buried = buried || await logged.Bury(directory);
            if (!buried)
            {
                return GrainError.Retry;
            }

            var indexes = ResourceIndexes.Of(directory);
            IndexTerm[] left = [.. indexes.TermsOf(before.Attributes!.Utf8), new IndexTerm(indexes.IdIndex, id, Unique: false), InArchiveIndex];
            var outcome = await row.Update(current => !current.IsArchived || current.WriteId != before.WriteId ? null : Base with
            {
                Version = current.NextVersion(),
                Marked = false,
                LastModified = time.GetUtcNow(),
                Attributes = null,
                Archived = null,
                Invitation = null,
                Restored = null,
                Digest = null,
                Work = WorkList.After(Base.Work, left, []),
            });
            switch (outcome)
            {
                case WriteOutcome.Written:
                    await Release(directory);
                    return new ResourceReply();
                case WriteOutcome.Unknown:
                    return GrainError.Retry;
            }
        }

        return GrainError.Retry;
    }

    /// <summary>Where a kept user stands in the archive.</summary>
    private IndexTerm InArchiveIndex => new(IndexNames.Archive, id, Unique: false);

    /// <summary>Whether what is deleted is kept.</summary>
    private static bool Keeps(DirectoryContext directory) => directory.Rules.Archives && directory.ResourceType is null;

    private static bool IsDueAt(DirectoryContext directory, DateTimeOffset deleted, DateTimeOffset now) =>
        directory.Rules.RetentionDays > 0 && deleted.AddDays(directory.Rules.RetentionDays) <= now;

    private bool IsDue(DirectoryContext directory, UserState state) => state.Archived is { } deleted && IsDueAt(directory, deleted, time.GetUtcNow());

    private static Result<Replaced> Switched(System.Text.Json.Nodes.JsonObject user, bool on) => new Replaced(user, ActiveFlag.Switch(user, on));

    /// <summary>
    /// Deletes the user and keeps it, in one round trip: row, event and the archive's entry at once. The row is marked until all stand.
    /// </summary>
    /// <returns>Null where another's write came between, and it is to be decided again.</returns>
    private async Task<ResourceReply?> Archive(DirectoryContext directory, IndexTerm[] released)
    {
        var before = row.Current;
        var now = time.GetUtcNow();
        var writing = logged.Update(directory, EventKind.Delete, current => !IsFor(directory, current) || current.Version != before.Version ? null : Tombstone(directory, current, released) with
        {
            Marked = true,
            LastModified = current.LastModified,
            Attributes = current.Attributes,
            Archived = now,
            Invitation = current.Invitation,
            Work = WorkList.After(Base.Work, released, [InArchiveIndex]),
        });
        var listing = PutInArchive(directory, now, before.NextVersion());
        var (written, listed) = (await writing, await listing);
        switch (written)
        {
            case WriteOutcome.Written when listed:
                await Release(directory);
                return new ResourceReply { Unfinished = OwesGroups };
            case WriteOutcome.Written or WriteOutcome.Unknown:
                // It is found marked, and its companions are sent again.
                row.Poison();
                return GrainError.Retry;
            default:
                if (!row.Current.IsArchived)
                {
                    await Confirmed(new IndexClient(GrainFactory, directory).Apply([InArchiveIndex], ChangeKind.Remove, id, row.Current.Version));
                }

                return null;
        }
    }

    /// <summary>
    /// A deleted user comes back: its name is claimed as a rename's is, before anything is seen of it; then row, event, id and hints are written
    /// at once, and its place in the archive is given up as listed work.
    /// </summary>
    /// <returns>Null where another's write came between, and it is to be decided again.</returns>
    private async Task<ResourceReply?> BringBack(DirectoryContext directory, string? decidedOn)
    {
        var indexes = ResourceIndexes.Of(directory);
        var before = row.Current;
        var version = before.NextVersion();
        var user = AttributesJson.Parse(before.Attributes!.Utf8);
        var attributes = ActiveFlag.Switch(user, on: true) ? new RawJson { Utf8 = JsonBody.ToUtf8(user) } : before.Attributes;
        var terms = indexes.TermsOf(attributes.Utf8);
        var claim = terms.Find(t => t.Unique);
        var client = new IndexClient(GrainFactory, directory);
        about = IndexClient.Shorten(claim.Value);
        try
        {
            var claimed = await Confirmed(client.Claim(claim, id, version, final: false));
            if (claimed == BucketStatus.Lost)
            {
                return await row.Refresh(decidedOn) ? null : await NameTaken(directory, client, claim);
            }

            if (claimed != BucketStatus.Ok)
            {
                return GrainError.Retry;
            }

            var now = time.GetUtcNow();
            var writing = logged.Update(directory, EventKind.Create, current =>

                // A question that was answered "no" after the claim was made has raised the version: the claim may have been taken over since.
                !current.IsArchived || current.Version != before.Version ? null : Base with
                {
                    Status = ResourceStatus.Live,
                    Version = version,
                    ContentVersion = version,
                    Marked = true,
                    LastModified = now > current.LastModified ? now : current.LastModified,
                    Attributes = attributes,
                    Archived = null,
                    Restored = now,
                    Provisioned = current.LastModified,
                    Imported = null,
                    Work = WorkList.After(Base.Work, [InArchiveIndex], [.. terms, new IndexTerm(indexes.IdIndex, id, Unique: false)]),
                });
            var noting = Confirmed(client.Apply(Hints(terms, indexes), ChangeKind.Put, id, version, provisioned: before.LastModified));
            var (written, noted) = (await writing, await noting);
            switch (written)
            {
                case WriteOutcome.Written when noted:
                    await Release(directory);
                    return Rendered(directory);
                case WriteOutcome.Written or WriteOutcome.Unknown:
                    row.Poison();
                    return GrainError.Retry;
                default:
                    return null;
            }
        }
        finally
        {
            about = null;
        }
    }

    /// <summary>A restore is refused. What an earlier try that was cut off may have left of itself is taken back first.</summary>
    /// <returns>Null where another's write came between.</returns>
    private async Task<ResourceReply?> NameTaken(DirectoryContext directory, IndexClient client, IndexTerm claim)
    {
        switch (await row.Update(current => current.IsArchived ? NotRestored(directory) : null))
        {
            case WriteOutcome.Written:
                await Release(directory);
                var found = await client.Find(claim.Index, claim.Value);
                var holder = Array.Find(found.Entries, e => e.Id != id)?.Id;
                return ScimError.Uniqueness($"userName '{claim.Value}' is taken by {(holder is null ? "another user" : $"user {holder}")}.").ToGrainError();
            case WriteOutcome.Unknown:
                return GrainError.Retry;
            default:
                return null;
        }
    }

    /// <summary>The row of a kept user that is not to come back, with all on its list that a restore may have put somewhere.</summary>
    private UserState NotRestored(DirectoryContext directory)
    {
        var indexes = ResourceIndexes.Of(directory);
        IndexTerm[] left = [.. indexes.TermsOf(row.Current.Attributes!.Utf8), new IndexTerm(indexes.IdIndex, id, Unique: false)];
        return Base with { Version = row.Current.NextVersion(), Work = WorkList.After(Base.Work, left, []) };
    }

    /// <summary>What was cut off before its row stood may have left the id in a list. The row's version was raised for that.</summary>
    /// <exception cref="StorageUnavailableException">Storage did not confirm.</exception>
    private async Task TakeOffLists(DirectoryContext directory)
    {
        var client = new IndexClient(GrainFactory, directory);
        if (row.Current.IsArchived)
        {
            if (!await Released(client, row.Current, directory))
            {
                throw new StorageUnavailableException();
            }

            return;
        }

        var lists = new List<IndexTerm>(2);
        if (!IsLive)
        {
            // A create that was cut off may have left its id there, and nothing else that is believed.
            lists.Add(new IndexTerm(ResourceIndexes.Of(directory).IdIndex, id, Unique: false));
        }

        if (Keeps(directory))
        {
            lists.Add(InArchiveIndex);
        }

        if (lists.Count > 0 && !await Confirmed(client.Apply(lists, ChangeKind.Remove, id, row.Current.Version)))
        {
            throw new StorageUnavailableException();
        }
    }

    /// <summary>Lists the user in the archive, with the time of its deletion, by which the sweep knows when it is due.</summary>
    private Task<bool> PutInArchive(DirectoryContext directory, DateTimeOffset deleted, long version)
    {
        var client = new IndexClient(GrainFactory, directory);
        return Confirmed(client.Apply(IndexNames.Archive, [new IndexChange
        {
            Kind = ChangeKind.Put,
            Key = client.KeyOf(IndexNames.Archive, id),
            Id = id,
            Version = version,
            Tag = deleted.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        }]));
    }

    /// <summary>Makes a user in the archive as it was in another's. It has no event: to this directory it never stood.</summary>
    private async Task<ImportReply> ImportArchived(DirectoryContext directory, ImportResource request, DateTimeOffset deleted)
    {
        if (ResourceErrors.TooLarge(request.Attributes) is { } tooLarge)
        {
            return tooLarge;
        }

        if (!await Ready(directory))
        {
            return GrainError.Retry;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (row.Exists)
            {
                await row.Refresh(row.ETag);
                if (!await Finished(directory))
                {
                    return GrainError.Retry;
                }
            }

            var before = row.Current;
            if (row.Exists && !SaysNo(before))
            {
                return Kept(directory) is { } kept && kept.Version == request.Version && kept.Attributes.AsSpan().SequenceEqual(request.Attributes)
                    ? new ImportReply { AlreadyThere = true }
                    : before.IsArchived ? InArchive()
                    : new GrainError { Status = 409, Detail = $"User {id} stands here, or was deleted less than ten minutes ago." };
            }

            var version = before.Version + 1;
            var writing = row.Update(current => current.WriteId != before.WriteId ? null : new UserState
            {
                Status = ResourceStatus.Tombstone,
                Version = version,
                ContentVersion = request.Version,
                Marked = true,
                Created = request.Created,
                LastModified = request.LastModified,
                Attributes = new RawJson { Utf8 = request.Attributes },
                Archived = deleted,
                Invitation = request.Invitation,
            });
            var listing = PutInArchive(directory, deleted, version);
            var (written, listed) = (await writing, await listing);
            switch (written)
            {
                case WriteOutcome.Written when listed:
                    settledOf = row.Current.WriteId;
                    DeactivateOnIdle();
                    return new ImportReply();
                case WriteOutcome.Written or WriteOutcome.Unknown:
                    // It is asked for again, and then finds itself marked.
                    row.Poison();
                    return GrainError.Retry;
            }
        }

        return GrainError.Retry;
    }

    private GrainError InArchive() => new() { Status = 409, Detail = $"User {id} is in the archive here, and not as it is in the file." };

    /// <summary>The user in the archive as it is stored, or null.</summary>
    private ExportedResource? Kept(DirectoryContext directory) => !row.Current.IsArchived || directory.ResourceType is not null ? null : new ExportedResource
    {
        Id = id,
        Attributes = row.Current.Attributes!.Utf8,
        Version = row.Current.ContentVersion,
        Created = row.Current.Created,
        LastModified = row.Current.LastModified,
        Archived = row.Current.Archived,
        Invitation = row.Current.Invitation,
    };

    private async ValueTask<UserRecord?> InspectWhenReady(DirectoryContext directory) =>
        await ReadyToRead(directory) ? Record(directory) : throw new StorageUnavailableException();

    private UserRecord? Record(DirectoryContext directory)
    {
        var state = row.Current;
        return !state.IsArchived && !IsLiveFor(directory) ? null : new UserRecord
        {
            Id = id,
            Document = (state.IsArchived ? Rendered(directory) : Answer(directory)).Document,
            Version = state.ContentVersion,
            Created = state.Created,
            LastModified = state.LastModified,
            Disabled = ActiveFlag.IsOff(state.Attributes!.Utf8),
            Deleted = state.Archived,
            Restored = state.Restored,
            Invitation = state.Invitation,
            Groups = state.IsArchived ? [] : GroupLinks.Present(state.Groups),
        };
    }
}
