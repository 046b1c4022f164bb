namespace Api.Admin;

/// <summary>A directory key, without its secret.</summary>
public sealed record Key(string Id, string Name, string LastFour, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed);
