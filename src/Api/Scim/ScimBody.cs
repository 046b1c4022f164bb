using System.Buffers;
using Api.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using Scim.Errors;

namespace Api.Scim;

/// <summary>Reads request bodies.</summary>
internal static class ScimBody
{
    /// <summary>Bodies up to this size are within any limit that makes sense, and are not looked at closer.</summary>
    private const int LargeBody = 32 << 10;

    /// <summary>How many times the limit a body may have that is read to its end before it is refused.</summary>
    private const int MostThrownAway = 8;

    /// <summary>The body of a request, or why it is not one that is understood (RFC 7644 §3.1).</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than the limit.</exception>
    public static async Task<Result<byte[]>> Read(HttpRequest request)
    {
        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        if (request.ContentLength > LargeBody && await TooLarge(request) is { } tooLarge)
        {
            return tooLarge;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                request.HttpContext.Features.Get<SeenRequest>()?.Note(body);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>
    /// A body that is somewhat too large is read and thrown away before it is refused: a client that is still sending would see a broken
    /// connection instead of the answer.
    /// </summary>
    private static async Task<ScimError?> TooLarge(HttpRequest request)
    {
        var size = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (size is not { IsReadOnly: false, MaxRequestBodySize: { } limit } || request.ContentLength <= limit || request.ContentLength > limit * MostThrownAway)
        {
            return null;
        }

        size.MaxRequestBodySize = null;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return ScimError.Plain(413, $"The request body is larger than {limit} bytes.");
            }
        }
    }

    private static ScimError? Refusal(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return ScimError.Plain(415, "A Content-Encoding is not understood; send the body as it is.");
        }

        if (string.IsNullOrEmpty(request.ContentType))
        {
            return null;
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals(ScimResponses.MediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)))
        {
            return ScimError.Plain(415, $"The body must be {ScimResponses.MediaType} or application/json.");
        }

        return type.Charset.HasValue && !type.Charset.Value.AsSpan().Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? ScimError.Plain(415, "The body must be UTF-8.")
            : null;
    }
}
