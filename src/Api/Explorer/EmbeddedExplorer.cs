using System.Net;
using System.Text;

namespace Api.Explorer;

/// <summary>The explorer's page of the embedded engine, which takes no package that does not restore everywhere: its script is npm's.</summary>
internal static class EmbeddedExplorer
{
    private const string Missing = """
        The explorer is not in this build: its script, one file of the npm package @scalar/api-reference, was not there.
        Install npm (https://nodejs.org) and build once more, or give the file: dotnet build -p:ExplorerBundle=/path/to/standalone.js
        The documents that it would show are at /openapi/v1.json and /openapi/scim.json.

        """;

    public static void MapExplorerPage(this WebApplication app)
    {
        app.MapGet("/scalar", Page).ExcludeFromDescription();
        app.MapGet("/scalar/explorer.js", http => ExplorerRoutes.Write(http, ExplorerFile.Start.Value!, "no-cache")).ExcludeFromDescription();
    }

    private static Task Page(HttpContext http)
    {
        if (ExplorerFile.Script.Value is not { } script)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            http.Response.ContentType = "text/plain; charset=utf-8";
            return http.Response.WriteAsync(Missing, http.RequestAborted);
        }

        ExplorerPolicy.Set(http.Response, "'self'");
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            Encoding.UTF8.GetString(ExplorerFile.Page.Value!.Bytes)
                .Replace("{base}", WebUtility.HtmlEncode(http.Request.PathBase.ToUriComponent()), StringComparison.Ordinal)
                .Replace("{script}", ExplorerRoutes.ScriptName(script), StringComparison.Ordinal),
            http.RequestAborted);
    }
}
