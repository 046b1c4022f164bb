namespace Api.Admin;

/// <summary>A directory key that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="SecretToken">What the identity provider sends. It is shown here and never again.</param>
/// <param name="LastFour">Its last four characters.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">When it ends, or null for never.</param>
public sealed record IssuedKey(string Id, string Name, string SecretToken, string LastFour, DateTimeOffset Created, DateTimeOffset? Expires);
