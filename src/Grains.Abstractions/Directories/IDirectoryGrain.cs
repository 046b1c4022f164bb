using Grains.Abstractions.Requests;

namespace Grains.Abstractions.Directories;

/// <summary>A directory of a tenant: credentials, dialect, index widths, removal.</summary>
[Alias("muster.IDirectoryGrain")]
public interface IDirectoryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Checks a credential against this directory's and counts the request against its rate limit. It is on every request's path and
    /// answers from memory; the row is read again every five seconds while in use.
    /// </summary>
    /// <param name="hash">SHA-256 of the secret part of the token, 32 bytes.</param>
    [AlwaysInterleave]
    [Alias("Authorize")]
    ValueTask<AuthorizeReply> Authorize(byte[] hash);

    /// <summary>Counts so many requests against the rate limit, though they have come: those that follow wait the longer.</summary>
    [AlwaysInterleave]
    [Alias("Charge")]
    ValueTask Charge(int requests);

    /// <summary>Makes the directory.</summary>
    /// <returns>Null where the id is taken.</returns>
    [Alias("Create")]
    Task<DirectoryDescription?> Create(CreateDirectory request);

    /// <summary>Changes the directory's settings.</summary>
    [Alias("Change")]
    Task<DirectoryReply> Change(ChangeDirectory change);

    /// <returns>Null where there is no such directory.</returns>
    [Alias("Describe")]
    ValueTask<DirectoryDescription?> Describe();

    /// <returns>Null where there is no such directory, or where it is being removed.</returns>
    [AlwaysInterleave]
    [Alias("Context")]
    ValueTask<DirectoryContext?> Context();

    /// <returns>The schema extensions, or null where there is no such directory.</returns>
    [Alias("Extensions")]
    ValueTask<DirectoryExtension[]?> Extensions();

    /// <summary>
    /// Puts a schema extension into the directory, or adds attributes to one that is there. What is there stays as it is: resources have
    /// values of it.
    /// </summary>
    [Alias("PutExtension")]
    Task<ExtensionReply> PutExtension(DirectoryExtension extension);

    /// <returns>The directory's own resource types, or null where there is no such directory.</returns>
    [Alias("ResourceTypes")]
    ValueTask<DirectoryResourceType[]?> ResourceTypes();

    /// <summary>
    /// Puts a resource type into the directory, or adds attributes to one that is there. What is there stays as it is: resources have
    /// values of it.
    /// </summary>
    [Alias("PutResourceType")]
    Task<ResourceTypeReply> PutResourceType(DirectoryResourceType type);

    /// <summary>
    /// Changes which attributes are indexed. One that is added is built beside the requests, and filters go by it when it is whole; by one
    /// that is taken away no filter goes from now on. Asked again, nothing changes.
    /// </summary>
    [Alias("ChangeIndexes")]
    Task<IndexesReply> ChangeIndexes(ChangeIndexes request);

    /// <summary>Switches provisioning on or off. Off, every SCIM request is 403 and changes nothing, from the next one on.</summary>
    /// <returns>False where there is no such directory.</returns>
    [Alias("SwitchProvisioning")]
    Task<bool> SwitchProvisioning(bool on);

    /// <summary>
    /// Adds a key. Asked again with the same hash or the same <see cref="IssueKey.Id"/> it adds no second one, and gives the first: whoever
    /// asks compares its digest, and looks whether it is spent.
    /// </summary>
    /// <returns>The key, or null where there is no such directory.</returns>
    [Alias("AddKey")]
    Task<DirectoryKey?> AddKey(IssueKey request);

    /// <returns>Null where there is no such directory.</returns>
    [Alias("Keys")]
    ValueTask<DirectoryKey[]?> Keys();

    /// <summary>Revokes a key; it is refused from the next request on.</summary>
    /// <returns>False where there is no such key.</returns>
    [Alias("RemoveKey")]
    Task<bool> RemoveKey(string id);

    /// <summary>Sets what the directory's request log keeps.</summary>
    /// <returns>False where there is no such directory.</returns>
    [Alias("SetRequestLog")]
    Task<bool> SetRequestLog(RequestLogSettings settings);

    /// <summary>Begins the removal of the directory: credentials are dead when this returns; the rest is cleared afterwards.</summary>
    /// <returns>False where there is no such directory.</returns>
    [Alias("Remove")]
    Task<bool> Remove();

    /// <summary>A bucket of the index is crowded: split the next bucket in order, unless that is under way.</summary>
    [AlwaysInterleave]
    [Alias("Grow")]
    Task Grow(string index);
}
