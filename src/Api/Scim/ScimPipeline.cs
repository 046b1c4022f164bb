using Api.Hosting;
using Api.Requests;
using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.Features;
using Scim.Errors;

namespace Api.Scim;

/// <summary>What every SCIM request passes: authentication, the rate limit, and the one place where faults become HTTP.</summary>
internal sealed partial class ScimPipeline(
    IGrainFactory grains,
    PlatformState platform,
    KnownTokens tokens,
    BaseUrls baseUrls,
    HeldRefusals refusals,
    RequestLog log,
    TimeProvider time,
    MusterSettings settings,
    ILogger<ScimPipeline> logger)
{
    /// <summary>When to try again after storage did not confirm, in seconds.</summary>
    private const int RetrySeconds = 1;

    /// <summary>One answer for every credential that does not open: it tells nothing about directories.</summary>
    private static readonly ScimError Unauthorized = ScimError.Plain(401, "The request needs a Secret Token or an access token of this directory as a bearer token.");

    private static readonly ScimError ProvisioningOff = ScimError.Plain(403, "Provisioning is switched off for this directory. An admin of the application can switch it on.");

    private static readonly ScimError NotAcceptable = ScimError.Plain(406, $"Answers are {ScimResponses.MediaType} or application/json.");

    private static readonly ScimError Unavailable = ScimError.Plain(503, GrainError.Retry.Detail);

    /// <summary>Runs a handler for a request that is let in.</summary>
    public async Task Run(HttpContext http, Func<ScimRequest, Task> handle)
    {
        log.Begin(http);
        try
        {
            if (!Negotiation.TryChoose(http))
            {
                await http.WriteError(NotAcceptable);
                return;
            }

            if (!platform.IsOpen)
            {
                await http.WriteError(Unavailable, RetrySeconds);
                return;
            }

            var directory = await Authorize(http);
            if (directory is not null)
            {
                LimitBody(http, directory);
                await handle(new ScimRequest(http, directory, baseUrls.Of(http), grains));
            }
        }
        catch (BadHttpRequestException exception)
        {
            await Fail(http, exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ScimError.Plain(413, $"The request body is larger than {http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? settings.RequestBytes} bytes.")
                : ScimError.InvalidSyntax($"The request is not valid HTTP: {exception.Message}"));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to tell.
        }
        catch (Exception exception)
        {
            // Storage was away, or a call's outcome is unknown. Nothing was acknowledged, and the client may try again.
            LogFailed(logger, http.Request.Method, exception);
            await Fail(http, Unavailable);
        }
        finally
        {
            log.End(http);
        }
    }

    /// <summary>A directory may take smaller bodies than the server does.</summary>
    private static void LimitBody(HttpContext http, DirectoryContext directory)
    {
        if (directory.Limits?.MaxRequestBytes is { } most
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size
            && !(size.MaxRequestBodySize <= most))
        {
            size.MaxRequestBodySize = most;
        }
    }

    private static async Task Fail(HttpContext http, ScimError error)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        await http.WriteError(error, error.Status == 503 ? RetrySeconds : 0);
    }

    private async Task<DirectoryContext?> Authorize(HttpContext http)
    {
        var named = http.GetRouteValue("directory") as string ?? http.Features.Get<HostAddress>()?.Directory;
        if (tokens.Of(http.Request) is not { } token || (named is not null && named != token.Directory))
        {
            await Refuse(http, tokens.Of(http.Request), named);
            return null;
        }

        var reply = token.Access is { } access
            ? await grains.GetGrain<IDirectoryClientsGrain>(GrainKeys.Directory(token.Directory)).AuthorizeAccess(access)
            : await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(token.Directory)).Authorize(token.Hash);
        if (reply.Directory is null)
        {
            await Refuse(http, token, named);
            return null;
        }

        log.LetIn(http, reply.Directory, reply.Credential);

        if (reply.RetryAfterSeconds > 0)
        {
            await refusals.Hold(http.RequestAborted);
            await http.WriteError(
                ScimError.Plain(429, $"The directory takes {reply.Directory.Limits?.RequestsPerSecond ?? settings.RequestsPerSecond} requests a second. Try again in {reply.RetryAfterSeconds} s."),
                reply.RetryAfterSeconds);
            return null;
        }

        if (http.Features.Get<HostAddress>() is { Prefix.Length: > 0 } host && host.Prefix != reply.Directory.PathPrefix)
        {
            await http.WriteError(ScimError.Plain(404, $"There is no endpoint {http.Request.PathBase}{http.Request.Path}."));
            return null;
        }

        if (reply.Directory.ProvisioningOff)
        {
            await http.WriteError(ProvisioningOff);
            return null;
        }

        if (reply.DelayMilliseconds > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(reply.DelayMilliseconds), time, http.RequestAborted);
        }

        return reply.Directory;
    }

    private Task Refuse(HttpContext http, DirectoryToken? token, string? named)
    {
        log.Refused(http, token, named);
        http.Response.Headers.WWWAuthenticate = "Bearer realm=\"scim\"";
        return http.WriteError(Unauthorized);
    }

    [LoggerMessage(1, LogLevel.Error, "A SCIM {Method} request was not confirmed")]
    private static partial void LogFailed(ILogger logger, string method, Exception exception);
}
