namespace Api.Tests.OAuth;

/// <summary>What tells of the ways in: RFC 8414, and <c>/ServiceProviderConfig</c>.</summary>
public sealed class MetadataTests
{
    [Fact]
    public async Task Metadata_OfTheServer_SaysWhatTheTokenEndpointTakes()
    {
        var server = await TestServer.Shared;

        var answer = (await server.Client("/.well-known/oauth-authorization-server", token: null).Get("")).ShouldBe(200);

        answer.String("issuer").ShouldBe(server.Url);
        answer.String("token_endpoint").ShouldBe($"{server.Url}/oauth2/token");
        Texts("grant_types_supported").ShouldBe(["client_credentials"]);
        Texts("response_types_supported").ShouldBeEmpty();
        Texts("scopes_supported").ShouldBe(["scim"]);
        Texts("token_endpoint_auth_methods_supported").ShouldBe(["client_secret_basic", "client_secret_post", "private_key_jwt"]);
        Texts("token_endpoint_auth_signing_alg_values_supported").ShouldBe(["RS256", "PS256", "ES256"]);

        IEnumerable<string> Texts(string name) => answer.Json[name]!.AsArray().Select(t => t!.GetValue<string>());
    }

    [Fact]
    public async Task Metadata_OfADirectory_IsTheSameWhetherItExistsOrNot()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var http = server.Client("/.well-known/oauth-authorization-server/directories/", token: null);

        var existing = (await http.Get(directory.Id)).ShouldBe(200);
        var missing = (await http.Get("no-such-one-here")).ShouldBe(200);

        existing.String("issuer").ShouldBe($"{server.Url}/directories/{directory.Id}");
        existing.String("token_endpoint").ShouldBe($"{server.Url}/directories/{directory.Id}/oauth2/token");
        existing.Visible(directory.Id).ShouldBe(missing.Visible("no-such-one-here"));
        (await http.Get("No%20Id")).ShouldBe(404);
    }

    [Fact]
    public async Task ServiceProviderConfig_ListsBearerTokensAndOAuth2()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();

        var schemes = (await directory.Scim.Get("/ServiceProviderConfig")).ShouldBe(200).Json["authenticationSchemes"]!.AsArray();

        schemes.Select(s => (s!["type"]!.GetValue<string>(), s["primary"]!.GetValue<bool>())).ShouldBe([("oauthbearertoken", true), ("oauth2", false)]);
    }
}
