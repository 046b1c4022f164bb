using System.Text;

namespace Api.Tests.OAuth;

/// <summary>An OAuth 2.0 client of a directory, as its identity provider has it.</summary>
internal sealed record TestClient(TestDirectory Directory, string Id, string ClientId)
{
    public const string JwtBearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    public string Path => $"/directories/{Directory.Id}/clients/{Id}";

    public static async Task<TestClient> Make(TestDirectory directory, string more = "")
    {
        var made = (await directory.Server.Admin.Post($"/directories/{directory.Id}/clients", $$"""{"name":"A client"{{more}}}""")).ShouldBe(201);
        return new TestClient(directory, made.Id, made.String("clientId")!);
    }

    /// <summary>A client with a federation.</summary>
    public static async Task<TestClient> Of(TokenIssuer issuer, TestDirectory directory, string? tenant = TokenIssuer.Tenant)
    {
        var client = await Make(directory);
        (await client.Trust(issuer, tenant: tenant)).ShouldBe(200);
        return client;
    }

    public Task<Answer> Trust(TokenIssuer issuer, string? subject = null, string? tenant = TokenIssuer.Tenant) =>
        Directory.Server.Admin.Put($"{Path}/federation", $$"""
            {"issuer":"{{issuer.Issuer}}","jwksUrl":"{{issuer.JwksUrl}}","subject":"{{subject ?? TokenIssuer.Subject}}","audience":"{{TokenIssuer.Audience}}"
             {{(tenant is null ? "" : $",\"tenantId\":\"{tenant}\"")}}}
            """);

    public async Task<(string Id, string Secret)> NewSecret(string body = "{}")
    {
        var made = (await Directory.Server.Admin.Post($"{Path}/secrets", body)).ShouldBe(201);
        return (made.Id, made.String("secret")!);
    }

    public Task<Answer> BySecret(string secret, TestServer? server = null) =>
        Ask(server ?? Directory.Server, [("grant_type", "client_credentials"), ("client_id", ClientId), ("client_secret", secret), ("scope", "scim")]);

    public Task<Answer> ByBasic(string secret) =>
        Ask(Directory.Server, [("grant_type", "client_credentials")], basic: $"{Uri.EscapeDataString(ClientId)}:{Uri.EscapeDataString(secret)}");

    public Task<Answer> ByAssertion(string assertion, TestServer? server = null) => Ask(
        server ?? Directory.Server,
        [("grant_type", "client_credentials"), ("client_id", ClientId), ("client_assertion_type", JwtBearer), ("client_assertion", assertion), ("scope", "scim")]);

    /// <summary>Asks for an access token.</summary>
    public static Task<Answer> Ask(TestServer server, (string Name, string Value)[] form, string? basic = null, string prefix = "")
    {
        var body = string.Join('&', form.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
        var headers = new List<(string, string)> { ("Content-Type", "application/x-www-form-urlencoded") };
        if (basic is not null)
        {
            headers.Add(("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(basic))));
        }

        return server.Client(prefix + "/oauth2/token", token: null).Post("", body, [.. headers]);
    }
}
