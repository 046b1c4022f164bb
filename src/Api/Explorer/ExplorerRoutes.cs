using Microsoft.Net.Http.Headers;

namespace Api.Explorer;

/// <summary>The explorer, <c>/scalar</c>: a page that shows the OpenAPI documents of this server and sends what is asked by hand.</summary>
internal static class ExplorerRoutes
{
    private const string JavaScript = "text/javascript; charset=utf-8";

    /// <summary>A file whose name holds the hash of its content never changes.</summary>
    private const string ForEver = "public, max-age=31536000, immutable";

    public static void MapExplorer(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapGet("/openapi/scim.json", ScimDocument.Write).ExcludeFromDescription();
        app.MapExplorerPage();
        app.MapGet("/scalar/standalone.{hash}.js", Script).ExcludeFromDescription();
    }

    /// <summary>The name under which the script is served.</summary>
    public static string ScriptName(ExplorerFile script) => $"standalone.{script.Hash}.js";

    /// <summary>Writes a script, compressed for who takes that.</summary>
    public static async Task Write(HttpContext http, ExplorerFile file, string caching)
    {
        var response = http.Response;
        var compressed = http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        response.ContentType = JavaScript;
        response.Headers.CacheControl = caching;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        if (compressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        var bytes = compressed ? file.Compressed : file.Bytes;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static Task Script(HttpContext http)
    {
        if (ExplorerFile.Script.Value is { } script && http.GetRouteValue("hash") as string == script.Hash)
        {
            return Write(http, script, ForEver);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
