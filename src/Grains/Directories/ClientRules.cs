using Grains.Abstractions;
using Grains.Abstractions.Directories;

namespace Grains.Directories;

/// <summary>How the OAuth 2.0 clients of a directory change. Each method leaves in <c>next</c> what is to stand, or null where nothing changes.</summary>
internal static class ClientRules
{
    /// <summary>The most clients of a directory.</summary>
    public const int MaxClients = 20;

    /// <summary>The most secrets of a client, ended ones too.</summary>
    public const int MaxSecrets = 10;

    /// <summary>
    /// The most assertions that are remembered of a directory. An identity provider sends one an hour or so, and each is remembered until it
    /// ends; to forget one before would let it be sent again.
    /// </summary>
    public const int MaxAssertions = 256;

    /// <summary>The client of that id, or null.</summary>
    public static StoredClient? Find(DirectoryState state, string id) => Array.Find(state.Clients, c => c.Id == id);

    /// <summary>Whether what an access token was made by still stands.</summary>
    public static bool Stands(DirectoryState state, AccessCredential credential, DateTimeOffset now)
    {
        if (credential.Expires <= now || Find(state, credential.Client) is not { } client)
        {
            return false;
        }

        if (client.Federation?.Id == credential.Source)
        {
            return true;
        }

        foreach (var secret in client.Secrets)
        {
            if (secret.Id == credential.Source)
            {
                return !(secret.Expires <= now);
            }
        }

        return false;
    }

    /// <summary>What a secret gives: a token never outlives it.</summary>
    public static AccessGrant GrantBySecret(DirectoryState state, string client, ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        if (Find(state, client) is not { } found || KeyRing.Find(found.Secrets, hash, now) is not { } secret)
        {
            return AccessGrant.Refused;
        }

        var until = now.AddSeconds(found.TokenSeconds);
        return Granted(found, secret.Id, secret.Expires < until ? secret.Expires.Value : until);
    }

    /// <summary>What an assertion gives that was found good: once.</summary>
    public static AccessGrant GrantByAssertion(DirectoryState state, string client, SeenAssertion assertion, DateTimeOffset now, out DirectoryState? next)
    {
        next = null;
        if (Find(state, client) is not { Federation: { } federation } found || federation.Id != assertion.Federation || assertion.Until <= now)
        {
            return AccessGrant.Refused;
        }

        var standing = Array.FindAll(state.Assertions, a => a.Until > now.ToUnixTimeSeconds());
        if (Array.Exists(standing, a => a.Mark.AsSpan().SequenceEqual(assertion.Mark)))
        {
            return AccessGrant.Refused;
        }

        if (standing.Length >= MaxAssertions)
        {
            return new AccessGrant { Crowded = true };
        }

        // A second that has begun counts whole.
        var taken = new TakenAssertion { Mark = assertion.Mark, Until = assertion.Until.ToUnixTimeSeconds() + 1 };
        next = state with { Assertions = [.. standing, taken] };
        return Granted(found, federation.Id, now.AddSeconds(found.TokenSeconds));
    }

    public static GrainError? Add(DirectoryState state, CreateClient request, DateTimeOffset now, out DirectoryState? next)
    {
        next = null;
        if (Find(state, request.Id) is not null)
        {
            return null;
        }

        var client = new StoredClient { Id = request.Id, Name = request.Name, Created = now, TokenSeconds = request.TokenSeconds, Digest = request.Digest };
        if (SpentKeys.Bar(state.SpentKeys, client))
        {
            return SpentKeys.Refusal;
        }

        if (state.Clients.Length >= MaxClients)
        {
            return Conflict($"A directory has {MaxClients} clients at the most.");
        }

        next = state with { Clients = [.. state.Clients, client] };
        return null;
    }

    public static bool Remove(DirectoryState state, string client, out DirectoryState? next)
    {
        next = Find(state, client) is { } found
            ? state with { Clients = Array.FindAll(state.Clients, c => c.Id != client), SpentKeys = SpentKeys.With(state.SpentKeys, found) }
            : null;
        return next is not null;
    }

    public static GrainError? AddSecret(DirectoryState state, string client, StoredKey secret, out DirectoryState? next)
    {
        next = null;
        if (Find(state, client) is not { } found)
        {
            return NoClient(client);
        }

        if (Array.Exists(found.Secrets, s => s.Id == secret.Id || s.Hash.AsSpan().SequenceEqual(secret.Hash)))
        {
            return null;
        }

        if (SpentKeys.Bar(state.SpentKeys, secret))
        {
            return SpentKeys.Refusal;
        }

        if (found.Secrets.Length >= MaxSecrets)
        {
            return Conflict($"A client has {MaxSecrets} secrets at the most, ended ones too: remove one first.");
        }

        next = With(state, found with { Secrets = [.. found.Secrets, secret] });
        return null;
    }

    public static bool RemoveSecret(DirectoryState state, string client, string secret, out DirectoryState? next)
    {
        next = Find(state, client) is { } found && Array.Exists(found.Secrets, s => s.Id == secret)
            ? With(state, found with { Secrets = Array.FindAll(found.Secrets, s => s.Id != secret) }) with { SpentKeys = SpentKeys.With(state.SpentKeys, found.Secrets, s => s.Id == secret) }
            : null;
        return next is not null;
    }

    /// <summary>Puts a federation in place of the one that is there. The same once more keeps its id, and with it the tokens that stand.</summary>
    public static GrainError? PutFederation(DirectoryState state, string client, ClientFederation federation, out DirectoryState? next)
    {
        next = null;
        if (Find(state, client) is not { } found)
        {
            return NoClient(client);
        }

        if (found.Federation is not { } standing || (standing with { Id = federation.Id, Created = federation.Created }) != federation)
        {
            next = With(state, found with { Federation = federation });
        }

        return null;
    }

    public static bool RemoveFederation(DirectoryState state, string client, out DirectoryState? next)
    {
        next = Find(state, client) is { Federation: not null } found ? With(state, found with { Federation = null }) : null;
        return next is not null;
    }

    private static AccessGrant Granted(StoredClient client, string source, DateTimeOffset expires) =>
        new() { Credential = new AccessCredential { Client = client.Id, Source = source, Expires = expires } };

    private static DirectoryState With(DirectoryState state, StoredClient client) =>
        state with { Clients = Array.ConvertAll(state.Clients, c => c.Id == client.Id ? client : c) };

    private static GrainError NoClient(string client) => GrainError.NotFound("Client", client);

    private static GrainError Conflict(string detail) => new() { Status = 409, Detail = detail };
}
