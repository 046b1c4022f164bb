using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Api.Tests.OAuth;

/// <summary>An identity provider: it signs assertions, with nothing of what checks them, and serves its keys.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    // RSA keys take long to make: issuers begin with the same.
    private static readonly IssuerKey FirstRsa = Rsa("rsa-1");
    private static readonly IssuerKey FirstEc = Ec("ec-1");

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private int lastToken;

    private TokenIssuer(WebApplication app, TimeProvider time)
    {
        this.app = app;
        this.time = time;
        Keys = [FirstRsa, FirstEc];
    }

    public string Issuer => $"{app.Urls.First()}/tenant/v2.0";

    public string JwksUrl => $"{app.Urls.First()}/keys";

    public const string Subject = "the-service-principal";
    public const string Audience = "api://muster";
    public const string Tenant = "11111111-2222-3333-4444-555555555555";

    /// <summary>A key that no issuer serves, though by its name it could be one's.</summary>
    public static IssuerKey Stranger { get; } = Rsa("rsa-1");

    /// <summary>What it serves.</summary>
    public List<IssuerKey> Keys { get; }

    /// <summary>How it answers instead of with its keys, or null.</summary>
    public Func<HttpContext, Task>? Answer { get; set; }

    /// <summary>How often it was asked for its keys.</summary>
    public int Asked { get; private set; }

    public static async Task<TokenIssuer> Start(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var made = builder.Build();
        TokenIssuer? issuer = null;
        made.MapGet("/keys", async http =>
        {
            issuer!.Asked++;
            await (issuer.Answer ?? (h => h.Response.WriteAsync(issuer.KeySet())))(http);
        });
        await made.StartAsync();
        return issuer = new TokenIssuer(made, time);
    }

    public static IssuerKey Rsa(string kid, int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return new IssuerKey(kid, rsa, new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = kid,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
        });
    }

    public static IssuerKey Ec(string kid)
    {
        var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = ec.ExportParameters(includePrivateParameters: false);
        return new IssuerKey(kid, ec, new JsonObject
        {
            ["kty"] = "EC",
            ["use"] = "sig",
            ["kid"] = kid,
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(parameters.Q.X),
            ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
        });
    }

    /// <summary>A good assertion, but for what is said.</summary>
    /// <param name="claims">Changes its claims: a null takes one away.</param>
    /// <param name="alg">Its algorithm.</param>
    /// <param name="key">Who signs it; its first RSA key, or its first EC key, where none is given.</param>
    /// <param name="header">Changes its header.</param>
    public string Assertion(Action<JsonObject>? claims = null, string alg = "RS256", IssuerKey? key = null, Action<JsonObject>? header = null)
    {
        key ??= Keys.First(k => (k.Key is ECDsa) == (alg == "ES256"));
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = Subject,
            ["aud"] = Audience,
            ["tid"] = Tenant,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 300,
            ["jti"] = $"token-{Interlocked.Increment(ref lastToken)}",
        };
        claims?.Invoke(payload);
        var head = new JsonObject { ["alg"] = alg, ["typ"] = "JWT", ["kid"] = key.Kid };
        header?.Invoke(head);
        var signed = $"{Encoded(head)}.{Encoded(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(alg, key, Encoding.ASCII.GetBytes(signed)))}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static string Encoded(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private static byte[] Signature(string alg, IssuerKey key, byte[] signed) => alg switch
    {
        "RS256" => ((RSA)key.Key).SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        "RS512" => ((RSA)key.Key).SignData(signed, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "PS256" => ((RSA)key.Key).SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "ES256" => ((ECDsa)key.Key).SignData(signed, HashAlgorithmName.SHA256),

        // What everybody knows taken for a shared secret: the old confusion of public key and HMAC key.
        "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(((RSA)key.Key).ExportSubjectPublicKeyInfoPem()), signed),
        _ => [],
    };

    private string KeySet() => new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(k => k.Public.DeepClone())]) }.ToJsonString();
}
