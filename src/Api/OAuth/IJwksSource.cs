using Microsoft.IdentityModel.Tokens;

namespace Api.OAuth;

/// <summary>Where the keys of issuers come from.</summary>
internal interface IJwksSource
{
    /// <summary>Fetches the keys at an address.</summary>
    /// <returns>Those that can serve here; null where they could not be had.</returns>
    Task<JsonWebKey[]?> Fetch(string url);
}
