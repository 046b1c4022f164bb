using System.Security.Cryptography;
using System.Text;
using Api.Admin.Problems;
using Api.Hosting;
using Api.Security;

namespace Api.Admin.Requests;

/// <summary>
/// A POST with an <c>Idempotency-Key</c>: what it makes has an id, and a secret, that follow from the request, so that a retry after a lost
/// answer meets what the first try made and is answered the same, with nothing kept that could be read back.
/// </summary>
/// <param name="Id">The id of what it makes, a UUID.</param>
/// <param name="Digest">The digest of the body, by which a retry is told from another request.</param>
/// <param name="Secret">The random part of the secret that it makes, if it makes one.</param>
internal sealed record IdempotentRequest(string Id, string Digest, byte[] Secret)
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 255;
    private const int IdBytes = 16;
    private const int SecretBytes = 32;

    /// <summary>Reads the header of a request.</summary>
    /// <param name="http">The request; its body has been read.</param>
    /// <param name="platform">What has the platform's key.</param>
    /// <param name="request">Null where there is no such header.</param>
    /// <returns>The fault of the header, or null.</returns>
    /// <remarks>
    /// All is derived from the caller's own admin key, which is stored nowhere, and from the platform's key, which never leaves it: neither
    /// the database alone nor the admin key alone gives a secret again. Another admin key's request is another request.
    /// </remarks>
    public static Fault? TryRead(HttpContext http, PlatformState platform, out IdempotentRequest? request)
    {
        request = null;
        var header = http.Request.Headers[Header];
        if (header.Count == 0)
        {
            return null;
        }

        var key = header.Count == 1 ? header[0]!.Trim('"') : "";
        if (key.Length is 0 or > MaxLength)
        {
            return new Fault($"must be given once, with 1 to {MaxLength} characters.", Header: Header);
        }

        var body = http.Features.Get<AdminBody>()?.Utf8 ?? [];
        var digest = Convert.ToBase64String(SHA256.HashData(body));
        var token = Encoding.UTF8.GetBytes(BearerToken.Of(http.Request)!);
        var place = $"{http.Request.Path.Value!.TrimEnd('/')}\n{key}\n";
        var id = Derive(IdBytes, "id");

        // Version 8 (RFC 9562 §5.8): the bits are ours.
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        request = new IdempotentRequest(new Guid(id, bigEndian: true).ToString(), digest, Derive(SecretBytes, digest));
        return null;

        byte[] Derive(int length, string what) =>
            HKDF.DeriveKey(HashAlgorithmName.SHA256, token, length, platform.TokenCheckKey, Encoding.UTF8.GetBytes($"idempotency\n{place}{what}"));
    }
}
