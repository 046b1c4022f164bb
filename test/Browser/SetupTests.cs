using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Api.Tests.OAuth;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What a customer's own admin does on the page of a setup link, and what its values are good for.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private const string Scim = "application/scim+json";

    private readonly HttpClient http = new();
    private ServerUnderTest server = null!;
    private string directory = null!;

    public async Task InitializeAsync()
    {
        server = await ServerUnderTest.Start("--OAuth:PrivateNetworks", "true");
        var tenant = await Made("/tenants", """{"name":"Contoso"}""");
        directory = Text(await Made($"/tenants/{Text(tenant, "id")}/directories", """{"name":"Employees"}"""), "id");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Key_MadeOnThePage_ProvisionsAUser_AndTheLinkOpensNothingMore()
    {
        var link = await NewLink();
        await using var chromium = await Chromium.Start();
        var page = chromium.Page;

        await page.GotoAsync(link);
        (await page.Locator("#tenant").TextContentAsync()).ShouldBe("Contoso");
        (await page.Locator("#directory").TextContentAsync()).ShouldBe("Employees");
        (await page.Locator("#label").TextContentAsync()).ShouldBe("Contoso, first rollout");
        page.Url.ShouldNotContain("msl_");
        await chromium.Shoot("setup-choice", "main");
        await page.Locator("#use-key").ClickAsync();

        var tenantUrl = await Value(page, "tenant-url");
        var secretToken = await Value(page, "secret-token");
        await chromium.Shoot("setup-values", "main");
        await Copy(page, "tenant-url", "Tenant URL", tenantUrl);
        await Copy(page, "secret-token", "Secret Token", secretToken);
        await ShouldProvision(tenantUrl, secretToken);

        // Whoever loads the page again is shown the same values; one key is made.
        await page.ReloadAsync();
        (await Value(page, "secret-token")).ShouldBe(secretToken);
        (await Listed("keys")).ShouldHaveSingleItem();

        await ShouldBeGone(page, link);
        (await Listed("keys")).ShouldHaveSingleItem();
        Text((await Listed("setup-links")).ShouldHaveSingleItem(), "state").ShouldBe("used");
        chromium.Requests.ShouldAllBe(r => !r.Contains("msl_"));
        chromium.ShouldHaveAskedOnly(server.Url, 404);
    }

    [Fact]
    public async Task Client_MadeOnThePage_GetsATokenAndProvisionsAUser()
    {
        var link = await NewLink();
        await using var chromium = await Chromium.Start();
        var page = chromium.Page;

        await page.GotoAsync(link);
        await page.Locator("#way-client > summary").ClickAsync();
        await page.Locator("#years").SelectOptionAsync("2");
        await page.Locator("#use-client").ClickAsync();

        var (clientId, clientSecret) = (await Value(page, "client-id"), await Value(page, "client-secret"));
        await Copy(page, "token-url", "Token endpoint", await Value(page, "token-url"));
        await Copy(page, "client-id", "Client ID", clientId);
        await Copy(page, "client-secret", "Client secret", clientSecret);
        (await page.Locator("#secret-token").CountAsync()).ShouldBe(0);
        var token = await AccessToken(await Value(page, "token-url"), new() { ["client_id"] = clientId, ["client_secret"] = clientSecret });
        await ShouldProvision(await Value(page, "tenant-url"), token);

        await ShouldBeGone(page, link);
        (await Listed("clients")).ShouldHaveSingleItem();
        chromium.ShouldHaveAskedOnly(server.Url, 404);
    }

    [Fact]
    public async Task Federation_FilledInWithFaultsAndThenWell_GetsATokenAndProvisionsAUser()
    {
        await using var issuer = await TokenIssuer.Start(TimeProvider.System);
        var link = await NewLink();
        await using var chromium = await Chromium.Start();
        var page = chromium.Page;

        await page.GotoAsync(link);
        await page.Locator("#way-federation > summary").ClickAsync();
        await page.Locator("#tenant-id").FillAsync("contoso");
        await page.Locator("#subject").FillAsync(TokenIssuer.Subject);
        await page.Locator("#use-federation").ClickAsync();

        var faults = page.Locator("#faults");
        (await faults.TextContentAsync()).ShouldNotBeNull().ShouldContain("the link is still good");
        (await faults.EvaluateAsync<bool>("f => f === document.activeElement")).ShouldBeTrue();
        (await faults.Locator("li a").AllTextContentsAsync()).ShouldBe(["Tenant ID", "Audience"], ignoreOrder: true);
        (await page.Locator("#tenant-id-fault").TextContentAsync()).ShouldNotBeNull().ShouldContain("must be a GUID");
        (await page.Locator("#tenant-id").InputValueAsync()).ShouldBe("contoso");
        (await page.Locator("#subject").InputValueAsync()).ShouldBe(TokenIssuer.Subject);
        await chromium.Shoot("setup-faults", "main");
        (await Listed("clients")).ShouldBeEmpty();

        // The link of a fault leads to its field.
        await faults.GetByRole(AriaRole.Link, new() { Name = "Tenant ID" }).ClickAsync();
        await page.Locator("#tenant-id").FillAsync(TokenIssuer.Tenant);
        await page.Locator("#audience").FillAsync(TokenIssuer.Audience);
        await page.Locator("#other-issuer > summary").ClickAsync();
        await page.Locator("#issuer").FillAsync(issuer.Issuer);
        await page.Locator("#jwks-url").FillAsync(issuer.JwksUrl);
        await page.Locator("#use-federation").ClickAsync();

        var clientId = await Value(page, "client-id");
        (await page.Locator("#client-secret").CountAsync()).ShouldBe(0);
        var token = await AccessToken(await Value(page, "token-url"), new()
        {
            ["client_id"] = clientId,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = issuer.Assertion(),
        });
        await ShouldProvision(await Value(page, "tenant-url"), token);

        await ShouldBeGone(page, link);
        (await Listed("clients")).ShouldHaveSingleItem();
        chromium.ShouldHaveAskedOnly(server.Url, 400, 404);
    }

    [Fact]
    public async Task Key_MadeOnThePageWithoutScripts_ProvisionsAUser()
    {
        var link = await NewLink();
        await using var chromium = await Chromium.Start(scripts: false);
        var page = chromium.Page;

        await page.GotoAsync(link);
        await page.Locator("#link").FillAsync(link);
        await page.Locator("#continue").ClickAsync();
        await page.Locator("#use-key").ClickAsync();

        await ShouldProvision(await Value(page, "tenant-url"), await Value(page, "secret-token"));
        (await page.Locator("#copy-secret-token").IsVisibleAsync()).ShouldBeFalse();
        chromium.ShouldHaveAskedOnly(server.Url);
    }

    private static async Task<string> Value(IPage page, string id)
    {
        var value = await page.Locator($"#values #{id}").InputValueAsync();
        value.ShouldNotBeEmpty(id);
        return value;
    }

    private static async Task Copy(IPage page, string id, string label, string value)
    {
        await page.EvaluateAsync("navigator.clipboard.writeText('')");
        await page.Locator($"#copy-{id}").ClickAsync();
        await page.Locator("#copied").GetByText($"{label} copied.").WaitForAsync();
        (await page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(value);
    }

    private static async Task ShouldBeGone(IPage page, string link)
    {
        await page.GotoAsync("about:blank");
        await page.GotoAsync(link);
        await page.GetByRole(AriaRole.Heading, new() { Name = "This setup link does not work" }).WaitForAsync();
        (await page.Locator("form").CountAsync()).ShouldBe(0);
    }

    private async Task ShouldProvision(string tenantUrl, string token)
    {
        const string User = """{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com","active":true}""";
        var (status, made) = await Ask(HttpMethod.Post, tenantUrl + "/Users", token, new StringContent(User, new MediaTypeHeaderValue(Scim)));
        status.ShouldBe(HttpStatusCode.Created, made);
        var (found, list) = await Ask(HttpMethod.Get, tenantUrl + "/Users?filter=" + Uri.EscapeDataString("userName eq \"ada@example.com\""), token);
        found.ShouldBe(HttpStatusCode.OK, list);
        Text(JsonNode.Parse(list)!["Resources"]!.AsArray().ShouldHaveSingleItem()!, "id").ShouldBe(Text(JsonNode.Parse(made)!, "id"));
    }

    private async Task<string> AccessToken(string tokenUrl, Dictionary<string, string> client)
    {
        using var form = new FormUrlEncodedContent(client.Append(new("grant_type", "client_credentials")).Append(new("scope", "scim")));
        using var answer = await http.PostAsync(new Uri(tokenUrl), form);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return Text(JsonNode.Parse(text)!, "access_token");
    }

    private async Task<string> NewLink() => Text(await Made($"/directories/{directory}/setup-links", """{"label":"Contoso, first rollout"}"""), "url");

    private async Task<JsonNode> Made(string path, string body)
    {
        var (status, text) = await Ask(HttpMethod.Post, $"{server.Url}/admin/v1{path}", server.AdminKey, new StringContent(body, new MediaTypeHeaderValue("application/json")));
        status.ShouldBe(HttpStatusCode.Created, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<List<JsonNode>> Listed(string what)
    {
        var (status, text) = await Ask(HttpMethod.Get, $"{server.Url}/admin/v1/directories/{directory}/{what}", server.AdminKey);
        status.ShouldBe(HttpStatusCode.OK, text);
        return [.. JsonNode.Parse(text)!["items"]!.AsArray().OfType<JsonNode>()];
    }

    private async Task<(HttpStatusCode Status, string Text)> Ask(HttpMethod method, string address, string token, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Text(JsonNode node, string member) => (string)node[member]!;
}
