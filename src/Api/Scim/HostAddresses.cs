using Api.Hosting;

namespace Api.Scim;

/// <summary>
/// Requests whose host names the directory, <c>{directory}.{domain}/{prefix}/scim/v2/…</c>: they are given the path of the shared
/// address, and what the host said is left in their features. It stands before routing.
/// </summary>
internal sealed class HostAddresses(RequestDelegate next, MusterSettings settings)
{
    private const string Root = "/scim/v2";

    private readonly string suffix = "." + settings.Domain;

    public Task InvokeAsync(HttpContext http)
    {
        var host = http.Request.Host.Host;
        if (host.Length > suffix.Length && host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) && http.Request.Path.Value is { } path)
        {
            var at = path.IndexOf(Root, StringComparison.OrdinalIgnoreCase);
            var end = at + Root.Length;
            if (at >= 0 && (end == path.Length || path[end] == '/'))
            {
                http.Features.Set(new HostAddress(host[..^suffix.Length].ToLowerInvariant(), path[..at].Trim('/')));
                http.Request.PathBase = http.Request.PathBase.Add(path[..at]);
                http.Request.Path = path[at..];
            }
        }

        return next(http);
    }
}
