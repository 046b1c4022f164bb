using System.Security.Cryptography;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Grains.Directories;
using Grains.Storage;

namespace Grains.Platform;

/// <summary>The platform: who administers it, and which tenants it has.</summary>
[GrainType("platform")]
internal sealed class PlatformGrain : Grain, IPlatformGrain
{
    /// <summary>How long a front has for the first start before another is told to do it.</summary>
    private static readonly TimeSpan FirstStartTime = TimeSpan.FromMinutes(1);

    private readonly Row<PlatformState> row;
    private readonly TimeProvider time;
    private long readAt;

    public PlatformGrain([PersistentState("platform", StorageNames.Provider)] IPersistentState<PlatformState> storage, TimeProvider time)
    {
        row = new Row<PlatformState>(storage, DeactivateOnIdle);
        this.time = time;
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        row.Load();
        readAt = time.GetTimestamp();
        return Task.CompletedTask;
    }

    public async Task<PlatformInfo> Open()
    {
        await row.Change(_ => row.Exists ? null : new PlatformState { TokenCheckKey = RandomNumberGenerator.GetBytes(32) });
        var now = time.GetUtcNow();
        var outcome = await row.Change(current => current.FirstDirectory is null && now - current.FirstStartBegun > FirstStartTime
            ? current with { FirstStartBegun = now }
            : null);
        return new PlatformInfo { TokenCheckKey = row.Current.TokenCheckKey, First = outcome == WriteOutcome.Written };
    }

    public async Task FirstStartDone(string directory) =>
        await row.Change(current => current.FirstDirectory is null ? current with { FirstDirectory = directory } : null);

    public ValueTask<string?> FirstDirectory() => new(row.Current.FirstDirectory);

    public async ValueTask<AdminScope?> Authorize(byte[] hash)
    {
        if (time.GetElapsedTime(readAt) > DirectoryGrain.MaxAge)
        {
            await row.Refresh(row.ETag);
            readAt = time.GetTimestamp();
        }

        return KeyRing.Find(row.Current.AdminKeys, hash, time.GetUtcNow()) is { } key ? new AdminScope { Tenant = key.Tenant } : null;
    }

    public async Task<AdminKey> AddKey(IssueAdminKey request)
    {
        var key = new StoredKey
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Name = request.Name,
            Hash = request.Hash,
            LastFour = request.LastFour,
            Created = time.GetUtcNow(),
            Tenant = request.Tenant,
        };
        await row.Change(current => current with { AdminKeys = [.. current.AdminKeys, key] });
        return Shown(key);
    }

    public ValueTask<AdminKey[]> Keys() => new(Array.ConvertAll(row.Current.AdminKeys, Shown));

    public async Task<bool> RemoveKey(string id) =>
        await row.Change(current => Array.Exists(current.AdminKeys, k => k.Id == id)
            ? current with { AdminKeys = Array.FindAll(current.AdminKeys, k => k.Id != id) }
            : null) == WriteOutcome.Written;

    public async Task<TenantDescription> AddTenant(string name)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        await row.Change(current => current with { Tenants = [.. current.Tenants, id] });
        return await Tenant(id).Create(name);
    }

    public async ValueTask<TenantDescription[]> Tenants()
    {
        var asked = row.Current.Tenants.Select(t => Tenant(t).Describe().AsTask()).ToList();
        return [.. (await Task.WhenAll(asked)).OfType<TenantDescription>()];
    }

    public ValueTask<string[]> TenantIds() => new(row.Current.Tenants);

    public async Task<bool> RemoveTenant(string id)
    {
        if (!row.Current.Tenants.Contains(id) || !await Tenant(id).Remove())
        {
            return false;
        }

        await row.Change(current => current with { AdminKeys = Array.FindAll(current.AdminKeys, k => k.Tenant != id) });
        return true;
    }

    public async Task ListProfile(string name) =>
        await row.Change(current => current.Profiles.Contains(name) ? null : current with { Profiles = [.. current.Profiles, name] });

    public ValueTask<string[]> Profiles() => new(row.Current.Profiles);

    public async Task Resume()
    {
        // A tenant whose row is gone, or never came to be, is struck off the list.
        var gone = new List<string>();
        foreach (var id in row.Current.Tenants)
        {
            await Tenant(id).Resume();
            if (!await Tenant(id).Exists())
            {
                gone.Add(id);
            }
        }

        if (gone.Count > 0)
        {
            await row.Change(current => current with { Tenants = [.. current.Tenants.Except(gone)] });
        }
    }

    private static AdminKey Shown(StoredKey key) =>
        new() { Id = key.Id, Name = key.Name, Tenant = key.Tenant, LastFour = key.LastFour, Created = key.Created };

    private ITenantGrain Tenant(string id) => GrainFactory.GetGrain<ITenantGrain>(id);
}
