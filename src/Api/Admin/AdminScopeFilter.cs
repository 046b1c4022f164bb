using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Platform;

namespace Api.Admin;

/// <summary>Lets in who holds an admin key, and leaves what the key opens in the request's features.</summary>
internal sealed class AdminScopeFilter(IGrainFactory grains, TokenMint tokens, PlatformState platform, MusterSettings settings) : IEndpointFilter
{
    private readonly byte[]? configuredHash = settings.AdminKey is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(settings.AdminKey));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!platform.IsOpen)
        {
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return Results.Problem("The platform is starting. Try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        if (await ScopeOf(context.HttpContext.Request) is not { } scope)
        {
            context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer realm=\"admin\"";
            return Results.Problem("The request needs an admin key as a bearer token.", statusCode: StatusCodes.Status401Unauthorized);
        }

        context.HttpContext.Features.Set(scope);
        return await next(context);
    }

    private async ValueTask<AdminScope?> ScopeOf(HttpRequest request)
    {
        if (BearerToken.Of(request) is not { } token)
        {
            return null;
        }

        if (configuredHash is not null && CryptographicOperations.FixedTimeEquals(configuredHash, SHA256.HashData(Encoding.UTF8.GetBytes(token))))
        {
            return new AdminScope();
        }

        return tokens.TryReadAdminToken(token, out var hash)
            ? await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Authorize(hash)
            : null;
    }
}
