using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Api.Hosting;

namespace Api.Security;

/// <summary>
/// Makes tokens and recognises them: <c>mst_&lt;directory&gt;_&lt;secret&gt;</c> for a directory, <c>msl_&lt;directory&gt;_&lt;secret&gt;</c>
/// for a setup link of one, <c>msa_&lt;secret&gt;</c> for admins.
/// A secret is 256 random bits and a keyed check over all before it, so that an invented token wakes no grain.
/// </summary>
internal sealed class TokenMint(PlatformState platform)
{
    private const string DirectoryPrefix = "mst_";
    private const string SetupPrefix = "msl_";
    private const string AdminPrefix = "msa_";
    private const int RandomBytes = 32;
    private const int RandomLength = 43;
    private const int CheckBytes = 6;
    private const int CheckLength = 8;
    private const int SecretLength = RandomLength + CheckLength;
    private const int MaxTokenLength = 160;

    /// <summary>A new token for a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="random">Its random part, 32 bytes; null to have it drawn.</param>
    public MintedToken DirectoryKey(string directory, byte[]? random = null) => Mint($"{DirectoryPrefix}{directory}_", random);

    /// <summary>A new secret of a setup link.</summary>
    public MintedToken SetupLink(string directory) => Mint($"{SetupPrefix}{directory}_");

    /// <summary>A new admin token.</summary>
    /// <param name="random">Its random part, 32 bytes; null to have it drawn.</param>
    public MintedToken AdminKey(byte[]? random = null) => Mint(AdminPrefix, random);

    /// <summary>The directory and the hash of a directory's token.</summary>
    /// <returns>False where this platform did not make it.</returns>
    public bool TryReadDirectoryToken(string token, out string directory, out byte[] hash) =>
        TryReadOfDirectory(DirectoryPrefix, token, out directory, out hash);

    /// <summary>The directory and the hash of a setup link.</summary>
    /// <returns>False where this platform did not make it.</returns>
    public bool TryReadSetupLink(string token, out string directory, out byte[] hash) =>
        TryReadOfDirectory(SetupPrefix, token, out directory, out hash);

    /// <summary>The hash of an admin token.</summary>
    /// <returns>False where this platform did not make it.</returns>
    public bool TryReadAdminToken(string token, out byte[] hash)
    {
        var mine = token.StartsWith(AdminPrefix, StringComparison.Ordinal) && IsMine(token, AdminPrefix.Length);
        hash = mine ? HashOf(token.AsSpan(AdminPrefix.Length)) : [];
        return mine;
    }

    private bool TryReadOfDirectory(string prefix, string token, out string directory, out byte[] hash)
    {
        directory = "";
        hash = [];
        if (!token.StartsWith(prefix, StringComparison.Ordinal) || token.Length > MaxTokenLength)
        {
            return false;
        }

        var end = token.IndexOf('_', prefix.Length);
        if (end < 0 || !IsMine(token, end + 1))
        {
            return false;
        }

        directory = token[prefix.Length..end];
        hash = HashOf(token.AsSpan(end + 1));
        return Grains.Abstractions.GrainKeys.IsPart(directory);
    }

    private MintedToken Mint(string prefix, byte[]? secret = null)
    {
        var random = prefix + Base64Url.EncodeToString(secret ?? RandomNumberGenerator.GetBytes(RandomBytes));
        var token = random + Check(random);
        return new MintedToken(token, HashOf(token.AsSpan(prefix.Length)), token[^4..]);
    }

    private bool IsMine(string token, int secretAt)
    {
        if (token.Length != secretAt + SecretLength)
        {
            return false;
        }

        var split = token.Length - CheckLength;
        Span<byte> given = stackalloc byte[CheckLength];
        Span<byte> expected = stackalloc byte[CheckLength];
        return Encoding.ASCII.TryGetBytes(token.AsSpan(split), given, out _)
            && Encoding.ASCII.TryGetBytes(Check(token.AsSpan(0, split)), expected, out _)
            && CryptographicOperations.FixedTimeEquals(given, expected);
    }

    private string Check(ReadOnlySpan<char> text)
    {
        var key = platform.TokenCheckKey ?? throw new InvalidOperationException("The platform is not open.");
        Span<byte> bytes = stackalloc byte[MaxTokenLength * 3];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes[..Encoding.UTF8.GetBytes(text, bytes)], mac);
        return Base64Url.EncodeToString(mac[..CheckBytes]);
    }

    private static byte[] HashOf(ReadOnlySpan<char> secret)
    {
        Span<byte> bytes = stackalloc byte[MaxTokenLength * 3];
        return SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(secret, bytes)]);
    }
}
