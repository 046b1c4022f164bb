using Microsoft.IdentityModel.Tokens;

namespace Api.OAuth;

/// <summary>A key that was looked for.</summary>
/// <param name="Key">The key, or null where the issuer does not have it.</param>
/// <param name="Unavailable">The issuer could not be asked: where there is no key, there may be one.</param>
internal readonly record struct FoundKey(JsonWebKey? Key, bool Unavailable);
