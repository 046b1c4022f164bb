using Bench.Client;

namespace Bench.Requests;

/// <summary>Where SCIM requests go.</summary>
/// <param name="Server">The server.</param>
/// <param name="Prefix">What stands before <c>/Users</c> in a path.</param>
internal sealed record ServerAddress(Uri Server, string Prefix)
{
    /// <summary>The address of a Tenant URL.</summary>
    public static ServerAddress Of(Uri tenantUrl) => new(tenantUrl, tenantUrl.AbsolutePath.TrimEnd('/'));

    /// <summary>A request to this address.</summary>
    public RequestTemplate Request(string method, string path, string token, string? json = null) =>
        new(method, Server.Authority, Prefix + path, token, json);
}
