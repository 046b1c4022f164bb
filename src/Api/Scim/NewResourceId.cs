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
        if (!Key(request).TryGet(out var given, out var error))
        {
            return error;
        }

        return given.Key is { } key ? Derive(request, endpoint, key, body) : Draw(time);
    }

    /// <summary>The <c>Idempotency-Key</c> of a request.</summary>
    public static Result<GivenKey> Key(ScimRequest request)
    {
        var header = request.Http.Request.Headers["Idempotency-Key"];
        return header.Count == 0 ? new GivenKey(null)
            : header.Count == 1 && header[0] is { Length: > 0 and <= MaxKeyLength } key ? new GivenKey(key)
            : ScimError.InvalidValue($"Idempotency-Key must be given once, with 1 to {MaxKeyLength} characters.");
    }

    /// <summary>A new UUIDv7.</summary>
    public static NewResourceId Draw(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()).ToString(), Digest: null);

    /// <summary>What the header names; of a bulk request, each of whose operations is known by a name besides.</summary>
    public static NewResourceId Derive(ScimRequest request, string endpoint, string key, byte[] body)
    {
        var hash = HMACSHA256.HashData(request.Directory.HashKey, Encoding.UTF8.GetBytes($"idempotency {endpoint} {key}"));

        // Version 8 (RFC 9562 §5.8): the bits are ours.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new NewResourceId(new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString(), Convert.ToBase64String(SHA256.HashData(body)));
    }

    /// <summary>An <c>Idempotency-Key</c>, or null where none was sent.</summary>
    internal readonly record struct GivenKey(string? Key);
}
