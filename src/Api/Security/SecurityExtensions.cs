namespace Api.Security;

internal static class SecurityExtensions
{
    /// <summary>Tokens, made and recognised.</summary>
    public static void AddTokens(this IServiceCollection services)
    {
        services.AddSingleton<TokenMint>();
        services.AddSingleton<ClientMint>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<SetupSecrets>();
        services.AddSingleton<KnownTokens>();
    }
}
