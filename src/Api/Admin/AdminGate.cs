using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Platform;

namespace Api.Admin;

/// <summary>
/// Lets in who holds an admin key, leaves what the key opens in the request's features, and turns what storage did not confirm into 503.
/// It stands before the endpoints, because those read the body before their filters are asked.
/// </summary>
internal sealed partial class AdminGate(
    RequestDelegate next,
    IGrainFactory grains,
    TokenMint tokens,
    PlatformState platform,
    MusterSettings settings,
    ILogger<AdminGate> logger)
{
    private readonly byte[]? configuredHash = settings.AdminKey is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(settings.AdminKey));

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AdminEndpoint>() is null)
        {
            await next(http);
            return;
        }

        try
        {
            if (await Refusal(http) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
                return;
            }

            await next(http);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await Results.Problem(exception.Message, statusCode: exception.StatusCode).ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: there is nobody to tell.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            LogFailed(logger, exception);
            http.Response.Headers.RetryAfter = "1";
            await Results.Problem("Storage did not confirm the request. Try again.", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(http);
        }
    }

    private async Task<IResult?> Refusal(HttpContext http)
    {
        if (!platform.IsOpen)
        {
            http.Response.Headers.RetryAfter = "1";
            return Results.Problem("The platform is starting. Try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (await ScopeOf(http.Request) is not { } scope)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"admin\"";
            return Results.Problem("The request needs an admin key as a bearer token.", statusCode: StatusCodes.Status401Unauthorized);
        }

        http.Features.Set(scope);
        return scope.ReadOnly && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) ? Refusals.ReadOnly() : null;
    }

    private async ValueTask<AdminScope?> ScopeOf(HttpRequest request)
    {
        if (BearerToken.Of(request) is not { } token)
        {
            return null;
        }

        if (configuredHash is not null && CryptographicOperations.FixedTimeEquals(configuredHash, SHA256.HashData(Encoding.UTF8.GetBytes(token))))
        {
            return new AdminScope { KeyId = "configured", KeyName = "Admin:Key" };
        }

        return tokens.TryReadAdminToken(token, out var hash)
            ? await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Authorize(hash)
            : null;
    }

    [LoggerMessage(1, LogLevel.Error, "An admin request was not confirmed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
