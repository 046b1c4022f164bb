namespace Api.Admin;

/// <summary>An admin key, without its secret.</summary>
public sealed record AdminKeyItem(string Id, string Name, string? Tenant, string LastFour, DateTimeOffset Created);
