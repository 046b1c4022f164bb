namespace Api.Admin;

/// <summary>The successor of a key. An empty body will do, and none.</summary>
/// <param name="Name">What people call it, 1 to 200 characters; the name of the key where it is not given.</param>
/// <param name="Expires">When it ends, or null for never.</param>
public sealed record NewRotation(string? Name = null, DateTimeOffset? Expires = null);
