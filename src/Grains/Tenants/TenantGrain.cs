using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Tenants;
using Grains.Storage;

namespace Grains.Tenants;

/// <summary>A tenant: its name and which directories it has.</summary>
[GrainType("tenant")]
internal sealed class TenantGrain : Grain, ITenantGrain
{
    private readonly Row<TenantState> row;
    private readonly DirectoryIds ids;
    private readonly TimeProvider time;

    public TenantGrain([PersistentState("tenant", StorageNames.Provider)] IPersistentState<TenantState> storage, DirectoryIds ids, TimeProvider time)
    {
        row = new Row<TenantState>(storage, DeactivateOnIdle);
        this.ids = ids;
        this.time = time;
    }

    private bool Serves => row.Exists && !row.Current.Removing;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        return Task.CompletedTask;
    }

    public async Task<TenantDescription> Create(string name)
    {
        await row.Change(_ => row.Exists ? null : new TenantState { Name = name, Created = time.GetUtcNow() });
        return Description();
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
        var listed = await row.Change(current => Serves && !current.Directories.Contains(id)
            ? current with { Directories = [.. current.Directories, id] }
            : null);
        var made = await Directory(id).Create(request with { Tenant = this.GetPrimaryKeyString() });
        if (made is null && listed == WriteOutcome.Written)
        {
            await row.Change(current => current with { Directories = [.. current.Directories.Where(d => d != id)] });
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

        await row.Change(current => current.Removing ? null : current with { Removing = true });
        await Resume();
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
        }
    }

    private IDirectoryGrain Directory(string id) => GrainFactory.GetGrain<IDirectoryGrain>(GrainKeys.Directory(id));

    private TenantDescription Description() => new() { Id = this.GetPrimaryKeyString(), Name = row.Current.Name, Created = row.Current.Created };
}
