using System.Security.Cryptography;
using Grains.Abstractions;
using Grains.Abstractions.Directories;

namespace Grains.Directories;

/// <summary>How the setup links of a directory change. Each method leaves in <c>next</c> what is to stand, or null where nothing changes.</summary>
internal static class SetupLinkRules
{
    /// <summary>The most links of a directory that can still be used: each is a door that somebody may leave open.</summary>
    public const int MaxOpen = 5;

    /// <summary>The most links that are remembered, ended ones too; of those, the oldest go first.</summary>
    public const int MaxKept = 20;

    /// <summary>
    /// For how long the same use sent again is answered the same: somebody whose browser lost the answer reloads the page within minutes.
    /// </summary>
    public static readonly TimeSpan RepeatedFor = TimeSpan.FromMinutes(10);

    /// <summary>The link of that hash, or null. Every link is compared, so that the time tells nothing.</summary>
    public static StoredSetupLink? Find(DirectoryState state, ReadOnlySpan<byte> hash)
    {
        StoredSetupLink? found = null;
        foreach (var link in state.SetupLinks)
        {
            if (CryptographicOperations.FixedTimeEquals(link.Hash, hash))
            {
                found = link;
            }
        }

        return found;
    }

    public static GrainError? Add(DirectoryState state, StoredSetupLink link, DateTimeOffset now, out DirectoryState? next)
    {
        next = null;
        if (Find(state, link.Hash) is not null)
        {
            return null;
        }

        if (state.SetupLinks.Count(l => IsOpen(l, now)) >= MaxOpen)
        {
            return Conflict($"A directory has {MaxOpen} setup links at the most that can still be used: withdraw one first.");
        }

        var over = state.SetupLinks.Length + 1 - MaxKept;
        var gone = state.SetupLinks.Where(l => !IsOpen(l, now)).Take(over).ToHashSet();
        next = state with { SetupLinks = [.. state.SetupLinks.Where(l => !gone.Contains(l)), link] };
        return null;
    }

    public static GrainError? Withdraw(DirectoryState state, string id, DateTimeOffset now, out DirectoryState? next)
    {
        next = null;
        if (Array.Find(state.SetupLinks, l => l.Id == id) is not { } link)
        {
            return GrainError.NotFound("Setup link", id);
        }

        if (link.Used is not null)
        {
            return Conflict("The setup link was used: remove the key or the client that was made by it.");
        }

        next = link.Withdrawn is null ? With(state, link with { Withdrawn = now }) : null;
        return null;
    }

    /// <summary>Opens a link.</summary>
    /// <returns>Null where it does not open.</returns>
    public static StoredSetupLink? Open(DirectoryState state, ReadOnlySpan<byte> hash, DateTimeOffset now, out DirectoryState? next)
    {
        next = null;
        if (Find(state, hash) is not { } link || !IsOpen(link, now))
        {
            return null;
        }

        if (link.Opened is null)
        {
            next = With(state, link with { Opened = now });
        }

        return link;
    }

    /// <summary>Uses a link.</summary>
    /// <param name="state">The directory.</param>
    /// <param name="request">What is to be made; where the link has a label, it is called so.</param>
    /// <param name="secret">The key, or the client's secret, as it is to be stored; null for a federation.</param>
    /// <param name="federation">The federation as it is to be stored; null for the other two.</param>
    /// <param name="now">The time.</param>
    /// <param name="error">Why nothing was made though the link is good.</param>
    /// <param name="next">What is to stand.</param>
    /// <returns>The link as it stands then; null where it does not open.</returns>
    public static StoredSetupLink? Use(
        DirectoryState state,
        UseSetupLink request,
        StoredKey? secret,
        ClientFederation? federation,
        DateTimeOffset now,
        out GrainError? error,
        out DirectoryState? next)
    {
        (error, next) = (null, null);
        if (Find(state, request.Hash) is not { } link)
        {
            return null;
        }

        if (link.Used is { } used)
        {
            return used + RepeatedFor > now && CryptographicOperations.FixedTimeEquals(link.Submission, request.Submission) && MadeStands(state, link) ? link : null;
        }

        if (!IsOpen(link, now) || !link.Ways.Contains(request.Way))
        {
            return null;
        }

        var made = state;
        if (request.Client is { } client)
        {
            error = ClientRules.Add(state, client with { Name = link.Label ?? client.Name }, now, out var withClient);
            if (error is not null)
            {
                return link;
            }

            made = (withClient ?? state) with
            {
                Clients = Array.ConvertAll(
                    (withClient ?? state).Clients,
                    c => c.Id == client.Id ? c with { Secrets = secret is null ? [] : [secret], Federation = federation } : c),
            };
        }
        else
        {
            made = state with { Keys = [.. state.Keys, secret! with { Name = link.Label ?? secret.Name }] };
        }

        var ended = link with
        {
            Opened = link.Opened ?? now,
            Used = now,
            Way = request.Way,
            Made = request.Client?.Id ?? secret!.Id,
            Submission = request.Submission,
        };
        next = With(made, ended);
        return ended;
    }

    /// <summary>When the secret ends that a link made; null for never, and where it made none.</summary>
    public static DateTimeOffset? Expires(DirectoryState state, StoredSetupLink link) => link.Way switch
    {
        SetupWay.Key => Array.Find(state.Keys, k => k.Id == link.Made)?.Expires,
        SetupWay.Client => ClientRules.Find(state, link.Made!)?.Secrets.FirstOrDefault()?.Expires,
        _ => null,
    };

    private static bool IsOpen(StoredSetupLink link, DateTimeOffset now) => link.Used is null && link.Withdrawn is null && link.Expires > now;

    private static bool MadeStands(DirectoryState state, StoredSetupLink link) => link.Way == SetupWay.Key
        ? Array.Exists(state.Keys, k => k.Id == link.Made)
        : ClientRules.Find(state, link.Made!) is not null;

    private static DirectoryState With(DirectoryState state, StoredSetupLink link) =>
        state with { SetupLinks = Array.ConvertAll(state.SetupLinks, l => l.Id == link.Id ? link : l) };

    private static GrainError Conflict(string detail) => new() { Status = 409, Detail = detail };
}
