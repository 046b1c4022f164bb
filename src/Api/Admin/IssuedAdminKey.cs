namespace Api.Admin;

/// <summary>An admin key that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">The one tenant that it is for, or null for the whole platform.</param>
/// <param name="ReadOnly">Whether it is for reading alone.</param>
/// <param name="Secret">What its holder sends as a bearer token. It is shown here and never again.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends, or null for never.</param>
public sealed record IssuedAdminKey(
    string Id,
    string Name,
    string? Tenant,
    bool ReadOnly,
    string Secret,
    string LastFour,
    DateTimeOffset Created,
    DateTimeOffset? Expires);
