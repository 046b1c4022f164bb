using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Grains.Abstractions;

namespace Api.Security;

/// <summary>
/// Makes the ids and secrets of OAuth 2.0 clients and recognises them: <c>msc_&lt;directory&gt;_&lt;id&gt;</c> and <c>mss_&lt;secret&gt;</c>.
/// Each ends in a keyed check, a secret's over its client's id too: an invented id, and a secret that was not made for its client, are
/// refused without a question to any directory, so that they cannot tell whether it exists.
/// </summary>
internal sealed class ClientMint(PlatformState platform)
{
    private const string ClientPrefix = "msc_";
    private const string SecretPrefix = "mss_";
    private const int IdLength = 32;
    private const int IdCheckBytes = 6;
    private const int IdCheckLength = 2 * IdCheckBytes;
    private const int RandomBytes = 32;
    private const int SecretCheckBytes = 6;
    private const int SecretCheckLength = 8;
    private const int SecretLength = 4 + 43 + SecretCheckLength;

    private readonly KeyedCheck clientCheck = new(platform, "muster client id");
    private readonly KeyedCheck secretCheck = new(platform, "muster client secret");

    /// <summary>What a client sends as <c>client_id</c>.</summary>
    /// <param name="directory">The id of the directory.</param>
    /// <param name="client">The id of the client, a UUID.</param>
    public string ClientId(string directory, string client)
    {
        var text = $"{ClientPrefix}{directory}_{Guid.Parse(client):N}";
        return text + ClientCheck(text);
    }

    /// <summary>A new secret of a client.</summary>
    public MintedToken Secret(string clientId) => Secret(clientId, RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>A secret of a client with a random part that is given, 32 bytes.</summary>
    public MintedToken Secret(string clientId, ReadOnlySpan<byte> random)
    {
        var text = SecretPrefix + Base64Url.EncodeToString(random);
        var secret = text + SecretCheck(clientId, text);
        return new MintedToken(secret, HashOf(secret), secret[^4..]);
    }

    /// <summary>Whose id it is.</summary>
    /// <returns>False where this platform did not make it.</returns>
    public bool TryReadClientId(string clientId, out string directory, out string client)
    {
        (directory, client) = ("", "");
        var idAt = clientId.Length - IdLength - IdCheckLength;
        if (idAt <= ClientPrefix.Length || idAt - 1 - ClientPrefix.Length > GrainKeys.MaxPartLength || !clientId.StartsWith(ClientPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var text = clientId[..^IdCheckLength];
        var named = clientId[ClientPrefix.Length..(idAt - 1)];
        if (!Same(ClientCheck(text), clientId[^IdCheckLength..]) || clientId[idAt - 1] != '_' || !GrainKeys.IsPart(named) || !Guid.TryParseExact(text[idAt..], "N", out var id))
        {
            return false;
        }

        (directory, client) = (named, id.ToString());
        return true;
    }

    /// <summary>The hash of a secret, by which the directory knows it.</summary>
    /// <returns>False where this platform did not make it for that client.</returns>
    public bool TryReadSecret(string clientId, string secret, out byte[] hash)
    {
        var mine = secret.Length == SecretLength && Same(SecretCheck(clientId, secret[..^SecretCheckLength]), secret[^SecretCheckLength..]);
        hash = mine ? HashOf(secret) : [];
        return mine;
    }

    private string ClientCheck(string text) => Convert.ToHexStringLower(clientCheck.Of(text).AsSpan(0, IdCheckBytes));

    private string SecretCheck(string clientId, string text) => Base64Url.EncodeToString(secretCheck.Of($"{clientId}\n{text}").AsSpan(0, SecretCheckBytes));

    private static bool Same(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
