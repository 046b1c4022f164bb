namespace Grains.Abstractions.Directories;

/// <summary>The same grain as <see cref="IDirectoryGrain"/>: its OAuth 2.0 clients, and the rotation of its keys.</summary>
[Alias("muster.IDirectoryClientsGrain")]
public interface IDirectoryClientsGrain : IGrainWithStringKey
{
    /// <summary>As <see cref="IDirectoryGrain.Authorize"/>, by an access token: its client, and what it was made by, must stand.</summary>
    [AlwaysInterleave]
    [Alias("AuthorizeAccess")]
    ValueTask<AuthorizeReply> AuthorizeAccess(AccessCredential credential);

    /// <summary>Lets a client have an access token for its secret (RFC 6749 §4.4).</summary>
    /// <param name="client">The id of the client.</param>
    /// <param name="hash">SHA-256 of the secret, 32 bytes.</param>
    [AlwaysInterleave]
    [Alias("GrantBySecret")]
    ValueTask<AccessGrant> GrantBySecret(string client, byte[] hash);

    /// <summary>By what the assertions of a client are to be judged.</summary>
    /// <returns>Null where there is no such client, or where it has none.</returns>
    [AlwaysInterleave]
    [Alias("FederationOf")]
    ValueTask<ClientFederation?> FederationOf(string client);

    /// <summary>Lets a client have an access token for an assertion (RFC 7523), once: that it was taken is durable before it is told.</summary>
    [Alias("GrantByAssertion")]
    Task<AccessGrant> GrantByAssertion(string client, SeenAssertion assertion);

    /// <summary>Makes a client.</summary>
    [Alias("AddClient")]
    Task<ClientReply> AddClient(CreateClient request);

    /// <returns>The clients, in the order in which they were made; null where there is no such directory.</returns>
    [Alias("Clients")]
    ValueTask<DirectoryClient[]?> Clients();

    /// <summary>Removes a client: its access tokens are refused from the next request on.</summary>
    /// <returns>False where there is no such client.</returns>
    [Alias("RemoveClient")]
    Task<bool> RemoveClient(string client);

    /// <summary>Gives a client a secret more. Asked again with the same hash, it is the same secret.</summary>
    [Alias("AddSecret")]
    Task<ClientReply> AddSecret(string client, IssueKey secret);

    /// <summary>Removes a secret: the access tokens made by it are refused from the next request on.</summary>
    /// <returns>False where there is no such client or secret.</returns>
    [Alias("RemoveSecret")]
    Task<bool> RemoveSecret(string client, string secret);

    /// <summary>Says by whose assertions a client comes in, in place of what was said before.</summary>
    [Alias("PutFederation")]
    Task<ClientReply> PutFederation(string client, ClientFederation federation);

    /// <summary>Takes that back: the access tokens made by it are refused from the next request on.</summary>
    /// <returns>False where there is no such client, or where it has none.</returns>
    [Alias("RemoveFederation")]
    Task<bool> RemoveFederation(string client);

    /// <summary>Begins the rotation of a key: a successor is there, and both open. Asked again with the same hash, it is the same rotation.</summary>
    [Alias("StartRotation")]
    Task<KeyReply> StartRotation(string key, IssueKey successor);

    /// <summary>Ends the rotation of a key: it is refused from the next request on. Asked again, it is done already.</summary>
    /// <returns>The successor.</returns>
    [Alias("CompleteRotation")]
    Task<KeyReply> CompleteRotation(string key);

    /// <summary>Takes the rotation of a key back: its successor is refused from the next request on.</summary>
    /// <returns>False where there is none.</returns>
    [Alias("CancelRotation")]
    Task<bool> CancelRotation(string key);
}
