namespace Api.Admin;

/// <summary>A tenant: a customer of the vendor.</summary>
public sealed record Tenant(string Id, string Name, DateTimeOffset Created);
