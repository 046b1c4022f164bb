using Grains.Abstractions;

namespace Grains.Directories;

/// <summary>
/// The rotation of a directory's key: started, there is a successor beside it; completed, the key is gone; cancelled, its successor is. It
/// is under way for as long as both stand. Each method leaves in <c>next</c> what is to stand, or null where nothing changes.
/// </summary>
internal static class KeyRotation
{
    /// <summary>Whether a key is the successor in a rotation that is under way.</summary>
    public static bool IsUnderWay(StoredKey[] keys, StoredKey successor) =>
        successor.Replaces is { } old && Array.Exists(keys, k => k.Id == old);

    public static GrainError? Start(StoredKey[] keys, string key, StoredKey successor, out StoredKey[]? next)
    {
        next = null;
        var standing = Array.Find(keys, k => k.Replaces == key);
        if (standing is not null && standing.Hash.AsSpan().SequenceEqual(successor.Hash))
        {
            // Asked again: it is begun, and may be done.
            return null;
        }

        if (Array.Find(keys, k => k.Id == key) is not { } old)
        {
            return GrainError.NotFound("Key", key);
        }

        if (standing is not null)
        {
            return Conflict("The key's rotation is under way: complete or cancel it first.");
        }

        if (IsUnderWay(keys, old))
        {
            return Conflict("The key is itself the successor in a rotation that is under way: complete or cancel that first.");
        }

        next = [.. keys, successor with { Replaces = key }];
        return null;
    }

    /// <param name="keys">The keys as they stand.</param>
    /// <param name="key">The key to rotate out.</param>
    /// <param name="successor">The one in its place; also where that was done before.</param>
    /// <param name="next">What is to stand.</param>
    public static GrainError? Complete(StoredKey[] keys, string key, out StoredKey? successor, out StoredKey[]? next)
    {
        successor = Array.Find(keys, k => k.Replaces == key);
        var stands = Array.Exists(keys, k => k.Id == key);
        next = successor is not null && stands ? Array.FindAll(keys, k => k.Id != key) : null;
        return successor is not null ? null
            : stands ? Conflict("The key has no rotation under way.")
            : GrainError.NotFound("Key", key);
    }

    public static bool Cancel(StoredKey[] keys, string key, out StoredKey[]? next)
    {
        next = Array.Exists(keys, k => k.Id == key) && Array.Exists(keys, k => k.Replaces == key)
            ? Array.FindAll(keys, k => k.Replaces != key)
            : null;
        return next is not null;
    }

    private static GrainError Conflict(string detail) => new() { Status = 409, Detail = detail };
}
