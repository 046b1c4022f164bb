namespace Api.OAuth;

/// <summary>The token endpoint, shared and with the directory in its path, and what tells of it.</summary>
internal static class OAuthRoutes
{
    private const string Token = "/oauth2/token";
    private const string Metadata = "/.well-known/oauth-authorization-server";
    private const string OfDirectory = "/directories/{directory}";

    public static void AddOAuthEndpoints(this IServiceCollection services)
    {
        services.AddSingleton<TokenRateLimit>();
        services.AddSingleton<IJwksSource, JwksHttp>();
        services.AddSingleton<JwksCache>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<TokenEndpoint>();
    }

    public static void MapOAuth(this WebApplication app)
    {
        var token = app.Services.GetRequiredService<TokenEndpoint>();
        app.MapPost(Token, (RequestDelegate)token.Run).ExcludeFromDescription();
        app.MapPost(OfDirectory + Token, (RequestDelegate)token.Run).ExcludeFromDescription();
        app.MapGet(Metadata, MetadataEndpoint.OfServer).ExcludeFromDescription();
        app.MapGet(Metadata + OfDirectory, MetadataEndpoint.OfDirectory).ExcludeFromDescription();
    }
}
