namespace Api.Admin;

/// <summary>A secret of a client, without the secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends, and the access tokens made by it with it.</param>
/// <param name="LastUsed">When it, or an access token made by it, was last used.</param>
public sealed record ClientSecret(string Id, string LastFour, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed);
