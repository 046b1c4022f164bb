namespace Api.Admin;

/// <summary>An admin key, without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">The one tenant that it is for, or null for the whole platform.</param>
/// <param name="ReadOnly">Whether it is for reading alone.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends, or null for never.</param>
/// <param name="LastUsed">When a request last used it, as far as the server knows since its start.</param>
public sealed record AdminKeyItem(
    string Id,
    string Name,
    string? Tenant,
    bool ReadOnly,
    string LastFour,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    DateTimeOffset? LastUsed);
