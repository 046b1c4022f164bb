using System.Security.Cryptography;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Requests;
using Grains.Indexes;
using Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grains.Directories;

/// <summary>A directory: who may come in, how its indexes are spread, how it goes.</summary>
[GrainType("directory")]
internal sealed partial class DirectoryGrain : Grain, IDirectoryGrain
{
    /// <summary>How old the row in memory may be while in use, so that even a stale twin honours a revocation within that time.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private readonly Row<DirectoryState> row;
    private readonly TimeProvider time;
    private readonly ILogger<DirectoryGrain> logger;
    private readonly DirectoryOptions options;
    private readonly Dictionary<string, DateTimeOffset> lastUsed = new(StringComparer.Ordinal);
    private readonly HashSet<string> growing = new(StringComparer.Ordinal);
    private RateMeter? meter;
    private string id = "";
    private long readAt;
    private Task? refreshing;
    private DirectoryContext? context;
    private string? contextOf;
    private DirectoryRemoval? removal;

    public DirectoryGrain(
        [PersistentState("directory", StorageNames.Provider)] IPersistentState<DirectoryState> storage,
        IOptions<DirectoryOptions> options,
        TimeProvider time,
        ILogger<DirectoryGrain> logger)
    {
        row = new Row<DirectoryState>(storage, this);
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
    }

    private bool Serves => row.Exists && row.Current.RemovalStarted is null;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        id = this.GetPrimaryKeyString();
        row.Load();
        readAt = time.GetTimestamp();
        meter = Meter();
        GoOnRemoving();
        if (Serves)
        {
            // Whatever an earlier process left unfinished is woken now; nobody waits for it.
            _ = GrainFactory.GetGrain<IEventLogGrain>(GrainKeys.Directory(id)).Sweep(CurrentContext());
            WorkOnIndexes();
        }

        return Task.CompletedTask;
    }

    public ValueTask<AuthorizeReply> Authorize(byte[] hash) =>
        row.Poisoned ? throw new StorageUnavailableException()
        : time.GetElapsedTime(readAt) > MaxAge ? AuthorizeFresh(hash)
        : new(Check(hash));

    public ValueTask Charge(int requests)
    {
        meter!.Charge(requests);
        return default;
    }

    public async Task<DirectoryDescription?> Create(CreateDirectory request)
    {
        var outcome = await row.Change(current => row.Exists ? null : new DirectoryState
        {
            Tenant = request.Tenant,
            Name = request.Name,
            Dialect = request.Dialect,
            Created = time.GetUtcNow(),
            HashKey = RandomNumberGenerator.GetBytes(16),
            UserIndexes = request.UserIndexes ?? DirectoryIndexes.DefaultOfUsers,
            GroupIndexes = request.GroupIndexes ?? DirectoryIndexes.DefaultOfGroups,
            Limits = request.Limits,
            Digest = request.Digest,
            Profile = request.Profile,
            Extensions = request.Extensions,
            ProvisioningOff = request.ProvisioningOff,
        });
        meter = Meter();
        return outcome == WriteOutcome.Written ? Description() : null;
    }

    public async Task<DirectoryReply> Change(ChangeDirectory change)
    {
        var stale = false;
        await row.Change(current =>
        {
            stale = Serves && change.IfRevision is not null && change.IfRevision != current.WriteId;
            var limits = change.Limits == new DirectoryLimits() ? null : change.Limits;
            return !Serves || stale || (current.Name == change.Name && current.Dialect == change.Dialect && current.Limits == limits)
                ? null
                : current with { Name = change.Name, Dialect = change.Dialect, Limits = limits };
        });
        if (!Serves)
        {
            return new DirectoryReply();
        }

        meter = Meter();
        return new DirectoryReply { Directory = Description(), Stale = stale };
    }

    public ValueTask<DirectoryDescription?> Describe() => new(row.Exists && !row.Current.Removed ? Description() : null);

    public ValueTask<DirectoryContext?> Context() => time.GetElapsedTime(readAt) > MaxAge ? ContextFresh() : new(Serves ? CurrentContext() : null);

    public ValueTask<DirectoryExtension[]?> Extensions() => new(Serves ? row.Current.Extensions : null);

    public async Task<ExtensionReply> PutExtension(DirectoryExtension extension)
    {
        var reply = new ExtensionReply();
        await row.Change(current =>
        {
            if (!Serves)
            {
                reply = new ExtensionReply { Error = GrainError.NotFound("Directory", id) };
                return null;
            }

            reply = ExtensionRules.Put(current.Extensions, current.ResourceTypes, extension, out var extensions);
            return extensions is null ? null : current with { Extensions = extensions };
        });
        return reply;
    }

    public ValueTask<DirectoryResourceType[]?> ResourceTypes() => new(Serves ? row.Current.ResourceTypes : null);

    public async Task<ResourceTypeReply> PutResourceType(DirectoryResourceType type)
    {
        var reply = new ResourceTypeReply();
        await row.Change(current =>
        {
            if (!Serves)
            {
                reply = new ResourceTypeReply { Error = GrainError.NotFound("Directory", id) };
                return null;
            }

            reply = OwnTypeRules.Put(current.ResourceTypes, current.Extensions, type, out var types);
            return types is null ? null : current with { ResourceTypes = types };
        });
        return reply;
    }

    public async Task<bool> SwitchProvisioning(bool on)
    {
        await row.Change(current => Serves && current.ProvisioningOff == on ? current with { ProvisioningOff = !on } : null);
        return Serves;
    }

    public async Task<DirectoryKey?> AddKey(IssueKey request)
    {
        var key = Stored(request);
        StoredKey? stands = null;
        await row.Change(current =>
        {
            // Asked again, it is the key that was made, or one that was made and is gone.
            stands = !Serves ? null
                : Array.Find(current.Keys, k => k.Id == key.Id || k.Hash.AsSpan().SequenceEqual(key.Hash)) ?? key;
            return stands != key || SpentKeys.Bar(current.SpentKeys, key) ? null : current with { Keys = [.. current.Keys, key] };
        });
        return stands is null ? null : Shown(stands) with { Spent = !Array.Exists(row.Current.Keys, k => k.Id == stands.Id) };
    }

    public ValueTask<DirectoryKey[]?> Keys() => new(Serves ? Array.ConvertAll(row.Current.Keys, Shown) : null);

    /// <summary>The row with these of its keys; those that go do not come back.</summary>
    private static DirectoryState WithKeys(DirectoryState current, StoredKey[] keys) => current with
    {
        Keys = keys,
        SpentKeys = SpentKeys.With(current.SpentKeys, current.Keys, k => !Array.Exists(keys, stays => stays.Id == k.Id)),
    };

    public async Task<bool> RemoveKey(string id)
    {
        var outcome = await row.Change(current => Serves && Array.Exists(current.Keys, k => k.Id == id)
            ? WithKeys(current, Array.FindAll(current.Keys, k => k.Id != id))
            : null);
        return outcome == WriteOutcome.Written;
    }

    public async Task<bool> SetRequestLog(RequestLogSettings settings)
    {
        var outcome = await row.Change(current => Serves ? current with { RequestLog = settings } : null);
        return outcome == WriteOutcome.Written;
    }

    public async Task<bool> Remove()
    {
        await row.Change(current => Serves ? current with { Keys = [], Clients = [], RemovalStarted = time.GetUtcNow() } : null);
        GoOnRemoving();
        return row.Exists && !row.Current.Removed;
    }

    public async Task Grow(string index)
    {
        if (!Serves || row.Poisoned || !Keeps(index) || !growing.Add(index))
        {
            return;
        }

        try
        {
            var width = row.Current.WidthOf(index);
            var (bucket, level) = SplitOrder.NextSplit(width);
            if (await GrainFactory.GetGrain<IBucketGrain>(GrainKeys.Bucket(id, index, bucket)).Split(level) == BucketStatus.Ok)
            {
                await row.Update(current => current.WidthOf(index) != width ? null : current with
                {
                    Widths = [.. current.Widths.Where(w => w.Index != index), new IndexWidth { Index = index, Width = width + 1 }],
                });
            }
        }
        catch (Exception exception)
        {
            // The next change of a crowded bucket asks again.
            LogGrowFailed(logger, id, index, exception);
        }
        finally
        {
            growing.Remove(index);
        }
    }

    private async ValueTask<DirectoryContext?> ContextFresh()
    {
        await Refreshed();
        return Serves ? CurrentContext() : null;
    }

    private async ValueTask<AuthorizeReply> AuthorizeFresh(byte[] hash)
    {
        await Refreshed();
        return Check(hash);
    }

    /// <summary>Whoever comes while the row is being read waits for the same reading.</summary>
    private Task Refreshed() => refreshing is { IsCompleted: false } ? refreshing : refreshing = Refresh();

    private async Task Refresh()
    {
        await row.Refresh(row.ETag);
        readAt = time.GetTimestamp();
        meter = Meter();
    }

    /// <summary>The meter of the directory's rate: the one there is, as long as that stays.</summary>
    private RateMeter Meter()
    {
        var perSecond = row.Current.Limits?.RequestsPerSecond ?? options.RequestsPerSecond;
        return meter?.PerSecond == perSecond ? meter : new RateMeter(perSecond, time);
    }

    private AuthorizeReply Check(byte[] hash)
    {
        var now = time.GetUtcNow();
        return Serves && KeyRing.Find(row.Current.Keys, hash, now) is { } key ? LetIn(key.Id, now) : AuthorizeReply.Refused;
    }

    /// <summary>The answer to a credential that stands: the request counts, and so does the use.</summary>
    private AuthorizeReply LetIn(string source, DateTimeOffset now)
    {
        NoteUse(source, now);
        return meter!.Take() is { } wait
            ? new AuthorizeReply { Directory = CurrentContext(), Credential = source, DelayMilliseconds = (int)Math.Ceiling(wait.TotalMilliseconds) }
            : new AuthorizeReply { Directory = CurrentContext(), Credential = source, RetryAfterSeconds = meter.RetryAfterSeconds };
    }

    private DirectoryContext CurrentContext()
    {
        if (context is null || contextOf != row.Current.WriteId)
        {
            var state = row.Current;
            context = new DirectoryContext
            {
                Id = id,
                Tenant = state.Tenant,
                Dialect = state.Dialect,
                HashKey = state.HashKey,
                Widths = state.Widths,
                UserIndexes = state.UserIndexes,
                GroupIndexes = state.GroupIndexes,
                Extensions = state.Extensions,
                ResourceTypes = state.ResourceTypes,
                Limits = state.Limits,
                Indexes = state.Indexes,
                IndexEpoch = state.IndexEpoch,
                Rules = state.Profile?.Rules ?? DirectoryRules.Standard,
                ProvisioningOff = state.ProvisioningOff,
                PathPrefix = state.Profile?.PathPrefix ?? "",
                RequestLog = state.RequestLog,
            };
            contextOf = state.WriteId;
        }

        return context;
    }

    private DirectoryDescription Description() => new()
    {
        Id = id,
        Tenant = row.Current.Tenant,
        Name = row.Current.Name,
        Dialect = row.Current.Dialect,
        Created = row.Current.Created,
        Removal = row.Current.RemovalStarted is { } started ? new RemovalProgress { Started = started, Cleared = removal?.Cleared ?? 0 } : null,
        UserIndexes = row.Current.UserIndexes,
        GroupIndexes = row.Current.GroupIndexes,
        Limits = row.Current.Limits ?? new DirectoryLimits(),
        Revision = row.Current.WriteId,
        Digest = row.Current.Digest,
        Indexes = IndexDescriptions(),
        Profile = row.Current.Profile,
        ProvisioningOff = row.Current.ProvisioningOff,
    };

    private DirectoryKey Shown(StoredKey key) => new()
    {
        Id = key.Id,
        Name = key.Name,
        LastFour = key.LastFour,
        Created = key.Created,
        Expires = key.Expires,
        LastUsed = LastUseOf(key.Id, row.Current),
        Replaces = KeyRotation.IsUnderWay(row.Current.Keys, key) ? key.Replaces : null,
        Digest = key.Digest,
    };

    /// <summary>Takes up the removal where it was left; it runs beside the turns, so that its progress can be asked for.</summary>
    private void GoOnRemoving()
    {
        if (row.Current.RemovalStarted is null || row.Current.Removed || removal is { Running: true })
        {
            return;
        }

        removal = new DirectoryRemoval(GrainFactory, CurrentContext());
        this.RegisterGrainTimer(ClearEverything, new GrainTimerCreationOptions
        {
            DueTime = TimeSpan.Zero,
            Period = Timeout.InfiniteTimeSpan,
            Interleave = true,
            KeepAlive = true,
        });
    }

    private async Task ClearEverything(CancellationToken cancellationToken)
    {
        try
        {
            await StopWorkOnIndexes();
            if (!row.Current.ResourcesErased && await removal!.EraseResources(cancellationToken))
            {
                await row.Change(current => current with { ResourcesErased = true });
            }

            if (row.Current.ResourcesErased && await removal!.ClearIndexes())
            {
                await row.Change(current => new DirectoryState { RemovalStarted = current.RemovalStarted, Removed = true });
            }
        }
        catch (Exception exception)
        {
            LogRemovalInterrupted(logger, id, exception);
        }

        DeactivateOnIdle();
    }

    [LoggerMessage(1, LogLevel.Warning, "Directory {Directory}: index {Index} could not grow yet")]
    private static partial void LogGrowFailed(ILogger logger, string directory, string index, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Directory {Directory}: its removal was interrupted and will go on when it is next asked for")]
    private static partial void LogRemovalInterrupted(ILogger logger, string directory, Exception exception);
}
