namespace Api.Admin;

/// <summary>An admin key to issue.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
/// <param name="Tenant">The one tenant that it is for, or null for the whole platform.</param>
/// <param name="ReadOnly">Whether it is for reading alone.</param>
/// <param name="Expires">When it ends, or null for never; not later than the key that issues it.</param>
public sealed record NewAdminKey(string? Name, string? Tenant = null, bool ReadOnly = false, DateTimeOffset? Expires = null);
