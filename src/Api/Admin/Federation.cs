namespace Api.Admin;

/// <summary>By whose assertions a client comes in (workload identity federation, RFC 7523).</summary>
/// <param name="Issuer">The <c>iss</c> of its assertions.</param>
/// <param name="JwksUrl">Where the issuer's keys are.</param>
/// <param name="Subject">Their <c>sub</c>.</param>
/// <param name="Audience">Their <c>aud</c>.</param>
/// <param name="TenantId">Their <c>tid</c>, or null where it is not looked at.</param>
/// <param name="Created">When it was said so.</param>
/// <param name="LastUsed">When an assertion, or an access token made by one, was last used.</param>
public sealed record Federation(
    string Issuer,
    string JwksUrl,
    string Subject,
    string Audience,
    string? TenantId,
    DateTimeOffset Created,
    DateTimeOffset? LastUsed);
