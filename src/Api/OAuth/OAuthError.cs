namespace Api.OAuth;

/// <summary>Why there is no access token (RFC 6749 §5.2). The texts tell nothing of what exists.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The keyword.</param>
/// <param name="Description">What was wrong, for people.</param>
internal sealed record OAuthError(int Status, string Code, string Description)
{
    /// <summary>One answer for all that does not open: an unknown client, a wrong or ended secret, an assertion that is refused.</summary>
    public static OAuthError InvalidClient { get; } = new(401, "invalid_client", "The client is unknown, or what it showed does not prove that it is that client.");

    /// <summary>Another grant than client credentials.</summary>
    public static OAuthError UnsupportedGrantType { get; } = new(400, "unsupported_grant_type", "The grant_type is client_credentials.");

    /// <summary>Another scope than <c>scim</c>.</summary>
    public static OAuthError InvalidScope { get; } = new(400, "invalid_scope", "The scope is scim.");

    /// <summary>Storage did not confirm, or an issuer's keys cannot be had. A retry is in order.</summary>
    public static OAuthError Unavailable { get; } = new(503, "temporarily_unavailable", "The token endpoint cannot answer for the moment. Try again.");

    /// <summary>A client asks too often.</summary>
    public static OAuthError TooMany { get; } = new(429, "temporarily_unavailable", "Too many requests for access tokens. Try again later.");

    /// <summary>The request is not one.</summary>
    public static OAuthError InvalidRequest(string description, int status = 400) => new(status, "invalid_request", description);
}
