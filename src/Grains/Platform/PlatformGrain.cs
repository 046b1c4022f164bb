using System.Security.Cryptography;
using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Grains.Directories;
using Grains.Storage;
using Grains.Tenants;

namespace Grains.Platform;

/// <summary>The platform: who administers it, and which tenants it has.</summary>
[GrainType("platform")]
internal sealed class PlatformGrain : Grain, IPlatformGrain
{
    /// <summary>How long a front has for the first start before another is told to do it.</summary>
    private static readonly TimeSpan FirstStartTime = TimeSpan.FromMinutes(1);

    private readonly Row<PlatformState> row;
    private readonly TimeProvider time;
    private readonly Dictionary<string, DateTimeOffset> lastUsed = new(StringComparer.Ordinal);
    private long readAt;

    public PlatformGrain([PersistentState("platform", StorageNames.Provider)] IPersistentState<PlatformState> storage, TimeProvider time)
    {
        row = new Row<PlatformState>(storage, this);
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

        var now = time.GetUtcNow();
        if (KeyRing.Find(row.Current.AdminKeys, hash, now) is not { } key)
        {
            return null;
        }

        lastUsed[key.Id] = now;
        return new AdminScope { Tenant = key.Tenant, ReadOnly = key.ReadOnly, KeyId = key.Id, KeyName = key.Name, Expires = key.Expires };
    }

    public async Task<AdminKey> AddKey(IssueAdminKey request)
    {
        var key = new StoredKey
        {
            Id = request.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString(),
            Digest = request.Digest,
            Expires = request.Expires,
            ReadOnly = request.ReadOnly,
            Name = request.Name,
            Hash = request.Hash,
            LastFour = request.LastFour,
            Created = time.GetUtcNow(),
            Tenant = request.Tenant,
        };
        var outcome = await row.Change(current => IsKnown(current, key) ? null : current with { AdminKeys = [.. current.AdminKeys, key] });
        return outcome == WriteOutcome.Written ? Shown(key)
            : Array.Find(row.Current.AdminKeys, k => k.Id == key.Id) is { } first ? Shown(first)
            : Shown(key) with { Spent = true };

        static bool IsKnown(PlatformState current, StoredKey made) =>
            Array.Exists(current.AdminKeys, k => k.Id == made.Id) || SpentKeys.Bar(current.SpentKeys, made);
    }

    public ValueTask<AdminKey[]> Keys() => new(Array.ConvertAll(row.Current.AdminKeys, Shown));

    public async Task<bool> RemoveKey(string id) =>
        await row.Change(current => Array.Exists(current.AdminKeys, k => k.Id == id)
            ? WithoutKeys(current, k => k.Id == id)
            : null) == WriteOutcome.Written;

    public Task<TenantDescription> AddTenant(string name) => MakeTenant(new CreateTenant { Name = name });

    public async Task<TenantDescription> MakeTenant(CreateTenant request)
    {
        var id = request.Id ?? Guid.CreateVersion7(time.GetUtcNow()).ToString();
        await row.Change(current => current.Tenants.Contains(id) ? null : current with { Tenants = [.. current.Tenants, id] });
        return await Tenant(id).Make(request);
    }

    public async ValueTask<TenantsPage> ListTenants(KeysetQuery query)
    {
        var (found, next) = await KeysetScan.Run(row.Serving.Tenants, query, id => Tenant(id).Look(), t => t.Name);
        return new TenantsPage { Tenants = found, Next = next };
    }

    public async ValueTask<TenantDescription[]> Tenants()
    {
        var asked = row.Current.Tenants.Select(t => Tenant(t).Describe().AsTask()).ToList();
        return [.. (await Task.WhenAll(asked)).OfType<TenantDescription>()];
    }

    public ValueTask<string[]> TenantIds() => new(row.Current.Tenants);

    public async Task<bool> RemoveTenant(string id)
    {
        if (!row.Current.Tenants.Contains(id))
        {
            return false;
        }

        // The keys go first: a try that is cut off behind this, and whose next one finds no tenant any more, has left none of them.
        await row.Change(current => Array.Exists(current.AdminKeys, k => k.Tenant == id) ? WithoutKeys(current, k => k.Tenant == id) : null);
        return await Tenant(id).Remove();
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
            // With them go the keys that were being made for them while they were removed.
            await row.Change(current => WithoutKeys(current, k => k.Tenant is { } tenant && gone.Contains(tenant)) with { Tenants = [.. current.Tenants.Except(gone)] });
        }
    }

    private static PlatformState WithoutKeys(PlatformState current, Predicate<StoredKey> goes) => current with
    {
        AdminKeys = Array.FindAll(current.AdminKeys, k => !goes(k)),
        SpentKeys = SpentKeys.With(current.SpentKeys, current.AdminKeys, goes),
    };

    private AdminKey Shown(StoredKey key) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Tenant = key.Tenant,
        LastFour = key.LastFour,
        Created = key.Created,
        ReadOnly = key.ReadOnly,
        Expires = key.Expires,
        LastUsed = lastUsed.TryGetValue(key.Id, out var used) ? used : null,
        Digest = key.Digest,
    };

    private ITenantGrain Tenant(string id) => GrainFactory.GetGrain<ITenantGrain>(id);
}
