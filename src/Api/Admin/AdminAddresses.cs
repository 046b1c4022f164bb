using Api.Hosting;

namespace Api.Admin;

/// <summary>The addresses that are shown to admins, to be pasted into identity providers.</summary>
internal sealed class AdminAddresses(MusterSettings settings)
{
    /// <summary>The shared address: the token names the directory.</summary>
    public string TenantUrl(HttpContext http) => Root(http) + "/scim/v2";

    /// <summary>The address with the directory in its path.</summary>
    public string DirectoryUrl(HttpContext http, string directory) => $"{Root(http)}/directories/{directory}/scim/v2";

    /// <summary>The token endpoint (RFC 6749 §3.2): the client id names the directory.</summary>
    public string TokenUrl(HttpContext http) => Root(http) + "/oauth2/token";

    /// <summary>The address that all others begin with.</summary>
    public string Root(HttpContext http) =>
        settings.PublicUrl?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host.Value}{http.Request.PathBase.Value}";
}
