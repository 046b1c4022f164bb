using Api.Hosting;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Profiles;

namespace Api.Admin;

/// <summary>The addresses that are shown to admins, to be pasted into identity providers.</summary>
internal sealed class AdminAddresses(MusterSettings settings)
{
    /// <summary>The address to paste into the identity provider, in the form that the directory's profile shows.</summary>
    public string TenantUrl(HttpContext http, DirectoryDescription directory) => directory.Profile?.TenantUrl switch
    {
        TenantUrlForm.Path => DirectoryUrl(http, directory.Id),
        TenantUrlForm.Host when settings.Domain is { } domain => HostUrl(http, directory, domain),
        _ => Root(http) + "/scim/v2",
    };

    /// <summary>The address with the directory in its path.</summary>
    public string DirectoryUrl(HttpContext http, string directory) => $"{Root(http)}/directories/{directory}/scim/v2";

    /// <summary>The token endpoint (RFC 6749 §3.2): the client id names the directory.</summary>
    public string TokenUrl(HttpContext http) => Root(http) + "/oauth2/token";

    /// <summary>
    /// A setup link. Its secret stands behind the <c>#</c>, which browsers do not send: so neither logs nor proxies, nor programs that look
    /// into mail, ever have it.
    /// </summary>
    public string SetupUrl(HttpContext http, string secret) => $"{Root(http)}{Setup.SetupRoutes.Path}#{secret}";

    /// <summary>The address with the directory in its host: the scheme and port of the shared one.</summary>
    private string HostUrl(HttpContext http, DirectoryDescription directory, string domain)
    {
        var root = new UriBuilder(Root(http)) { Host = $"{directory.Id}.{domain}", Path = "" };
        var prefix = directory.Profile!.PathPrefix;
        return root.Uri.GetLeftPart(UriPartial.Authority) + (prefix.Length == 0 ? "" : "/" + prefix) + "/scim/v2";
    }

    /// <summary>The address that all others begin with.</summary>
    public string Root(HttpContext http) =>
        settings.PublicUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}";
}
