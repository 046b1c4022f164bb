using System.Security.Cryptography;
using System.Text;
using Api.Hosting;
using Grains.Abstractions.Directories;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Api.OAuth;

/// <summary>
/// Judges assertions (RFC 7523 §3) by what the client's admin pasted. What a token says of itself is compared first, so that only one
/// that could be good makes anything look for keys; nothing of it is believed before its signature holds.
/// </summary>
internal sealed class ClientAssertions(JwksCache keys, MusterSettings settings, TimeProvider time)
{
    /// <summary>The longest assertion, in characters.</summary>
    public const int MaxLength = 16 << 10;

    /// <summary>For how long an assertion may be good from now: it is remembered until then.</summary>
    public static readonly TimeSpan MaxLife = TimeSpan.FromHours(24);

    /// <summary>For how much longer one is remembered than it is good, as machines' clocks differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private const int MarkBytes = 16;

    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    private static readonly CryptoProviderFactory Crypto = new() { CacheSignatureProviders = false };

    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaxLength };
    private readonly TimeSpan skew = TimeSpan.FromSeconds(settings.ClockSkewSeconds);

    /// <summary>The algorithms that are taken: asymmetric ones, by their names in a JWT's header.</summary>
    public static IReadOnlyList<string> TakenAlgorithms => Algorithms;

    /// <summary>Judges an assertion; whether it was taken before is for the directory to say.</summary>
    public async Task<AssertionVerdict> Judge(string assertion, ClientFederation federation, CancellationToken cancellation)
    {
        if (Read(assertion) is not { } token)
        {
            return AssertionFault.Malformed;
        }

        if (Fault(token, federation) is not AssertionFault.None and var fault)
        {
            return fault;
        }

        var found = await keys.Find(federation.JwksUrl, token.Kid, token.Alg, cancellation);
        if (found.Key is not { } key)
        {
            return found.Unavailable ? AssertionFault.KeysUnavailable : AssertionFault.UnknownKey;
        }

        var result = await handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = federation.Issuer,
            ValidAudience = federation.Audience,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidAlgorithms = Algorithms,
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            RequireSignedTokens = true,
            RequireExpirationTime = true,

            // By this server's clock: see above.
            ValidateLifetime = false,
            CryptoProviderFactory = Crypto,
        });
        if (!result.IsValid)
        {
            return AssertionFault.Signature;
        }

        var until = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + skew + Margin;
        return new AssertionVerdict(new SeenAssertion { Federation = federation.Id, Mark = MarkOf(token, federation), Until = until }, AssertionFault.None);
    }

    private static JsonWebToken? Read(string assertion)
    {
        // Three parts: an encrypted token has five.
        if (assertion.Length > MaxLength || assertion.AsSpan().Count('.') != 2)
        {
            return null;
        }

        try
        {
            // A header that demands to be understood (RFC 7515 §4.1.11) is not.
            var token = new JsonWebToken(assertion);
            return token.TryGetHeaderValue<object>("crit", out _) ? null : token;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or SecurityTokenException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private AssertionFault Fault(JsonWebToken token, ClientFederation federation)
    {
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            return !Algorithms.Contains(token.Alg, StringComparer.Ordinal) ? AssertionFault.Algorithm
                : string.IsNullOrEmpty(token.Kid) ? AssertionFault.UnknownKey
                : token.Issuer != federation.Issuer ? AssertionFault.Issuer
                : token.Subject != federation.Subject ? AssertionFault.Subject
                : !token.Audiences.Contains(federation.Audience, StringComparer.Ordinal) ? AssertionFault.Audience
                : federation.TenantId is { } tenant && !(token.TryGetPayloadValue<string>("tid", out var tid) && string.Equals(tid, tenant, StringComparison.OrdinalIgnoreCase)) ? AssertionFault.Tenant
                : token.ValidTo == DateTime.MinValue || token.ValidTo + skew <= now ? AssertionFault.Expired
                : token.ValidTo - now > MaxLife ? AssertionFault.TooLongLived
                : token.ValidFrom != DateTime.MinValue && token.ValidFrom - skew > now ? AssertionFault.NotYetValid
                : AssertionFault.None;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or OverflowException or SecurityTokenException or System.Text.Json.JsonException)
        {
            // A claim is of another type than it has to be.
            return AssertionFault.Malformed;
        }
    }

    /// <summary>
    /// By what an assertion is known again: its <c>jti</c>, or Entra's <c>uti</c>, or all that is signed. The signature itself says nothing:
    /// an ECDSA one can be written in two ways.
    /// </summary>
    private static byte[] MarkOf(JsonWebToken token, ClientFederation federation)
    {
        var name = Name("jti") ?? Name("uti") ?? $"signed:{token.EncodedHeader}.{token.EncodedPayload}";
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{federation.Issuer}\n{federation.Subject}\n{name}"))[..MarkBytes];

        string? Name(string claim) => token.TryGetPayloadValue<string>(claim, out var value) && !string.IsNullOrEmpty(value) ? $"{claim}:{value}" : null;
    }
}
