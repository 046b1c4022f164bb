namespace Api.Security;

/// <summary>A token that was just made.</summary>
/// <param name="Token">What its holder sends. Shown once, kept nowhere.</param>
/// <param name="Hash">SHA-256 of its secret part, which is kept.</param>
/// <param name="LastFour">Its last four characters, by which people tell it from others.</param>
internal sealed record MintedToken(string Token, byte[] Hash, string LastFour);
