using Grains.Abstractions;

namespace Grains.Directories;

/// <summary>
/// The ids of revoked keys, and of removed clients and secrets, whose requests had an <c>Idempotency-Key</c>. Such a request, sent again, would derive the same secret: a key
/// that was revoked must not come back by it.
/// </summary>
internal static class SpentKeys
{
    /// <summary>How many are remembered; as many can be revoked before no more are made with an <c>Idempotency-Key</c>.</summary>
    public const int Most = 1000;

    /// <summary>Whether a key is not to be made: it was revoked, or nobody could say any more whether it was.</summary>
    public static bool Bar(string[] spent, StoredKey key) => Bar(spent, key.Id, key.Digest);

    /// <summary>The same of a client.</summary>
    public static bool Bar(string[] spent, StoredClient client) => Bar(spent, client.Id, client.Digest);

    /// <summary>The answer to a request that would bring one back.</summary>
    public static GrainError Refusal { get; } = new()
    {
        Status = 409,
        Detail = "What this Idempotency-Key made is gone, and is not made again. Use another Idempotency-Key for a new one.",
    };

    /// <summary>With a client that goes, and its secrets, as far as they could come back.</summary>
    public static string[] With(string[] spent, StoredClient client) =>
        [.. With(spent, client.Secrets, _ => true), .. client.Digest is null ? Array.Empty<string>() : [client.Id]];

    /// <summary>With the keys that go, as far as they could come back.</summary>
    public static string[] With(string[] spent, StoredKey[] keys, Predicate<StoredKey> goes) =>
        [.. spent, .. keys.Where(k => k.Digest is not null && goes(k)).Select(k => k.Id)];

    private static bool Bar(string[] spent, string id, string? digest) => digest is not null && (spent.Length >= Most || spent.Contains(id));
}
