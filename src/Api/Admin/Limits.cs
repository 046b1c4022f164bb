namespace Api.Admin;

/// <summary>What a directory is limited to; what is null is as the server's settings have it, or not limited.</summary>
/// <param name="RequestsPerSecond">Requests a second; 0 for no limit.</param>
/// <param name="MaxRequestBytes">The largest request body, in bytes.</param>
/// <param name="MaxUsers">How many users there may be.</param>
/// <param name="MaxGroups">How many groups there may be.</param>
public sealed record Limits(int? RequestsPerSecond = null, int? MaxRequestBytes = null, long? MaxUsers = null, long? MaxGroups = null);
