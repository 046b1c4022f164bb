using Grains.Abstractions.Tenants;

namespace Grains.Abstractions.Platform;

/// <summary>The one platform grain: admin keys, the tenant list, the key that tokens are checked by.</summary>
[Alias("muster.IPlatformGrain")]
public interface IPlatformGrain : IGrainWithStringKey
{
    /// <summary>Opens the platform, making it on empty storage: once, by ETag, however many fronts start at once.</summary>
    [Alias("Open")]
    Task<PlatformInfo> Open();

    /// <summary>The front that was told <see cref="PlatformInfo.First"/> has printed the first secrets.</summary>
    [Alias("FirstStartDone")]
    Task FirstStartDone(string directory);

    /// <summary>The directory that the first start made, or null.</summary>
    [Alias("FirstDirectory")]
    ValueTask<string?> FirstDirectory();

    /// <returns>What the key opens, or null where it is none of the platform's.</returns>
    [AlwaysInterleave]
    [Alias("Authorize")]
    ValueTask<AdminScope?> Authorize(byte[] hash);

    /// <summary>
    /// Adds a key. Asked again with the same <see cref="IssueAdminKey.Id"/> it adds no second one, and gives the first: whoever asks
    /// compares its digest, and looks whether it is spent.
    /// </summary>
    [Alias("AddKey")]
    Task<AdminKey> AddKey(IssueAdminKey request);

    [Alias("Keys")]
    ValueTask<AdminKey[]> Keys();

    /// <returns>False where there is no such key.</returns>
    [Alias("RemoveKey")]
    Task<bool> RemoveKey(string id);

    [Alias("AddTenant")]
    Task<TenantDescription> AddTenant(string name);

    /// <summary>Makes a tenant, as <see cref="AddTenant"/>; asked again with the same id, gives the one that is there.</summary>
    [Alias("MakeTenant")]
    Task<TenantDescription> MakeTenant(CreateTenant request);

    /// <summary>Some tenants, those being removed included, in the order of their ids: it costs what it gives, and not what there are.</summary>
    [Alias("ListTenants")]
    ValueTask<TenantsPage> ListTenants(KeysetQuery query);

    [Alias("Tenants")]
    ValueTask<TenantDescription[]> Tenants();

    /// <summary>The ids of all tenants, as they are listed.</summary>
    [AlwaysInterleave]
    [Alias("TenantIds")]
    ValueTask<string[]> TenantIds();

    /// <summary>Removes a tenant with all its directories and the admin keys made for it.</summary>
    /// <returns>False where there is no such tenant.</returns>
    [Alias("RemoveTenant")]
    Task<bool> RemoveTenant(string id);

    /// <summary>Lists the name of a profile that is about to be made. Idempotent.</summary>
    [Alias("ListProfile")]
    Task ListProfile(string name);

    /// <returns>The names of the vendor's own profiles, of which some may not be there any more.</returns>
    [Alias("Profiles")]
    ValueTask<string[]> Profiles();

    /// <summary>Takes up again what an earlier process left unfinished.</summary>
    [Alias("Resume")]
    Task Resume();
}
