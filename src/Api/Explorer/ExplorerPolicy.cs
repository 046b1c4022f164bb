namespace Api.Explorer;

/// <summary>The headers of the explorer's page: a browser asks this server, and no other, for anything (Content Security Policy Level 3).</summary>
internal static class ExplorerPolicy
{
    /// <summary>Sets them.</summary>
    /// <param name="response">The answer with the page.</param>
    /// <param name="scripts">Which scripts may run.</param>
    public static void Set(HttpResponse response, string scripts)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = string.Join(
            "; ",
            "default-src 'none'",
            $"script-src {scripts}",
            // The script makes its styles as it goes, attributes among them.
            "style-src 'self' 'unsafe-inline'",
            "connect-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
    }
}
