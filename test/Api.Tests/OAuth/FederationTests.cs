using System.Text.Json.Nodes;
using Api.OAuth;
using Microsoft.AspNetCore.Http;

namespace Api.Tests.OAuth;

/// <summary>Workload identity federation: client credentials by the assertion of an identity provider (RFC 7523).</summary>
public sealed class FederationTests(OAuthWorld world) : IClassFixture<OAuthWorld>
{
    /// <summary>Each assertion that must be refused, by what is wrong with it.</summary>
    private static readonly Dictionary<string, Func<TokenIssuer, string>> Bad = new(StringComparer.Ordinal)
    {
        ["audience"] = i => i.Assertion(c => c["aud"] = "api://another"),
        ["audience, by letter case"] = i => i.Assertion(c => c["aud"] = TokenIssuer.Audience.ToUpperInvariant()),
        ["audience, with a slash more"] = i => i.Assertion(c => c["aud"] = TokenIssuer.Audience + "/"),
        ["no audience"] = i => i.Assertion(c => c.Remove("aud")),
        ["issuer"] = i => i.Assertion(c => c["iss"] = "https://login.example/v2.0"),
        ["no issuer"] = i => i.Assertion(c => c.Remove("iss")),
        ["subject"] = i => i.Assertion(c => c["sub"] = "another"),
        ["no subject"] = i => i.Assertion(c => c.Remove("sub")),
        ["tid"] = i => i.Assertion(c => c["tid"] = Guid.Empty.ToString()),
        ["no tid"] = i => i.Assertion(c => c.Remove("tid")),
        ["tid of another type"] = i => i.Assertion(c => c["tid"] = new JsonObject()),
        ["no exp"] = i => i.Assertion(c => c.Remove("exp")),
        ["exp past"] = i => i.Assertion(c => Shift(c, "exp", -300 - 60)),
        ["nbf to come"] = i => i.Assertion(c => Shift(c, "nbf", 62)),
        ["a life too long"] = i => i.Assertion(c => Shift(c, "exp", 25 * 3600)),
        ["exp that is no number"] = i => i.Assertion(c => c["exp"] = "tomorrow"),
        ["exp out of all range"] = i => i.Assertion(c => c["exp"] = 1e300),
        ["alg none"] = i => i.Assertion(alg: "none"),
        ["alg none, capitals"] = i => i.Assertion(alg: "NONE"),
        ["alg none with a good signature"] = i => Resigned(i.Assertion(alg: "none"), i.Assertion()),
        ["HS256 with the public key"] = i => i.Assertion(alg: "HS256"),
        ["RS512"] = i => i.Assertion(alg: "RS512"),
        ["ES256 said, RS256 done"] = i => i.Assertion(header: h => h["alg"] = "ES256"),
        ["RS256 said, ES256 done"] = i => i.Assertion(alg: "ES256", header: h => h["alg"] = "RS256"),
        ["PS256 said, RS256 done"] = i => i.Assertion(header: h => h["alg"] = "PS256"),
        ["kid unknown"] = i => i.Assertion(header: h => h["kid"] = "rsa-9"),
        ["kid of another key"] = i => i.Assertion(header: h => h["kid"] = "ec-1"),
        ["no kid"] = i => i.Assertion(header: h => h.Remove("kid")),
        ["a key of its own in its header"] = i => Own(i, (h, k) => h["jwk"] = k.Public.DeepClone()),
        ["an address of its own in its header"] = i => Own(i, (h, _) => h["jku"] = i.JwksUrl),
        ["a header that must be understood"] = i => i.Assertion(header: h => h["crit"] = new JsonArray("exp")),
        ["signed by a stranger"] = i => i.Assertion(key: TokenIssuer.Stranger),
        ["no signature"] = i => Resigned(i.Assertion(), "a.b."),
        ["a claim changed"] = i => Resigned(i.Assertion(c => c["more"] = "x"), i.Assertion()),
        ["cut"] = i => i.Assertion()[..^4],
        ["two parts"] = i => i.Assertion().Split('.')[0] + ".e30",
        ["five parts"] = i => i.Assertion() + ".x.y",
        ["no JSON"] = _ => "!!!.???.###",
        ["empty parts"] = _ => "..",
        ["payload that is no object"] = _ => "eyJhbGciOiJSUzI1NiIsImtpZCI6InJzYS0xIn0.W10.AAAA",
        ["too long"] = i => i.Assertion(c => c["more"] = new string('x', ClientAssertions.MaxLength)),
    };

    public static TheoryData<string> BadAssertions => [.. Bad.Keys];

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Token_GoodAssertion_OpensTheDirectory(string alg)
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;

        var token = (await client.ByAssertion(issuer.Assertion(alg: alg))).ShouldBeToken();

        await client.Directory.ShouldOpen(token);
    }

    [Fact]
    public async Task Token_AudienceAmongSeveral_AndNoTidWhereNoneWasPasted_IsGiven()
    {
        await using var issuer = await TokenIssuer.Start(world.Time);
        var client = await TestClient.Of(issuer, await world.Server.MakeDirectory(), tenant: null);

        (await client.ByAssertion(issuer.Assertion(c => c["aud"] = new JsonArray("x", TokenIssuer.Audience)))).ShouldBeToken();
        (await client.ByAssertion(issuer.Assertion(c => c.Remove("tid")))).ShouldBeToken();
        (await client.ByAssertion(issuer.Assertion(c => c.Remove("nbf")))).ShouldBeToken();
        (await client.ByAssertion(issuer.Assertion(c => { c.Remove("jti"); c.Remove("iat"); }))).ShouldBeToken();
    }

    [Theory]
    [MemberData(nameof(BadAssertions))]
    public async Task Assertion_WithAFault_IsRefusedAsAnyOther(string fault)
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;

        // Known keys, so that none of these is refused for lack of them.
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        world.Time.Advance(JwksCache.MinPause);
        var refused = (await client.ByAssertion(Bad[fault](issuer))).ShouldBeRefused(401, "invalid_client");

        refused.Visible("").ShouldBe((await client.BySecret("wrong")).Visible(""));
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
    }

    [Fact]
    public async Task Assertion_WithinTheClockSkew_IsTaken()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;

        (await client.ByAssertion(issuer.Assertion(c => Shift(c, "exp", -300 - 58)))).ShouldBeToken();
        (await client.ByAssertion(issuer.Assertion(c => Shift(c, "nbf", 58)))).ShouldBeToken();
    }

    [Fact]
    public async Task Assertion_SentAgain_IsRefusedForItsLife()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        var byJti = issuer.Assertion(c => c["jti"] = "one");
        var byUti = issuer.Assertion(c => { c.Remove("jti"); c["uti"] = "two"; });
        var byItself = issuer.Assertion(c => c.Remove("jti"), alg: "ES256");
        foreach (var assertion in new[] { byJti, byUti, byItself })
        {
            (await client.ByAssertion(assertion)).ShouldBeToken();
            (await client.ByAssertion(assertion)).ShouldBeRefused(401, "invalid_client");
        }

        // The same name in another token is the same, too; and so is the same token with another signature of its key.
        (await client.ByAssertion(issuer.Assertion(c => { c["jti"] = "one"; c["more"] = 1; }))).ShouldBeRefused(401, "invalid_client");
        (await client.ByAssertion(OtherSignature(byItself))).ShouldBeRefused(401, "invalid_client");

        world.Time.Advance(TimeSpan.FromSeconds(350));
        (await client.ByAssertion(byJti)).ShouldBeRefused(401, "invalid_client");
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
    }

    [Fact]
    public async Task Keys_TheIssuerIsDown_KnownOnesServeForADay()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        issuer.Answer = http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };

        world.Time.Advance(TimeSpan.FromHours(23));
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        var unknown = (await client.ByAssertion(issuer.Assertion(header: h => h["kid"] = "rsa-9"))).ShouldBeRefused(503, "temporarily_unavailable");
        unknown.Header("Retry-After").ShouldNotBeNull();
        world.Time.Advance(TimeSpan.FromHours(2));
        (await client.ByAssertion(issuer.Assertion())).ShouldBeRefused(503, "temporarily_unavailable");
        issuer.Answer = null;
        world.Time.Advance(JwksCache.MinPause);

        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
    }

    [Fact]
    public async Task Keys_Rotated_TheNewOneServesAtOnceAndTheOldOneNoLonger()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        var old = issuer.Keys[0];
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        var asked = issuer.Asked;
        issuer.Keys[0] = TokenIssuer.Rsa("rsa-2");
        world.Time.Advance(JwksCache.MinPause);

        // A key that is known costs no question.
        (await client.ByAssertion(issuer.Assertion(key: old))).ShouldBeToken();
        issuer.Asked.ShouldBe(asked);
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();

        issuer.Asked.ShouldBe(asked + 1);
        (await client.ByAssertion(issuer.Assertion(key: old))).ShouldBeRefused(401, "invalid_client");
    }

    [Fact]
    public async Task Keys_TakenBackByTheIssuer_ServeForAnHourAtTheMost()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        var old = issuer.Keys[0];
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        issuer.Keys.Remove(old);

        world.Time.Advance(JwksCache.FreshFor);

        (await client.ByAssertion(issuer.Assertion(key: old))).ShouldBeRefused(401, "invalid_client");
    }

    [Fact]
    public async Task Keys_UnknownOnesAskedForOften_AreLookedForOnceInTenSeconds()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        var asked = issuer.Asked;
        world.Time.Advance(JwksCache.MinPause);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => client.ByAssertion(issuer.Assertion(header: h => h["kid"] = $"invented-{i}"))));

        answers.ShouldAllBe(a => a.Status == 401);
        issuer.Asked.ShouldBe(asked + 1);
        (await client.ByAssertion(issuer.Assertion(c => c["sub"] = "stranger", header: h => h["kid"] = "x"))).ShouldBeRefused(401, "invalid_client");
        world.Time.Advance(JwksCache.MinPause);
        (await client.ByAssertion(issuer.Assertion(c => c["sub"] = "stranger", header: h => h["kid"] = "x"))).ShouldBeRefused(401, "invalid_client");
        issuer.Asked.ShouldBe(asked + 1, "what could not be good makes nobody look for keys");
    }

    [Theory]
    [InlineData("a redirect")]
    [InlineData("too large")]
    [InlineData("no set of keys")]
    [InlineData("an oct key")]
    [InlineData("weak keys")]
    [InlineData("keys to encrypt with")]
    public async Task Keys_ThatMustNotServe_DoNot(string what)
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        await using var other = await TokenIssuer.Start(world.Time);
        var weak = TokenIssuer.Rsa("rsa-1", bits: 1024);
        issuer.Answer = async http =>
        {
            if (what == "a redirect")
            {
                http.Response.Redirect(other.JwksUrl);
                return;
            }

            var key = (JsonObject)issuer.Keys[0].Public.DeepClone();
            key["use"] = "enc";
            await http.Response.WriteAsync(what switch
            {
                "too large" => new string(' ', JwksHttp.MaxBytes) + "{}",
                "no set of keys" => "[1,2",
                "an oct key" => """{"keys":[{"kty":"oct","kid":"rsa-1","k":"AAAA"}]}""",
                "weak keys" => $$"""{"keys":[{{weak.Public.ToJsonString()}}]}""",
                _ => $$"""{"keys":[{{key.ToJsonString()}}]}""",
            });
        };

        var answer = await client.ByAssertion(issuer.Assertion(key: what == "weak keys" ? weak : null));

        answer.Status.ShouldBeOneOf(401, 503);
        issuer.Asked.ShouldBe(1);
        other.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task Federation_ChangedOrTakenBack_EndsItsTokensAtTheNextRequest()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        var (_, secret) = await client.NewSecret();
        var bySecret = (await client.BySecret(secret)).ShouldBeToken();
        var one = (await client.ByAssertion(issuer.Assertion())).ShouldBeToken();
        (await client.Trust(issuer)).ShouldBe(200);
        await client.Directory.ShouldOpen(one);

        (await client.Trust(issuer, subject: "another")).ShouldBe(200);

        await client.Directory.ShouldNotOpen(one);
        (await client.ByAssertion(issuer.Assertion())).ShouldBeRefused(401, "invalid_client");
        var two = (await client.ByAssertion(issuer.Assertion(c => c["sub"] = "another"))).ShouldBeToken();
        (await world.Server.Admin.Delete($"{client.Path}/federation")).ShouldBe(204);
        await client.Directory.ShouldNotOpen(two);
        (await client.ByAssertion(issuer.Assertion(c => c["sub"] = "another"))).ShouldBeRefused(401, "invalid_client");
        await client.Directory.ShouldOpen(bySecret);
    }

    [Fact]
    public async Task Assertion_OfAnotherClient_DoesNotServe()
    {
        var (issuer, client) = await Federated();
        await using var _ = issuer;
        var other = await TestClient.Make(client.Directory);
        await other.Trust(issuer, subject: "the other's");

        (await other.ByAssertion(issuer.Assertion())).ShouldBeRefused(401, "invalid_client");
        (await other.ByAssertion(issuer.Assertion(c => c["sub"] = "the other's"))).ShouldBeToken();
    }

    [Fact]
    public async Task Keys_OnThisMachine_AreNotFetchedUnlessTheSettingsSaySo()
    {
        await using var issuer = await TokenIssuer.Start(TimeProvider.System);
        await using var server = await TestServer.Start();
        var client = await TestClient.Make(await server.MakeDirectory());
        (await client.Trust(issuer)).ShouldBeProblem(400);
        var port = new Uri(issuer.JwksUrl).Port;
        var byName = $$"""{"issuer":"{{issuer.Issuer}}","jwksUrl":"https://localhost:{{port}}/keys","subject":"{{TokenIssuer.Subject}}","audience":"{{TokenIssuer.Audience}}"}""";
        (await server.Admin.Put($"{client.Path}/federation", byName)).ShouldBe(200);

        (await client.ByAssertion(issuer.Assertion())).ShouldBeRefused(503, "temporarily_unavailable");

        issuer.Asked.ShouldBe(0);
    }

    private static void Shift(JsonObject claims, string name, int seconds) => claims[name] = claims[name]!.GetValue<long>() + seconds;

    /// <summary>A token with the signature of another.</summary>
    private static string Resigned(string token, string other) => $"{token[..token.LastIndexOf('.')]}.{other[(other.LastIndexOf('.') + 1)..]}";

    private static string Own(TokenIssuer issuer, Action<JsonObject, IssuerKey> header) =>
        issuer.Assertion(key: TokenIssuer.Stranger, header: h => header(h, TokenIssuer.Stranger));

    /// <summary>The same token with its ECDSA signature written the other way: s is as good as n - s.</summary>
    private static string OtherSignature(string token)
    {
        var at = token.LastIndexOf('.') + 1;
        var signature = System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan(at));
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        var s = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var mirrored = new System.Numerics.BigInteger(order, isUnsigned: true, isBigEndian: true) - s;
        signature.AsSpan(32).Clear();
        var bytes = mirrored.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(signature.AsSpan(64 - bytes.Length));
        return token[..at] + System.Buffers.Text.Base64Url.EncodeToString(signature);
    }

    private async Task<(TokenIssuer Issuer, TestClient Client)> Federated()
    {
        var issuer = await TokenIssuer.Start(world.Time);
        return (issuer, await TestClient.Of(issuer, await world.Server.MakeDirectory()));
    }
}
