using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Api.Admin.Problems;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Api.Admin;

/// <summary>Conditional requests of the admin API (RFC 9110 §13): a representation's tag is a digest of it.</summary>
internal sealed class EntityTags(IOptions<JsonOptions> json)
{
    private const int TagBytes = 15;

    /// <summary>The tag of a representation.</summary>
    public string Of<T>(T shown) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shown, json.Value.SerializerOptions)).AsSpan(0, TagBytes))}\"";

    /// <summary>Answers a GET: the representation with its tag, or 304 where the client has it.</summary>
    public IResult Answer<T>(HttpContext http, T shown)
    {
        var tag = Of(shown);
        http.Response.Headers.ETag = tag;
        return TryRead(http.Request.Headers.IfNoneMatch, out var tags) && tags is not null && Names(tags, tag, weak: true)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(shown);
    }

    /// <summary>Why a change is not to be made of a representation: another is expected (412), or the header is none (400). Null where it is.</summary>
    public IResult? Refusal<T>(HttpContext http, T shown) => Refusal(http, Of(shown));

    /// <summary>The same of a representation whose tag is told; null where there is none.</summary>
    public static IResult? Refusal(HttpContext http, string? tag) =>
        !TryRead(http.Request.Headers.IfMatch, out var tags) ? Faults.Problem(new Fault("is not a list of entity tags.", Header: "If-Match"))
        : tags is null || (tag is not null && Names(tags, tag, weak: false)) ? null
        : TypedResults.Problem(
            "It is another than If-Match expects: read it again.",
            statusCode: StatusCodes.Status412PreconditionFailed,
            type: ProblemTypes.PreconditionFailed);

    /// <summary>Why a request that is to make something new, and to change nothing, is not done: <c>If-None-Match: *</c>, where it is there.</summary>
    public static IResult? RefusalOfNew(HttpContext http, bool isThere) =>
        isThere && http.Request.Headers.IfNoneMatch is ["*"]
            ? TypedResults.Problem("It is there already.", statusCode: StatusCodes.Status412PreconditionFailed, type: ProblemTypes.PreconditionFailed)
            : null;

    private static bool Names(IList<EntityTagHeaderValue> tags, string tag, bool weak) =>
        tags.Any(t => t.Tag == "*" || (t.Tag == tag && (weak || !t.IsWeak)));

    private static bool TryRead(Microsoft.Extensions.Primitives.StringValues header, out IList<EntityTagHeaderValue>? tags)
    {
        tags = null;
        if (header.Count == 0)
        {
            return true;
        }

        try
        {
            return EntityTagHeaderValue.TryParseStrictList(header.ToArray()!, out tags!) && tags.Count > 0;
        }
        catch (ArgumentOutOfRangeException)
        {
            // Of a list that ends within a tag (W/ and nothing after it), ASP.NET's parser reads on.
            return false;
        }
    }
}
