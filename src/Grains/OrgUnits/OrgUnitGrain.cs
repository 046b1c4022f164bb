using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;
using Grains.Directories;
using Grains.Groups;
using Grains.Indexes;
using Grains.Resources;
using Grains.Storage;

namespace Grains.OrgUnits;

/// <summary>
/// An org unit: the head; its users stand in buckets, as the members of a group do, so a user more costs the same in a unit of ten and of a
/// hundred thousand. Users come and go side by side; only what changes the row takes turns.
/// </summary>
[GrainType("orgunit")]
internal sealed class OrgUnitGrain : Grain, IOrgUnitGrain
{
    private readonly Row<OrgUnitState> row;
    private readonly TimeProvider time;
    private string kind = "";
    private string slug = "";
    private long readAt;
    private Task? growing;
    private Task<string?>? making;

    /// <summary>How many changes of users are under way, by generation: buckets are cleared behind them.</summary>
    private readonly Dictionary<string, int> applying = new(StringComparer.Ordinal);
    private TaskCompletionSource? quiet;

    public OrgUnitGrain([PersistentState("orgunit", StorageNames.Provider)] IPersistentState<OrgUnitState> storage, TimeProvider time)
    {
        row = new Row<OrgUnitState>(storage, this);
        this.time = time;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_, kind, slug) = GrainKeys.SplitOrgUnit(this.GetPrimaryKeyString());
        row.Load();
        readAt = time.GetTimestamp();
        return Task.CompletedTask;
    }

    public async Task<bool> Join(DirectoryContext directory, string name, string user, long version, DateTimeOffset? provisioned = null)
    {
        // As with a directory, even a stale twin does not go by a deleted unit for long.
        await Fresh();
        if (provisioned < row.Current.LastDeleted)
        {
            return true;
        }

        return await Made(directory, name) is { } generation && await Apply(directory, generation, ChangeKind.Put, user, version);
    }

    public async Task<bool> Leave(DirectoryContext directory, string user, long version)
    {
        await Fresh();
        return row.Current.Generation is not { } generation || await Apply(directory, generation, ChangeKind.Remove, user, version);
    }

    public async Task<OrgUnit?> Describe(DirectoryContext directory)
    {
        await Fresh();
        return await Shown(directory);
    }

    public async Task<bool> Has(DirectoryContext directory, string user)
    {
        await Fresh();
        return row.Current.Generation is { } generation
            && (await Client(directory).Find(IndexNames.Members(generation), user)).Entries.Length > 0;
    }

    public async Task<MembersPage?> Users(DirectoryContext directory, IndexPosition after, int take)
    {
        await Fresh();
        return row.Current.Generation is { } generation
            ? await new MemberBuckets(GrainFactory, directory, generation, row.Current.Width).List(after, take)
            : null;
    }

    public async Task<OrgUnitReply> Change(DirectoryContext directory, OrgUnitChange change)
    {
        GrainError? error = null;
        await row.Change(current =>
        {
            error = Refusal(current, change.IfVersion);
            var same = current.DisplayName == change.DisplayName && current.Description == change.Description && current.Attributes.SequenceEqual(change.Attributes);
            return error is not null || same ? null : current with
            {
                DisplayName = change.DisplayName,
                Description = change.Description,
                Attributes = change.Attributes,
                Version = current.Version + 1,
                LastModified = time.GetUtcNow(),
            };
        });
        return error is not null ? new OrgUnitReply { Error = error } : new OrgUnitReply { Unit = await Shown(directory) };
    }

    public async Task<OrgUnitReply> Import(DirectoryContext directory, string name, OrgUnitChange kept)
    {
        await Fresh();
        var stood = row.Current.Generation is not null;
        if (await Made(directory, name) is null)
        {
            return new OrgUnitReply { Error = GrainError.Retry };
        }

        var (refused, changed) = (false, false);
        await row.Change(current =>
        {
            var isBare = current is { DisplayName: null, Description: null, Attributes.Length: 0 };
            var isKept = current.DisplayName == kept.DisplayName && current.Description == kept.Description && current.Attributes.SequenceEqual(kept.Attributes);
            refused = current.Generation is null || (!isKept && !isBare);
            changed = !refused && (!isKept || current.Name != name);
            return !changed ? null : current with
            {
                Name = name,
                DisplayName = kept.DisplayName,
                Description = kept.Description,
                Attributes = kept.Attributes,
                Version = current.Version + 1,
                LastModified = time.GetUtcNow(),
            };
        });
        return refused
            ? new OrgUnitReply { Error = new GrainError { Status = 409, Detail = "The org unit stands, and something else is kept of it." } }
            : new OrgUnitReply { Unit = await Shown(directory), AlreadyThere = stood && !changed };
    }

    public async Task<OrgUnitReply> Delete(DirectoryContext directory, long? ifVersion)
    {
        GrainError? error = null;
        await row.Change(current =>
        {
            error = Refusal(current, ifVersion);
            return error is not null ? null : new OrgUnitState
            {
                Version = current.Version + 1,
                LastModified = time.GetUtcNow(),
                LastDeleted = time.GetUtcNow(),
                Clearing = [.. current.Clearing, current.Generation!],
            };
        });
        if (error is null)
        {
            // What is not cleared now is when the unit is made again, or its directory removed.
            await Cleared(directory);
        }

        return new OrgUnitReply { Error = error };
    }

    public async Task<bool> Erase(DirectoryContext directory)
    {
        if (row.Poisoned)
        {
            return false;
        }

        await row.Change(current => current.Generation is null ? null : current with { Generation = null, Clearing = [.. current.Clearing, current.Generation] });
        if (!await Cleared(directory))
        {
            return false;
        }

        var outcome = await row.Clear();
        DeactivateOnIdle();
        return outcome is WriteOutcome.Written or WriteOutcome.Skipped;
    }

    private async Task Fresh()
    {
        if (row.Poisoned)
        {
            throw new StorageUnavailableException();
        }

        if (time.GetElapsedTime(readAt) > DirectoryGrain.MaxAge)
        {
            await row.Refresh(row.ETag);
            readAt = time.GetTimestamp();
        }
    }

    /// <summary>The generation that stands, making one where there is none; null where storage did not confirm. Many first sights make one.</summary>
    private async ValueTask<string?> Made(DirectoryContext directory, string name)
    {
        if (row.Current.Generation is { } standing)
        {
            return standing;
        }

        making = making is { IsCompleted: false } ? making : Make(directory, name);
        return await making;
    }

    private async Task<string?> Make(DirectoryContext directory, string name)
    {
        // Listed first: what a crash in between leaves is a name in a list, and lists show only what is there. Its version is that of
        // the row to be written, so that the removal of an earlier unit of the name does not take it away.
        if (!await Cleared(directory) || !await Listed(directory, ChangeKind.Put, row.Current.Version + 1))
        {
            return null;
        }

        var now = time.GetUtcNow();
        await row.Change(current => current.Generation is not null ? null : new OrgUnitState
        {
            Name = name,
            Generation = Guid.CreateVersion7(now).ToString(),
            Version = current.Version + 1,
            Created = now,
            LastModified = now,
            LastDeleted = current.LastDeleted,
            Clearing = current.Clearing,
        });
        return row.Current.Generation;
    }

    /// <summary>Clears the buckets of generations that were deleted, and takes the unit off the list where none stands.</summary>
    /// <returns>False where storage did not confirm all of it.</returns>
    private async Task<bool> Cleared(DirectoryContext directory)
    {
        var clearing = row.Current.Clearing;
        if (clearing.Length == 0)
        {
            return true;
        }

        if (row.Current.Generation is null && !await Listed(directory, ChangeKind.Remove, row.Current.Version))
        {
            return false;
        }

        foreach (var generation in clearing)
        {
            while (applying.ContainsKey(generation))
            {
                quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await quiet.Task;
            }

            if (!await new IndexBuckets(GrainFactory, directory.Id, IndexNames.Members(generation)).Clear())
            {
                return false;
            }
        }

        await row.Change(current => current.Clearing.Length == 0 ? null : current with { Clearing = [.. current.Clearing.Except(clearing)] });
        return true;
    }

    private Task<bool> Listed(DirectoryContext directory, ChangeKind change, long version) =>
        new IndexClient(GrainFactory, directory).Apply([new IndexTerm(IndexNames.OrgUnits(kind), slug, Unique: false)], change, slug, version);

    private async Task<bool> Apply(DirectoryContext directory, string generation, ChangeKind change, string user, long version)
    {
        var index = IndexNames.Members(generation);
        var client = Client(directory);
        applying[generation] = applying.GetValueOrDefault(generation) + 1;
        bool confirmed;
        try
        {
            confirmed = await client.Apply(index, [new IndexChange { Kind = change, Key = client.KeyOf(index, user), Id = user, Version = version }]);
        }
        finally
        {
            if (--applying[generation] == 0)
            {
                applying.Remove(generation);
                quiet?.TrySetResult();
            }
        }

        if (client.Crowded && growing is null or { IsCompleted: true })
        {
            // Nobody waits for it: where it fails, the next change of a crowded bucket asks again.
            growing = Companions.Quietly(Grow(directory, generation));
        }

        return confirmed;
    }

    private async Task Grow(DirectoryContext directory, string generation)
    {
        var width = row.Current.Width;
        var (bucket, level) = SplitOrder.NextSplit(width);
        if (await new IndexBuckets(GrainFactory, directory.Id, IndexNames.Members(generation))[bucket].Split(level) == BucketStatus.Ok)
        {
            await row.Update(current => current.Generation == generation && current.Width == width ? current with { Width = width + 1 } : null);
        }
    }

    private IndexClient Client(DirectoryContext directory) => new(GrainFactory, directory) { Width = row.Current.Width };

    private GrainError? Refusal(OrgUnitState state, long? ifVersion) =>
        state.Generation is null ? new GrainError { Status = 404, Detail = "There is no such org unit." }
        : ifVersion is { } wished && wished != state.Version ? new GrainError { Status = 412, Detail = $"The org unit has version \"{state.Version}\", which If-Match does not name." }
        : null;

    private async Task<OrgUnit?> Shown(DirectoryContext directory)
    {
        var state = row.Current;
        return state.Generation is not { } generation ? null : new OrgUnit
        {
            Slug = slug,
            Kind = kind,
            Name = state.Name,
            Generation = generation,
            Version = state.Version,
            Created = state.Created,
            LastModified = state.LastModified,
            DisplayName = state.DisplayName,
            Description = state.Description,
            Attributes = state.Attributes,
            Users = (await Client(directory).Counts(IndexNames.Members(generation))).Sum(c => (long)c.Count),
        };
    }
}
