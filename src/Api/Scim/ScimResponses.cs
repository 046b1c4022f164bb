using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Api.Requests;
using Grains.Abstractions;
using Grains.Abstractions.Resources;
using Grains.Queries;
using Scim.Errors;
using Scim.Projection;
using Scim.Resources;

namespace Api.Scim;

/// <summary>Writes SCIM answers.</summary>
internal static class ScimResponses
{
    /// <summary>The media type of SCIM (RFC 7644 §3.1).</summary>
    public const string MediaType = "application/scim+json";

    /// <summary>What is longer is copied in pieces by the server, which has no larger buffers at hand.</summary>
    private const int MaxWrittenDirectly = 32 << 10;

    /// <summary>Writes a fault (RFC 7644 §3.12).</summary>
    /// <param name="http">The HTTP exchange.</param>
    /// <param name="error">The fault.</param>
    /// <param name="retryAfterSeconds">Above 0: after how many seconds the client may try again.</param>
    public static Task WriteError(this HttpContext http, ScimError error, int retryAfterSeconds = 0)
    {
        if (retryAfterSeconds > 0)
        {
            http.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        http.Features.Get<SeenRequest>()?.Note(error.ScimType, error.Detail);
        return http.WriteScim(error.Status, ScimErrorWriter.ToUtf8(error));
    }

    /// <summary>Writes what a grain refused with.</summary>
    public static Task WriteError(this HttpContext http, GrainError error) =>
        http.WriteError(new ScimError(error.Status, error.ScimType, error.Detail), error.Status switch { 503 => 1, 429 => DirectoryQueries.RetrySeconds, _ => 0 });

    /// <summary>Writes a body.</summary>
    public static Task WriteScim(this HttpContext http, int status, ReadOnlyMemory<byte> body)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = body.Length;
        http.Features.Get<SeenRequest>()?.Answer(http, body);
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>Writes a document whose base URL is still to be filled in.</summary>
    public static Task WriteDocument(this ScimRequest request, byte[] document) => request.WriteMarked(StatusCodes.Status200OK, document);

    /// <summary>Writes a body whose base URL is still to be filled in: straight into what is sent.</summary>
    public static Task WriteMarked(this ScimRequest request, int status, ReadOnlyMemory<byte> document)
    {
        var response = request.Http.Response;
        var length = AddressMark.FilledLength(document.Span, request.BaseUrl);
        if (length > MaxWrittenDirectly)
        {
            var output = new ArrayBufferWriter<byte>(length);
            AddressMark.Fill(document.Span, request.BaseUrl, output);
            return request.Http.WriteScim(status, output.WrittenMemory);
        }

        response.StatusCode = status;
        response.ContentType = MediaType;
        response.ContentLength = length;
        request.Http.Features.Get<SeenRequest>()?.Answer(request.Http, document, request.BaseUrl);
        if (HttpMethods.IsHead(request.Http.Request.Method))
        {
            return Task.CompletedTask;
        }

        AddressMark.Fill(document.Span, request.BaseUrl, response.BodyWriter);
        return response.BodyWriter.Sent();
    }

    /// <summary>Sets the headers of an answer that is a resource.</summary>
    public static void SetResourceHeaders(this ScimRequest request, int status, ResourceReply reply, string endpoint, string id)
    {
        var headers = request.Http.Response.Headers;
        headers.ETag = ResourceRenderer.EntityTag(reply.Version);
        if (status == StatusCodes.Status201Created)
        {
            headers.Location = request.LocationOf(endpoint, id);
        }
    }

    /// <summary>Hands over what was written. No token is needed: where the client has gone, it is done at once.</summary>
    private static Task Sent(this PipeWriter writer)
    {
        var flushing = writer.FlushAsync(CancellationToken.None);
        if (!flushing.IsCompletedSuccessfully)
        {
            return flushing.AsTask();
        }

        flushing.GetAwaiter().GetResult();
        return Task.CompletedTask;
    }

    /// <summary>The address of a resource, in the form by which the request came.</summary>
    public static string LocationOf(this ScimRequest request, string endpoint, string id) =>
        $"{Encoding.UTF8.GetString(request.BaseUrl)}{endpoint}/{id}";

    /// <summary>A resource as the selection wants it, with the address filled in.</summary>
    public static ArrayBufferWriter<byte> Shown(this ScimRequest request, byte[] document, AttributeSelection selection)
    {
        var output = new ArrayBufferWriter<byte>(document.Length + 256);
        AddressMark.Fill(document, request.BaseUrl, output);
        return selection.IsDefault ? output : Projected(output.WrittenSpan, selection);
    }

    /// <summary>What a selection leaves of a resource.</summary>
    public static ArrayBufferWriter<byte> Projected(ReadOnlySpan<byte> resource, AttributeSelection selection)
    {
        var output = new ArrayBufferWriter<byte>(resource.Length);
        selection.Project(resource, output);
        return output;
    }
}
