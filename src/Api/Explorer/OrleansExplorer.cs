using Scalar.AspNetCore;

namespace Api.Explorer;

/// <summary>The explorer's page of the Orleans engine: Scalar's own package makes it.</summary>
internal static class OrleansExplorer
{
    private const string Prefix = "/scalar";

    public static void MapExplorerPage(this WebApplication app)
    {
        // The package writes its settings into the page as a script.
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase), page => page.Use((http, next) =>
        {
            ExplorerPolicy.Set(http.Response, "'self' 'unsafe-inline'");
            return next(http);
        }));
        app.MapScalarApiReference(Prefix, options =>
        {
            options.WithTitle("Muster")
                .WithOpenApiRoutePattern("/openapi/{documentName}.json")
                .AddDocument("v1", "Admin API")
                .AddDocument("scim", "SCIM")
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .DisableMcp()
                .HideClientButton()
                .HideDeveloperTools();
            options.Favicon = "data:,";
            if (ExplorerFile.Script.Value is { } script)
            {
                // The same script as the embedded engine's, where the build has it; else the package's own.
                options.WithBundleUrl($"{Prefix}/{ExplorerRoutes.ScriptName(script)}");
            }
        });
    }
}
