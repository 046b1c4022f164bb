namespace Api.Setup;

/// <summary>What to paste into the identity provider.</summary>
/// <param name="TenantUrl">The SCIM address.</param>
/// <param name="SecretToken">The Secret Token of a key that was made.</param>
/// <param name="TokenUrl">The token endpoint of a client that was made.</param>
/// <param name="ClientId">Its id.</param>
/// <param name="ClientSecret">Its secret, where it has one.</param>
/// <param name="Expires">When the secret ends; null for never.</param>
internal sealed record SetupValues(
    string TenantUrl,
    string? SecretToken = null,
    string? TokenUrl = null,
    string? ClientId = null,
    string? ClientSecret = null,
    DateTimeOffset? Expires = null);
