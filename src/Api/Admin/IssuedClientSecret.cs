namespace Api.Admin;

/// <summary>A secret of a client that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ClientId">The Client ID to paste.</param>
/// <param name="Secret">The Client Secret to paste. It is shown here and never again.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends.</param>
public sealed record IssuedClientSecret(string Id, string ClientId, string Secret, string LastFour, DateTimeOffset Created, DateTimeOffset? Expires);
