namespace Api.Admin;

/// <summary>An OAuth 2.0 client to make.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
/// <param name="AccessTokenSeconds">For how long an access token is good: 3600 (the default) to 21600.</param>
public sealed record NewClient(string? Name, int? AccessTokenSeconds = null);
