using Microsoft.IdentityModel.Tokens;

namespace Api.OAuth;

/// <summary>Reads a set of keys (RFC 7517 §5), and takes of it what can check a signature here: RSA keys of 2048 to 8192 bits, and EC keys on P-256.</summary>
internal static class JwksReader
{
    private const int MaxKeys = 100;
    private const int MinRsaBits = 2048;
    private const int MaxRsaBits = 8192;
    private const string P256 = "P-256";

    /// <summary>The keys of a set.</summary>
    /// <returns>Null where it is none.</returns>
    public static JsonWebKey[]? Read(string json)
    {
        try
        {
            return [.. new JsonWebKeySet(json).Keys.Where(IsUsable).Take(MaxKeys)];
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a key serves for an algorithm.</summary>
    public static bool Serves(JsonWebKey key, string algorithm) =>
        (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm)
        && key.Kty == (algorithm == SecurityAlgorithms.EcdsaSha256 ? JsonWebAlgorithmsKeyTypes.EllipticCurve : JsonWebAlgorithmsKeyTypes.RSA);

    private static bool IsUsable(JsonWebKey key) =>
        !string.IsNullOrEmpty(key.Kid)
        && (string.IsNullOrEmpty(key.Use) || key.Use == JsonWebKeyUseNames.Sig)
        && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && key.Kty switch
        {
            JsonWebAlgorithmsKeyTypes.RSA => key.KeySize is >= MinRsaBits and <= MaxRsaBits && key.E is not null,
            JsonWebAlgorithmsKeyTypes.EllipticCurve => key.Crv == P256 && key.X is not null && key.Y is not null,
            _ => false,
        };
}
