using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Grains.Abstractions;
using Grains.Abstractions.Directories;

namespace Api.Security;

/// <summary>
/// Access tokens (RFC 6749 §1.4): <c>mat_&lt;directory&gt;_&lt;content&gt;</c>. The content says for which client one was made, by which
/// of its secrets or federations, and until when, with a keyed digest over all of it: no token is kept anywhere, and an invented one
/// wakes no grain. The directory asks each time whether client and secret still stand.
/// </summary>
internal sealed class AccessTokens(PlatformState platform)
{
    private const string Prefix = "mat_";
    private const byte Version = 1;
    private const int IdBytes = 16;
    private const int NonceBytes = 8;
    private const int ContentBytes = 1 + IdBytes + IdBytes + sizeof(long) + NonceBytes;
    private const int ContentLength = 66;
    private const int DigestLength = 43;

    private readonly KeyedCheck check = new(platform, "muster access token");

    /// <summary>A new token.</summary>
    /// <param name="directory">The id of the directory.</param>
    /// <param name="credential">What it is to say; of the time, whole seconds.</param>
    public string Make(string directory, AccessCredential credential)
    {
        Span<byte> content = stackalloc byte[ContentBytes];
        content[0] = Version;
        Guid.Parse(credential.Client).TryWriteBytes(content[1..]);
        Guid.Parse(credential.Source).TryWriteBytes(content[(1 + IdBytes)..]);
        BinaryPrimitives.WriteInt64BigEndian(content[(1 + IdBytes + IdBytes)..], credential.Expires.ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(content[^NonceBytes..]);
        var text = $"{Prefix}{directory}_{Base64Url.EncodeToString(content)}";
        return text + Base64Url.EncodeToString(check.Of(text));
    }

    /// <summary>Reads a token.</summary>
    /// <returns>False where this platform did not make it.</returns>
    public bool TryRead(string token, out string directory, out AccessCredential? credential)
    {
        directory = "";
        credential = null;
        var contentAt = token.StartsWith(Prefix, StringComparison.Ordinal) ? token.IndexOf('_', Prefix.Length) + 1 : 0;
        if (contentAt == 0 || token.Length != contentAt + ContentLength + DigestLength || !GrainKeys.IsPart(token.AsSpan(Prefix.Length, contentAt - 1 - Prefix.Length)))
        {
            return false;
        }

        // The texts are compared, so that no other text passes for a token.
        var expected = Base64Url.EncodeToString(check.Of(token[..^DigestLength]));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(token[^DigestLength..])))
        {
            return false;
        }

        var content = Base64Url.DecodeFromChars(token.AsSpan(contentAt, ContentLength));
        if (content.Length != ContentBytes || content[0] != Version)
        {
            return false;
        }

        directory = token[Prefix.Length..(contentAt - 1)];
        credential = new AccessCredential
        {
            Client = new Guid(content.AsSpan(1, IdBytes)).ToString(),
            Source = new Guid(content.AsSpan(1 + IdBytes, IdBytes)).ToString(),
            Expires = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(content.AsSpan(1 + IdBytes + IdBytes))),
        };
        return true;
    }
}
