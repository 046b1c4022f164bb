using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Tenants;
using Grains.Storage;

namespace Grains.Tenants;

/// <summary>A tenant: its name and which directories it has.</summary>
[GrainType("tenant")]
internal sealed class TenantGrain : Grain, ITenantGrain
{
    /// <summary>How many requests for directories are remembered: a retry of one that is older would make a second directory.</summary>
    private const int MaxRequests = 256;

    /// <summary>How often a tenant that is being removed looks whether its directories are gone.</summary>
    private static readonly TimeSpan RemovalPeriod = TimeSpan.FromSeconds(5);

    private readonly Row<TenantState> row;
    private readonly DirectoryIds ids;
    private readonly TimeProvider time;
    private IGrainTimer? removal;

    public TenantGrain([PersistentState("tenant", StorageNames.Provider)] IPersistentState<TenantState> storage, DirectoryIds ids, TimeProvider time)
    {
        row = new Row<TenantState>(storage, this);
        this.ids = ids;
        this.time = time;
    }

    private bool Serves => row.Exists && !row.Current.Removing;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        GoOnRemoving();
        return Task.CompletedTask;
    }

    public Task<TenantDescription> Create(string name) => Make(new CreateTenant { Name = name });

    public async Task<TenantDescription> Make(CreateTenant request)
    {
        await row.Change(_ => row.Exists ? null : new TenantState { Name = request.Name, Created = time.GetUtcNow(), Digest = request.Digest });
        return Description();
    }

    public async Task<TenantReply> Change(ChangeTenant change)
    {
        var stale = false;
        await row.Change(current =>
        {
            stale = Serves && change.IfRevision is not null && change.IfRevision != current.WriteId;
            return !Serves || stale || current.Name == change.Name ? null : current with { Name = change.Name };
        });
        return Serves ? new TenantReply { Tenant = Description(), Stale = stale } : new TenantReply();
    }

    public ValueTask<TenantDescription?> Look() => new(row.Exists ? Description() : null);

    public async Task<DirectoriesPage?> ListDirectories(KeysetQuery query)
    {
        if (!Serves)
        {
            return null;
        }

        var (found, next) = await KeysetScan.Run(row.Current.Directories, query, id => Directory(id).Describe(), d => d.Name);
        return new DirectoriesPage { Directories = found, Next = next };
    }

    public ValueTask<TenantDescription?> Describe() => new(Serves ? Description() : null);

    public ValueTask<bool> Exists() => new(row.Exists);

    public async Task<DirectoryDescription?> AddDirectory(string? id, CreateDirectory request)
    {
        id ??= ids.New();
        if (!Serves)
        {
            return null;
        }

        // Listed first: a crash in between leaves a name in a list, never a directory that no list has.
        DirectoryRequest? before = null;
        var listed = await row.Change(current =>
        {
            before = request.Request is null ? null : Array.Find(current.Requests, r => r.Request == request.Request);
            return !Serves || before is not null || current.Directories.Contains(id) ? null : current with
            {
                Directories = [.. current.Directories, id],
                Requests = request.Request is null ? current.Requests : Remembering(current.Requests, request, id),
            };
        });
        if (before is not null)
        {
            return await AddAgain(before, request);
        }

        var made = await Directory(id).Create(request with { Tenant = this.GetPrimaryKeyString() });
        if (made is null && listed == WriteOutcome.Written)
        {
            await row.Change(current => current with
            {
                Directories = [.. current.Directories.Where(d => d != id)],
                Requests = [.. current.Requests.Where(r => r.Request != request.Request)],
            });
        }

        return made;
    }

    public async Task<DirectoryDescription[]?> Directories()
    {
        if (!Serves)
        {
            return null;
        }

        var asked = row.Current.Directories.Select(d => Directory(d).Describe().AsTask()).ToList();
        return [.. (await Task.WhenAll(asked)).OfType<DirectoryDescription>()];
    }

    public ValueTask<string[]> DirectoryIds() => new(row.Current.Directories);

    public async Task<bool> RemoveDirectory(string id) =>
        row.Current.Directories.Contains(id) && await Directory(id).Remove();

    public async Task<bool> Remove()
    {
        if (!row.Exists)
        {
            return false;
        }

        await row.Change(current => current.Removing ? null : current with { Removing = true, RemovalStarted = time.GetUtcNow() });
        await Resume();
        GoOnRemoving();
        return true;
    }

    public async Task Resume()
    {
        var gone = new List<string>();
        foreach (var id in row.Current.Directories)
        {
            if (row.Current.Removing)
            {
                await Directory(id).Remove();
            }

            if (await Directory(id).Describe() is null)
            {
                gone.Add(id);
            }
        }

        if (gone.Count > 0)
        {
            await row.Change(current => current with { Directories = [.. current.Directories.Except(gone)] });
        }

        if (row.Current is { Removing: true, Directories.Length: 0 })
        {
            await row.Clear();
            removal?.Dispose();
            removal = null;
        }
    }

    private IDirectoryGrain Directory(string id) => GrainFactory.GetGrain<IDirectoryGrain>(GrainKeys.Directory(id));

    /// <summary>The directory that an earlier try of the same request listed; made now, where that ended before it was.</summary>
    private async Task<DirectoryDescription?> AddAgain(DirectoryRequest before, CreateDirectory request)
    {
        if (before.Digest == request.Digest)
        {
            await Directory(before.Directory).Create(request with { Tenant = this.GetPrimaryKeyString() });
        }

        return await Directory(before.Directory).Describe() is { } found && found.Tenant == this.GetPrimaryKeyString()
            ? found with { Digest = before.Digest }
            : null;
    }

    private static DirectoryRequest[] Remembering(DirectoryRequest[] requests, CreateDirectory request, string id) =>
    [
        .. requests.Length < MaxRequests ? requests : requests[^(MaxRequests - 1)..],
        new DirectoryRequest { Request = request.Request!, Directory = id, Digest = request.Digest },
    ];

    /// <summary>Looks again and again whether the directories are gone, so that the tenant goes when they are.</summary>
    private void GoOnRemoving()
    {
        if (row.Current.Removing && removal is null)
        {
            removal = this.RegisterGrainTimer(_ => Resume(), new GrainTimerCreationOptions { DueTime = RemovalPeriod, Period = RemovalPeriod, KeepAlive = true });
        }
    }

    private TenantDescription Description() => new()
    {
        Id = this.GetPrimaryKeyString(),
        Name = row.Current.Name,
        Created = row.Current.Created,
        Revision = row.Current.WriteId,
        Digest = row.Current.Digest,
        Removal = row.Current.Removing
            ? new TenantRemoval { Started = row.Current.RemovalStarted, Directories = row.Current.Directories.Length }
            : null,
    };
}
