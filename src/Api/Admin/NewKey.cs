namespace Api.Admin;

/// <summary>A key to issue.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
/// <param name="Expires">When it ends, or null for never.</param>
public sealed record NewKey(string? Name, DateTimeOffset? Expires = null);
