using System.Security.Cryptography;

namespace Grains.Directories;

/// <summary>Looks a credential up among stored keys, in constant time.</summary>
internal static class KeyRing
{
    /// <summary>The valid key of that hash, or null. Every key is compared, so that the time tells nothing.</summary>
    public static StoredKey? Find(StoredKey[] keys, ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        StoredKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash) && (key.Expires is null || key.Expires > now))
            {
                found = key;
            }
        }

        return found;
    }
}
