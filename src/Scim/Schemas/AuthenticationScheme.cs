namespace Scim.Schemas;

/// <summary>One way to authenticate, as <c>/ServiceProviderConfig</c> tells it (RFC 7643 §5).</summary>
/// <param name="Type">The keyword: <c>oauthbearertoken</c>, <c>oauth2</c>, <c>httpbasic</c> and so on.</param>
/// <param name="Name">The common name, for people.</param>
/// <param name="Description">A sentence, for people.</param>
/// <param name="SpecUri">Where it is specified, or null.</param>
/// <param name="Primary">Whether it is the preferred one; at most one is.</param>
public sealed record AuthenticationScheme(string Type, string Name, string Description, string? SpecUri = null, bool Primary = false)
{
    /// <summary>A bearer token in the Authorization header (RFC 6750); preferred.</summary>
    public static AuthenticationScheme OAuthBearerToken { get; } = new(
        "oauthbearertoken",
        "OAuth Bearer Token",
        "A token in the Authorization header: a directory key, or an access token of this directory's token endpoint.",
        "https://www.rfc-editor.org/info/rfc6750",
        Primary: true);

    /// <summary>OAuth 2.0 client credentials (RFC 6749 §4.4), by secret or assertion, for an access token that is then the bearer token.</summary>
    public static AuthenticationScheme OAuth2 { get; } = new(
        "oauth2",
        "OAuth 2.0 Client Credentials",
        "An access token from the token endpoint, by a client's secret or by a signed assertion of its identity provider (RFC 7523).",
        "https://www.rfc-editor.org/info/rfc6749");
}
