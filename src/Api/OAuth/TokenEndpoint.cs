using System.Globalization;
using System.Text.Json;
using Api.Hosting;
using Api.Requests;
using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Directories;

namespace Api.OAuth;

/// <summary>
/// The token endpoint (RFC 6749 §3.2): an access token for a client that shows its secret, or an assertion of the issuer that its admin
/// named. Whatever does not open gets the same answer.
/// </summary>
internal sealed partial class TokenEndpoint(
    IGrainFactory grains,
    PlatformState platform,
    ClientMint mint,
    AccessTokens tokens,
    ClientAssertions assertions,
    TokenRateLimit limit,
    RequestLog log,
    TimeProvider time,
    ILogger<TokenEndpoint> logger)
{
    /// <summary>When to try again after storage did not confirm, in seconds.</summary>
    private const int RetrySeconds = 1;

    /// <summary>Answers a request.</summary>
    public async Task Run(HttpContext http)
    {
        // No copy of a token is kept on its way (RFC 6749 §5.1).
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        try
        {
            await Answer(http);
        }
        catch (BadHttpRequestException exception)
        {
            await Refuse(http, OAuthError.InvalidRequest(
                exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? $"The request is larger than {TokenRequest.MaxBytes} bytes." : "The request is not valid HTTP.",
                exception.StatusCode));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to tell.
        }
        catch (Exception exception)
        {
            LogFailed(logger, exception);
            await Refuse(http, OAuthError.Unavailable, RetrySeconds);
        }
    }

    private async Task Answer(HttpContext http)
    {
        if (!platform.IsOpen)
        {
            await Refuse(http, OAuthError.Unavailable, RetrySeconds);
            return;
        }

        var request = await TokenRequest.Read(http);
        if (limit.Take(request.ClientId, http.Connection.RemoteIpAddress) is > 0 and var seconds)
        {
            await Refuse(http, OAuthError.TooMany, seconds);
            return;
        }

        if (request.Error is { } error)
        {
            await Refuse(http, error);
            return;
        }

        // Both are looked at whatever the first is found to be, and no directory is asked about what was not made here.
        var clientId = request.ClientId ?? "";
        var isClient = mint.TryReadClientId(clientId, out var directory, out var client);
        var isSecret = mint.TryReadSecret(clientId, request.Secret ?? "", out var hash);
        if (!isClient || (http.GetRouteValue("directory") is string named && named != directory) || !(isSecret || request.Assertion is not null))
        {
            await Refuse(http, OAuthError.InvalidClient);
            return;
        }

        var grain = grains.GetGrain<IDirectoryClientsGrain>(GrainKeys.Directory(directory));
        var grant = request.Assertion is { } assertion
            ? await GrantByAssertion(grain, directory, client, assertion, http)
            : await grain.GrantBySecret(client, hash);
        if (grant.Credential is { } credential)
        {
            await Give(http, directory, credential);
        }
        else if (grant.Crowded)
        {
            await Refuse(http, OAuthError.Unavailable, (int)JwksCache.MinPause.TotalSeconds);
        }
        else
        {
            if (request.Assertion is null)
            {
                LogSecretRefused(logger, client, directory);
                log.TokenRefused(http, directory, request.Secret, StatusCodes.Status401Unauthorized, "The client's secret has ended or was removed, or the client was.");
            }

            await Refuse(http, OAuthError.InvalidClient);
        }
    }

    private async Task<AccessGrant> GrantByAssertion(IDirectoryClientsGrain grain, string directory, string client, string assertion, HttpContext http)
    {
        if (await grain.FederationOf(client) is not { } federation)
        {
            Note(AssertionFault.NoFederation);
            return AccessGrant.Refused;
        }

        var verdict = await assertions.Judge(assertion, federation, http.RequestAborted);
        if (verdict.Seen is not { } seen)
        {
            Note(verdict.Fault);
            return verdict.Fault == AssertionFault.KeysUnavailable ? new AccessGrant { Crowded = true } : AccessGrant.Refused;
        }

        var grant = await grain.GrantByAssertion(client, seen);
        if (grant.Credential is null)
        {
            Note(grant.Crowded ? AssertionFault.TooMany : AssertionFault.Replayed);
        }

        return grant;

        void Note(AssertionFault fault)
        {
            LogAssertionRefused(logger, client, directory, fault);
            var status = fault is AssertionFault.KeysUnavailable or AssertionFault.TooMany ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status401Unauthorized;
            log.TokenRefused(http, directory, secret: null, status, $"The client's assertion was refused: {fault}.");
        }
    }

    private async Task Give(HttpContext http, string directory, AccessCredential credential)
    {
        var seconds = (long)Math.Floor((credential.Expires - time.GetUtcNow()).TotalSeconds);
        await Write(http, StatusCodes.Status200OK, json =>
        {
            json.WriteString("access_token", tokens.Make(directory, credential));
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", Math.Max(0, seconds));
            json.WriteString("scope", "scim");
        });
    }

    private static Task Refuse(HttpContext http, OAuthError error, int retryAfterSeconds = 0)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        if (error.Status == StatusCodes.Status401Unauthorized && http.Request.Headers.Authorization.Count > 0)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"oauth2\"";
        }

        if (retryAfterSeconds > 0)
        {
            http.Response.Headers.RetryAfter = retryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return Write(http, error.Status, json =>
        {
            json.WriteString("error", error.Code);
            json.WriteString("error_description", error.Description);
        });
    }

    private static async Task Write(HttpContext http, int status, Action<Utf8JsonWriter> writeMembers)
    {
        using var body = new MemoryStream();
        await using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), http.RequestAborted);
    }

    [LoggerMessage(1, LogLevel.Error, "A request for an access token was not confirmed")]
    private static partial void LogFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "No access token for client {Client} of directory {Directory}: its secret has ended or was removed, or the client was")]
    private static partial void LogSecretRefused(ILogger logger, string client, string directory);

    [LoggerMessage(3, LogLevel.Information, "No access token for client {Client} of directory {Directory}: its assertion was refused, {Fault}")]
    private static partial void LogAssertionRefused(ILogger logger, string client, string directory, AssertionFault fault);
}
