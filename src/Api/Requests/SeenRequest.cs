using System.Net;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;

namespace Api.Requests;

/// <summary>
/// What is noted of a SCIM request while it is under way. Nothing is parsed, copied or masked here: that is done behind the request. It
/// holds no header that carries a secret.
/// </summary>
internal sealed class SeenRequest
{
    /// <summary>The largest body that is kept, in bytes; of a larger one the log has the length alone.</summary>
    public const int MaxBodyBytes = 32 << 10;

    /// <summary>The log that it is for.</summary>
    public RequestLog? Log { get; init; }

    /// <summary>It is in the queue: nothing changes it any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>When it came, in Unix milliseconds.</summary>
    public long At { get; init; }

    /// <summary>The clock's time stamp at its arrival.</summary>
    public long Started { get; init; }

    public string Method { get; init; } = "";

    public string Path { get; init; } = "";

    public string Query { get; init; } = "";

    /// <summary>The directory whose log it belongs in, or null where it names none.</summary>
    public string? DirectoryId { get; set; }

    /// <summary>The directory as the request was let in to it; null where it was not.</summary>
    public DirectoryContext? Directory { get; set; }

    public string? CredentialId { get; set; }

    public string? CredentialLastFour { get; set; }

    /// <summary>Which bodies are kept.</summary>
    public RequestBodies Bodies { get; set; }

    public byte[]? RequestBody { get; private set; }

    public bool RequestBodyCut { get; private set; }

    public ReadOnlyMemory<byte> ResponseBody { get; private set; }

    public bool ResponseBodyCut { get; private set; }

    /// <summary>What stands for marks of the base URL in <see cref="ResponseBody"/>; null where it has none.</summary>
    public byte[]? BaseUrl { get; private set; }

    public string? ScimType { get; private set; }

    public string? Detail { get; private set; }

    public int Status { get; set; }

    public TimeSpan Duration { get; set; }

    public IPAddress? Address { get; set; }

    public string? UserAgent { get; set; }

    public string? CorrelationId { get; set; }

    public string? Location { get; set; }

    public long? RequestBytes { get; set; }

    public long? ResponseBytes { get; set; }

    /// <summary>Users and groups that a bulk request made.</summary>
    public (int Users, int Groups) Made { get; set; }

    /// <summary>How many bytes of bodies it holds on to.</summary>
    public int HeldBytes => (RequestBody?.Length ?? 0) + ResponseBody.Length;

    /// <summary>The body of the request has been read.</summary>
    public void Note(byte[] body)
    {
        RequestBytes = body.Length;
        if (Bodies == RequestBodies.None || body.Length == 0)
        {
            return;
        }

        RequestBodyCut = body.Length > MaxBodyBytes;
        RequestBody = RequestBodyCut ? null : body;
    }

    /// <summary>A fault is about to be answered.</summary>
    public void Note(string? scimType, string detail) => (ScimType, Detail) = (scimType, detail);

    /// <summary>
    /// A body is about to be answered. What holds it must not be used again. The request is over for the log, so that whoever has the answer
    /// finds it there.
    /// </summary>
    public void Answer(HttpContext http, ReadOnlyMemory<byte> body, byte[]? baseUrl = null)
    {
        if (!IsOver)
        {
            Keep(http.Response.StatusCode, body, baseUrl);
            Log?.End(http);
        }
    }

    /// <summary>Lets go of the bodies, where there is no room for them.</summary>
    public void DropBodies()
    {
        RequestBodyCut |= RequestBody is not null;
        ResponseBodyCut |= ResponseBody.Length > 0;
        (RequestBody, ResponseBody, BaseUrl) = (null, default, null);
    }

    private void Keep(int status, ReadOnlyMemory<byte> body, byte[]? baseUrl)
    {
        if (Bodies != RequestBodies.All && (Bodies == RequestBodies.None || status < StatusCodes.Status400BadRequest))
        {
            return;
        }

        ResponseBodyCut = body.Length > MaxBodyBytes;
        (ResponseBody, BaseUrl) = ResponseBodyCut ? (default, null) : (body, baseUrl);
    }
}
