namespace Api.Admin;

/// <summary>By whose assertions a client is to come in: what the identity provider shows, pasted.</summary>
/// <param name="Issuer">The Issuer, as <c>https://login.microsoftonline.com/&lt;tenant&gt;/v2.0</c>.</param>
/// <param name="JwksUrl">The JWKS URL: https, on the internet.</param>
/// <param name="Subject">The Subject.</param>
/// <param name="Audience">The Audience.</param>
/// <param name="TenantId">The tenant id, where assertions must carry it as <c>tid</c>.</param>
public sealed record NewFederation(string? Issuer, string? JwksUrl, string? Subject, string? Audience, string? TenantId = null);
