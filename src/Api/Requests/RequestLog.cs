using Api.Hosting;
using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;
using Microsoft.Extensions.Primitives;

namespace Api.Requests;

/// <summary>Notes what SCIM requests bring and get. It only takes hold of what is there: all work is done behind the request.</summary>
internal sealed class RequestLog(RequestQueue queue, TryBudget budget, MusterSettings settings, TimeProvider time)
{
    /// <summary>Headers by which clients and proxies name a request, in the order in which they are looked for.</summary>
    private static readonly string[] CorrelationHeaders = ["X-Correlation-ID", "X-Request-ID", "x-ms-client-request-id", "client-request-id", "x-ms-correlation-id", "traceparent"];

    /// <summary>A request begins.</summary>
    public void Begin(HttpContext http)
    {
        if (settings.RequestLog)
        {
            var request = http.Request;
            http.Features.Set(new SeenRequest
            {
                Log = this,
                At = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Started = time.GetTimestamp(),
                Method = request.Method,
                Path = request.PathBase.HasValue ? request.PathBase.Value + request.Path.Value : request.Path.Value ?? "",
                Query = request.QueryString.Value ?? "",
            });
        }
    }

    /// <summary>A request was let in to a directory.</summary>
    public void LetIn(HttpContext http, DirectoryContext directory, string? credential)
    {
        if (http.Features.Get<SeenRequest>() is { } seen)
        {
            (seen.DirectoryId, seen.Directory, seen.CredentialId) = (directory.Id, directory, credential);
            seen.Bodies = directory.RequestLog is { } own ? (own.On == false ? RequestBodies.None : own.Bodies ?? settings.RequestBodies) : settings.RequestBodies;
        }
    }

    /// <summary>A request was not let in. It belongs in the log of the directory that its address names, or else its token.</summary>
    /// <param name="http">The HTTP exchange.</param>
    /// <param name="token">Its token, where this platform made it.</param>
    /// <param name="named">The directory that its address names.</param>
    public void Refused(HttpContext http, DirectoryToken? token, string? named)
    {
        if (http.Features.Get<SeenRequest>() is not { } seen)
        {
            return;
        }

        var isProven = token is not null && (named is null || named == token.Directory);
        var directory = named ?? token?.Directory ?? Claimed(http.Request);
        if (directory is not null && GrainKeys.IsPart(directory) && budget.Take(directory, isProven))
        {
            seen.DirectoryId = directory;
            seen.CredentialLastFour = isProven ? BearerToken.Of(http.Request)?[^4..] : null;
        }
    }

    /// <summary>A request for an access token is refused. Its form holds secrets, and is not kept.</summary>
    /// <param name="http">The HTTP exchange.</param>
    /// <param name="directory">The directory of the client.</param>
    /// <param name="secret">Its secret, where this platform made it for that client; null where it proved nothing.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="why">What the client is not told, but its admin.</param>
    public void TokenRefused(HttpContext http, string directory, string? secret, int status, string why)
    {
        if (!settings.RequestLog || !budget.Take(directory, isProven: secret is not null))
        {
            return;
        }

        var request = http.Request;
        var seen = new SeenRequest
        {
            At = time.GetUtcNow().ToUnixTimeMilliseconds(),
            Method = request.Method,
            Path = request.Path.Value ?? "",
            DirectoryId = directory,
            CredentialLastFour = secret?[^4..],
            Status = status,
            Address = http.Connection.RemoteIpAddress,
            UserAgent = First(request.Headers.UserAgent),
            CorrelationId = Correlation(request.Headers),
            RequestBytes = request.ContentLength,
        };
        seen.Note(scimType: null, why);
        queue.Put(seen);
    }

    /// <summary>A request is answered, or has ended without an answer. What comes first counts.</summary>
    public void End(HttpContext http)
    {
        if (http.Features.Get<SeenRequest>() is not { DirectoryId: not null, IsOver: false } seen)
        {
            return;
        }

        seen.IsOver = true;
        var (request, response) = (http.Request, http.Response);
        seen.Status = http.RequestAborted.IsCancellationRequested && !response.HasStarted ? 0 : response.StatusCode;
        seen.Duration = time.GetElapsedTime(seen.Started);
        seen.Address = http.Connection.RemoteIpAddress;
        seen.UserAgent = First(request.Headers.UserAgent);
        seen.CorrelationId = Correlation(request.Headers);
        seen.Location = First(response.Headers.Location);
        seen.RequestBytes ??= request.ContentLength;
        seen.ResponseBytes = response.ContentLength;
        queue.Put(seen);
    }

    private static string? Correlation(IHeaderDictionary headers)
    {
        foreach (var name in CorrelationHeaders)
        {
            if (headers.TryGetValue(name, out var values) && First(values) is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    private static string? First(StringValues values) => values.Count > 0 ? values[0] : null;

    /// <summary>The directory that a token names which this platform did not make so: one that was cut or mistyped, say.</summary>
    private static string? Claimed(HttpRequest request)
    {
        if (BearerToken.Of(request) is not { Length: < 400 } token || !(token.StartsWith("mst_", StringComparison.Ordinal) || token.StartsWith("mat_", StringComparison.Ordinal)))
        {
            return null;
        }

        var end = token.IndexOf('_', 4);
        return end < 0 ? null : token[4..end];
    }
}
