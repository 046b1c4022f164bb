using System.Buffers;
using Microsoft.Net.Http.Headers;
using Scim.Errors;

namespace Api.Scim;

/// <summary>Reads request bodies.</summary>
internal static class ScimBody
{
    /// <summary>The body of a request, or why it is not one that is understood (RFC 7644 §3.1).</summary>
    /// <exception cref="BadHttpRequestException">The body is larger than the limit.</exception>
    public static async Task<Result<byte[]>> Read(HttpRequest request)
    {
        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
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
