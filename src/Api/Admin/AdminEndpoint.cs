namespace Api.Admin;

/// <summary>Marks the endpoints that <see cref="AdminGate"/> guards.</summary>
internal sealed record AdminEndpoint;
