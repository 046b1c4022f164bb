namespace Api.Admin;

/// <summary>A tenant to make.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
public sealed record NewTenant(string? Name);
