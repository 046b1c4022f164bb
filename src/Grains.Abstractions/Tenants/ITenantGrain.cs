using Grains.Abstractions.Directories;

namespace Grains.Abstractions.Tenants;

/// <summary>A tenant: a customer of the vendor, and its directories.</summary>
[Alias("muster.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Makes the tenant; does nothing where it exists.</summary>
    [Alias("Create")]
    Task<TenantDescription> Create(string name);

    /// <summary>As <see cref="Create"/>, and remembers the digest of the request.</summary>
    [Alias("Make")]
    Task<TenantDescription> Make(CreateTenant request);

    /// <summary>Changes the tenant.</summary>
    [Alias("Change")]
    Task<TenantReply> Change(ChangeTenant change);

    /// <returns>The tenant, one that is being removed included, or null where there is none.</returns>
    [Alias("Look")]
    ValueTask<TenantDescription?> Look();

    /// <summary>Some of its directories, in the order of their ids: it costs what it gives.</summary>
    /// <returns>Null where there is no such tenant.</returns>
    [Alias("ListDirectories")]
    Task<DirectoriesPage?> ListDirectories(KeysetQuery query);

    /// <returns>Null where there is no such tenant, or where it is being removed.</returns>
    [Alias("Describe")]
    ValueTask<TenantDescription?> Describe();

    /// <summary>Whether there is a row, that of a tenant being removed included.</summary>
    [Alias("Exists")]
    ValueTask<bool> Exists();

    /// <summary>Makes a directory in the tenant.</summary>
    /// <param name="id">The id, or null to have one drawn.</param>
    /// <param name="request">What the directory is to be.</param>
    /// <returns>
    /// Null where there is no such tenant, or where the id is taken. Asked again with the same <see cref="CreateDirectory.Request"/>, the
    /// directory of the first time: whoever asks compares its digest.
    /// </returns>
    [Alias("AddDirectory")]
    Task<DirectoryDescription?> AddDirectory(string? id, CreateDirectory request);

    /// <returns>The directories, those being removed included, or null where there is no such tenant.</returns>
    [Alias("Directories")]
    Task<DirectoryDescription[]?> Directories();

    /// <summary>The ids of the directories, as they are listed: no directory is woken.</summary>
    [AlwaysInterleave]
    [Alias("DirectoryIds")]
    ValueTask<string[]> DirectoryIds();

    /// <summary>Begins the removal of a directory.</summary>
    /// <returns>False where the tenant has no such directory.</returns>
    [Alias("RemoveDirectory")]
    Task<bool> RemoveDirectory(string id);

    /// <summary>Begins the removal of the tenant with all its directories.</summary>
    /// <returns>False where there is no such tenant.</returns>
    [Alias("Remove")]
    Task<bool> Remove();

    /// <summary>Wakes the directories whose removal is unfinished, and forgets those that are gone.</summary>
    [Alias("Resume")]
    Task Resume();
}
