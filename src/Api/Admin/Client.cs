namespace Api.Admin;

/// <summary>An OAuth 2.0 client of a directory, without its secrets, with what to paste into the identity provider.</summary>
/// <param name="Id">Its id here.</param>
/// <param name="Name">What people call it.</param>
/// <param name="ClientId">The Client ID to paste. It names the directory.</param>
/// <param name="TokenUrl">The Token URL to paste.</param>
/// <param name="ScimUrl">The SCIM URL (Tenant URL) to paste.</param>
/// <param name="AccessTokenSeconds">For how long an access token is good.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Secrets">Its secrets, ended ones too.</param>
/// <param name="Federation">By whose assertions it comes in, or null.</param>
public sealed record Client(
    string Id,
    string Name,
    string ClientId,
    string TokenUrl,
    string ScimUrl,
    int AccessTokenSeconds,
    DateTimeOffset Created,
    IReadOnlyList<ClientSecret> Secrets,
    Federation? Federation);
