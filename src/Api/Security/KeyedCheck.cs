using System.Security.Cryptography;
using System.Text;
using Api.Hosting;

namespace Api.Security;

/// <summary>
/// A keyed digest of what this platform made, by which it knows its own again. Each purpose has a key of its own, derived from the
/// platform's, so that what was made for one is never taken for another.
/// </summary>
/// <param name="platform">Whose key it is.</param>
/// <param name="purpose">What it is for.</param>
internal sealed class KeyedCheck(PlatformState platform, string purpose)
{
    private byte[]? key;

    /// <summary>The digest of a text, HMAC-SHA-256, 32 bytes.</summary>
    public byte[] Of(string text)
    {
        // Whoever derives it at the same time derives the same.
        key ??= HMACSHA256.HashData(
            platform.TokenCheckKey ?? throw new InvalidOperationException("The platform is not open."),
            Encoding.UTF8.GetBytes(purpose));
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
    }
}
