using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Storage;

namespace Grains.Directories;

/// <summary>The directory's OAuth 2.0 clients, the rotation of its keys, and when each was last used.</summary>
internal sealed partial class DirectoryGrain : IDirectoryClientsGrain
{
    /// <summary>For how long a use may be known to memory alone: it is not worth a write of its own, and a process that ends in order writes it.</summary>
    public static readonly TimeSpan UsesWrittenAfter = TimeSpan.FromMinutes(5);

    private IGrainTimer? usesTimer;
    private bool usesUnwritten;

    private delegate T Decision<T>(DirectoryState current, out DirectoryState? next);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        usesUnwritten && !row.Poisoned ? WriteUses() : Task.CompletedTask;

    public ValueTask<AuthorizeReply> AuthorizeAccess(AccessCredential credential) =>
        row.Poisoned ? throw new StorageUnavailableException()
        : time.GetElapsedTime(readAt) > MaxAge ? AuthorizeAccessFresh(credential)
        : new(Check(credential));

    public async ValueTask<AccessGrant> GrantBySecret(string client, byte[] hash)
    {
        await BeFresh();
        return Used(Serves ? ClientRules.GrantBySecret(row.Current, client, hash, time.GetUtcNow()) : AccessGrant.Refused);
    }

    public async ValueTask<ClientFederation?> FederationOf(string client)
    {
        await BeFresh();
        return Serves ? ClientRules.Find(row.Current, client)?.Federation : null;
    }

    public async Task<AccessGrant> GrantByAssertion(string client, SeenAssertion assertion)
    {
        var (grant, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => ClientRules.GrantByAssertion(current, client, assertion, time.GetUtcNow(), out next),
            AccessGrant.Refused);
        return Used(grant);
    }

    public async Task<ClientReply> AddClient(CreateClient request)
    {
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => ClientRules.Add(current, request, time.GetUtcNow(), out next),
            NoDirectory);
        return Reply(error, request.Id);
    }

    public ValueTask<DirectoryClient[]?> Clients() => new(Serves ? Array.ConvertAll(row.Serving.Clients, Shown) : null);

    public async Task<bool> RemoveClient(string client) =>
        (await Decide((DirectoryState current, out DirectoryState? next) => ClientRules.Remove(current, client, out next), otherwise: false)).Written;

    public async Task<ClientReply> AddSecret(string client, IssueKey secret)
    {
        var stored = Stored(secret);
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => ClientRules.AddSecret(current, client, stored, out next),
            NoDirectory);
        return Reply(error, client);
    }

    public async Task<bool> RemoveSecret(string client, string secret) =>
        (await Decide((DirectoryState current, out DirectoryState? next) => ClientRules.RemoveSecret(current, client, secret, out next), otherwise: false)).Written;

    public async Task<ClientReply> PutFederation(string client, ClientFederation federation)
    {
        var stored = federation with { Id = NewId(), Created = time.GetUtcNow(), LastUsed = null };
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) => ClientRules.PutFederation(current, client, stored, out next),
            NoDirectory);
        return Reply(error, client);
    }

    public async Task<bool> RemoveFederation(string client) =>
        (await Decide((DirectoryState current, out DirectoryState? next) => ClientRules.RemoveFederation(current, client, out next), otherwise: false)).Written;

    public async Task<KeyReply> StartRotation(string key, IssueKey successor)
    {
        var stored = Stored(successor);
        var spent = false;
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) =>
            {
                var refusal = KeyRotation.Start(current.Keys, key, stored, out var keys);
                spent = keys is not null && SpentKeys.Bar(current.SpentKeys, stored);
                next = keys is null || spent ? null : current with { Keys = keys };
                return spent ? SpentKeys.Refusal : refusal;
            },
            NoDirectory);
        return error is not null
            ? new KeyReply { Error = error, Spent = spent }
            : new KeyReply { Key = Shown(Array.Find(row.Current.Keys, k => k.Replaces == key) ?? throw new StorageUnavailableException()) };
    }

    public async Task<KeyReply> CompleteRotation(string key)
    {
        StoredKey? successor = null;
        var (error, _) = await Decide(
            (DirectoryState current, out DirectoryState? next) =>
            {
                var refusal = KeyRotation.Complete(current.Keys, key, out successor, out var keys);
                next = keys is null ? null : WithKeys(current, keys);
                return refusal;
            },
            NoDirectory);
        return error is not null ? new KeyReply { Error = error } : new KeyReply { Key = Shown(successor!) };
    }

    public async Task<bool> CancelRotation(string key) => (await Decide(
        (DirectoryState current, out DirectoryState? next) =>
        {
            var cancelled = KeyRotation.Cancel(current.Keys, key, out var keys);
            next = keys is null ? null : WithKeys(current, keys);
            return cancelled;
        },
        otherwise: false)).Written;

    private GrainError? NoDirectory => GrainError.NotFound("Directory", id);

    private string NewId() => Guid.CreateVersion7(time.GetUtcNow()).ToString();

    /// <summary>Changes the row by a decision, which is made again where another's write came between.</summary>
    /// <returns>What was decided last, and whether something was written for it.</returns>
    private async Task<(T Reply, bool Written)> Decide<T>(Decision<T> decide, T otherwise)
    {
        var reply = otherwise;
        var outcome = await row.Change(current =>
        {
            if (!Serves)
            {
                reply = otherwise;
                return null;
            }

            reply = decide(current, out var next);
            return next;
        });
        return (reply, outcome == WriteOutcome.Written);
    }

    private async ValueTask BeFresh()
    {
        _ = row.Serving;
        if (time.GetElapsedTime(readAt) > MaxAge)
        {
            await Refreshed();
        }
    }

    private async ValueTask<AuthorizeReply> AuthorizeAccessFresh(AccessCredential credential)
    {
        await Refreshed();
        return Check(credential);
    }

    private AuthorizeReply Check(AccessCredential credential)
    {
        var now = time.GetUtcNow();
        return Serves && ClientRules.Stands(row.Current, credential, now) ? LetIn(credential.Source, now) : AuthorizeReply.Refused;
    }

    private AccessGrant Used(AccessGrant grant)
    {
        if (grant.Credential is { } credential)
        {
            NoteUse(credential.Source, time.GetUtcNow());
        }

        return grant;
    }

    /// <summary>Remembers a use, which is written some time later.</summary>
    private void NoteUse(string source, DateTimeOffset now)
    {
        lastUsed[source] = now;
        if (usesUnwritten)
        {
            return;
        }

        usesUnwritten = true;
        usesTimer ??= this.RegisterGrainTimer(_ => WriteUses(), new GrainTimerCreationOptions
        {
            DueTime = Timeout.InfiniteTimeSpan,
            Period = Timeout.InfiniteTimeSpan,
            Interleave = true,
        });
        usesTimer.Change(UsesWrittenAfter, Timeout.InfiniteTimeSpan);
    }

    private async Task WriteUses()
    {
        usesUnwritten = false;
        if (!row.Poisoned)
        {
            await row.Update(current => Serves ? current with { LastUses = Uses(current) } : null);
        }
    }

    /// <summary>The last use of each credential that stands: as written, or later.</summary>
    private LastUse[] Uses(DirectoryState state)
    {
        var ids = state.Keys.Select(k => k.Id).Concat(state.Clients.SelectMany(c => c.Secrets.Select(s => s.Id).Append(c.Federation?.Id ?? "")));
        return [.. ids.Select(i => (Id: i, At: LastUseOf(i, state))).Where(u => u.At is not null).Select(u => new LastUse { Id = u.Id, At = u.At!.Value })];
    }

    private DateTimeOffset? LastUseOf(string source, DirectoryState state)
    {
        var written = Array.Find(state.LastUses, u => u.Id == source)?.At;
        return lastUsed.TryGetValue(source, out var seen) && !(written > seen) ? seen : written;
    }

    private StoredKey Stored(IssueKey key) => new()
    {
        Id = key.Id ?? NewId(),
        Digest = key.Digest,
        Name = key.Name,
        Hash = key.Hash,
        LastFour = key.LastFour,
        Created = time.GetUtcNow(),
        Expires = key.Expires,
    };

    private ClientReply Reply(GrainError? error, string client) =>
        error is not null ? new ClientReply { Error = error, Spent = ReferenceEquals(error, SpentKeys.Refusal) }
        : ClientRules.Find(row.Current, client) is { } stands ? new ClientReply { Client = Shown(stands) }
        : new ClientReply { Error = GrainError.NotFound("Client", client) };

    private DirectoryClient Shown(StoredClient client) => new()
    {
        Id = client.Id,
        Name = client.Name,
        Created = client.Created,
        TokenSeconds = client.TokenSeconds,
        Secrets = Array.ConvertAll(client.Secrets, Shown),
        Federation = client.Federation is { } federation ? federation with { LastUsed = LastUseOf(federation.Id, row.Current) } : null,
        Digest = client.Digest,
    };
}
