namespace Api.Setup;

/// <summary>The page of setup links.</summary>
internal static class SetupRoutes
{
    /// <summary>The address of the page; the secret of a link stands behind it, after <c>#</c>.</summary>
    public const string Path = "/setup";

    public static void AddSetupPage(this IServiceCollection services)
    {
        services.AddSingleton<SetupRateLimit>();
        services.AddSingleton<SetupEndpoint>();
    }

    public static void MapSetupPage(this WebApplication app)
    {
        var page = app.Services.GetRequiredService<SetupEndpoint>();
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)SetupEndpoint.Show).ExcludeFromDescription();
        app.MapPost(Path, (RequestDelegate)page.Take).ExcludeFromDescription();
    }
}
