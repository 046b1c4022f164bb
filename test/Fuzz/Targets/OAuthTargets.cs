using System.Text;
using Api.Hosting;
using Api.OAuth;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;

namespace Fuzz.Targets;

/// <summary>What comes to the token endpoint, and what it fetches: requests, HTTP Basic, assertions, sets of keys.</summary>
internal static class OAuthTargets
{
    private const string Keys =
        """{"keys":[{"kty":"RSA","use":"sig","kid":"r","n":"AAAA","e":"AQAB"},{"kty":"EC","kid":"e","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},{"kty":"oct","k":"AAAA","kid":"o"}]}""";

    /// <summary>Of the key <c>e</c> above, but with a signature of nobody's.</summary>
    private static readonly string Assertion = string.Join(
        '.',
        Encoded("""{"alg":"ES256","typ":"JWT","kid":"e"}"""),
        Encoded("""{"iss":"https://i","sub":"s","aud":"a","tid":"t","nbf":0,"exp":4102444800,"jti":"1"}"""),
        new string('A', 86));

    private static readonly ClientFederation Federation = new() { Id = "f", Issuer = "https://i", JwksUrl = "https://i/keys", Subject = "s", Audience = "a", TenantId = "t" };

    private static readonly ClientAssertions Assertions = new(
        new JwksCache(new FixedKeys(), TimeProvider.System),
        new MusterSettings(),
        new FixedClock(DateTimeOffset.FromUnixTimeSeconds(4102444800 - 60)));

    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        new(
            "token-request",
            [
                "grant_type=client_credentials&client_id=msc_d_0&client_secret=mss_x&scope=scim",
                "grant_type=client_credentials&client_id=c&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c",
            ],
            ["&", "=", "%", "%00", "%C3%28", "+", "grant_type=", "client_credentials", "client_id=", "scope=", "scim", " ", ";", "\ud800"],
            TryRequest),
        new("basic", ["Basic bXNjX2RfMDptc3NfeA==", "Basic JTNBOiUzQQ==", "Basic Og=="], ["Basic ", "=", "==", ":", "%", "Og", " ", "Bearer ", "é"], TryBasic),
        new("assertion", [Assertion, "..", "a.b.c"], [".", "..", "e30", "eyJhbGciOiJub25lIn0", "A", "-", "_", "=", "bnVsbA", "W10"], TryAssertion),
        new("jwks", [Keys], ["\"kty\":\"RSA\"", "\"kid\":", "\"n\":", "\"e\":", "\"crv\":", "null", "{}", "[]", "1e999", ",", "\"keys\":[", "\"x5c\":[\"AA\"]", "\"key_ops\":[null]"], TryKeys),
        new("jwks-url", ["https://login.example/keys", "https://[::ffff:10.0.0.1]/k", "http://127.1/k"], ["https://", "http://", "@", ":", "/", "[", "]", "::", "127", "10.", "0x7f", "localhost", "#", "?", "\\", "%"], TryUrl),
    ];

    private static string TryRequest(byte[] input)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Body = new MemoryStream(input);
        return Shown(TokenRequest.Read(http).GetAwaiter().GetResult());
    }

    private static string TryBasic(byte[] input)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "application/x-www-form-urlencoded";
        http.Request.Headers.Authorization = Samples.Text(input);
        http.Request.Body = new MemoryStream("grant_type=client_credentials"u8.ToArray());
        return Shown(TokenRequest.Read(http).GetAwaiter().GetResult());
    }

    private static string Shown(TokenRequest request)
    {
        BrokenRuleException.Unless(request.Error is null or { Status: 400 or 401 }, "a request is refused otherwise than by 400 or 401");
        return request.Error?.Description ?? Outcome.Accepted;
    }

    private static string TryAssertion(byte[] input)
    {
        var verdict = Assertions.Judge(Samples.Text(input), Federation, CancellationToken.None).GetAwaiter().GetResult();
        BrokenRuleException.Unless(verdict.Seen is null, "an assertion that nobody signed is taken");

        // So far one comes that is good but for its signature.
        return verdict.Fault == AssertionFault.Signature ? Outcome.Accepted : verdict.Fault.ToString();
    }

    private static string TryKeys(byte[] input)
    {
        if (JwksReader.Read(Samples.Text(input)) is not { } keys)
        {
            return "none";
        }

        BrokenRuleException.Unless(keys.All(k => k.Kty is "RSA" or "EC" && k.Kid.Length > 0), "a key is taken that must not serve");
        return keys.Length > 0 ? Outcome.Accepted : "empty";
    }

    private static string TryUrl(byte[] input)
    {
        var taken = new JwksAddresses(privateNetworks: false).TryRead(Samples.Text(input), out var address);
        BrokenRuleException.Unless(!taken || address!.Scheme == "https", "an address is taken that is not https");
        return taken ? Outcome.Accepted : "refused";
    }

    private static string Encoded(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private sealed class FixedKeys : IJwksSource
    {
        public Task<JsonWebKey[]?> Fetch(string url) => Task.FromResult(JwksReader.Read(Keys));
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
