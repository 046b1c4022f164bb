namespace Api.Admin;

/// <summary>A change of a tenant, as a JSON Merge Patch (RFC 7396): what is not given stays.</summary>
/// <param name="Name">What people call it, 1 to 200 characters.</param>
public sealed record TenantPatch(string? Name = null);
