using System.Security.Cryptography;
using System.Text;
using Scim.Errors;

namespace Api.Scim;

/// <summary>Chooses the id of a resource to be made.</summary>
/// <param name="Id">The id.</param>
/// <param name="Digest">With an <c>Idempotency-Key</c>: the digest of the body, by which a retry is told from another request.</param>
internal readonly record struct NewResourceId(string Id, string? Digest)
{
    private const int MaxKeyLength = 255;

    /// <summary>A new UUIDv7; with an <c>Idempotency-Key</c>, an id derived from directory and key, so that a retry meets its first try.</summary>
    public static Result<NewResourceId> Of(ScimRequest request, string endpoint, byte[] body, TimeProvider time)
    {
        var header = request.Http.Request.Headers["Idempotency-Key"];
        if (header.Count == 0)
        {
            return new NewResourceId(Guid.CreateVersion7(time.GetUtcNow()).ToString(), Digest: null);
        }

        if (header.Count > 1 || header[0] is not { Length: > 0 and <= MaxKeyLength } key)
        {
            return ScimError.InvalidValue($"Idempotency-Key must be given once, with 1 to {MaxKeyLength} characters.");
        }

        var hash = HMACSHA256.HashData(request.Directory.HashKey, Encoding.UTF8.GetBytes($"idempotency {endpoint} {key}"));

        // Version 8 (RFC 9562 §5.8): the bits are ours.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new NewResourceId(new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString(), Convert.ToBase64String(SHA256.HashData(body)));
    }
}
