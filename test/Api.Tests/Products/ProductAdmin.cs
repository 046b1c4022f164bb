using System.Text.Json.Nodes;

namespace Api.Tests.Products;

/// <summary>What a product's admin does and sees in it: the vendor's application asks the admin API for it.</summary>
internal sealed class ProductAdmin
{
    private readonly TestServer server;

    private ProductAdmin(TestServer server, Answer directory)
    {
        this.server = server;
        Id = directory.Id;
        TenantUrl = directory.String("tenantUrl")!;
    }

    /// <summary>The directory's id.</summary>
    public string Id { get; }

    /// <summary>The Tenant URL as it is shown.</summary>
    public string TenantUrl { get; }

    /// <summary>The admin API of the directory.</summary>
    public ApiClient Api => server.Client($"/admin/v1/directories/{Id}", server.AdminKey);

    /// <summary>Makes a directory of a profile, and says no more of it than its name.</summary>
    public static async Task<ProductAdmin> MakeDirectory(TestServer server, string name, string profile, string? tenant = null) =>
        new(server, (await server.Admin.Post($"/tenants/{tenant ?? await server.MakeTenant()}/directories", $$"""{"name":"{{name}}","profile":"{{profile}}"}""")).ShouldBe(201));

    /// <summary>Makes a token, which is shown once and never again.</summary>
    public async Task<(string Id, string SecretToken)> MakeKey(string name)
    {
        var made = (await Api.Post("/keys", $$"""{"name":"{{name}}"}""")).ShouldBe(201);
        var token = made.String("secretToken")!;
        (await Api.Get("/keys")).ShouldBe(200).Text.ShouldNotContain(token[^20..]);
        return (made.Id, token);
    }

    /// <summary>Puts what is shown into an application in Entra.</summary>
    public EntraApplication Connect(string secretToken, string mapping) => new(server, TenantUrl, secretToken, mapping);

    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonNode>> Items(string what)
    {
        var all = new List<JsonNode>();
        var after = "";
        do
        {
            var page = (await Api.Get($"/{what}{(what.Contains('?', StringComparison.Ordinal) ? '&' : '?')}count=50{after}")).ShouldBe(200);
            all.AddRange(page.Json["items"]!.AsArray().Select(i => i!));
            after = page.String("next") is { } next ? $"&after={Uri.EscapeDataString(next)}" : "";
        }
        while (after.Length > 0);

        return all;
    }

    /// <summary>The ids of whom the identity provider has removed, by the events.</summary>
    public async Task<List<string>> Removed()
    {
        var all = new List<string>();
        var cursor = 0L;
        while (true)
        {
            var page = (await Api.Get($"/events?count=500&cursor={cursor}")).ShouldBe(200).Json;
            if (page["events"]!.AsArray() is { Count: 0 })
            {
                return all;
            }

            all.AddRange(page["events"]!.AsArray().Where(e => (string)e!["kind"]! == "delete").Select(e => (string)e!["resourceId"]!));
            cursor = page["next"]!.GetValue<long>();
        }
    }

    /// <summary>
    /// What an admin of every product sees: who provisioned whom, when, with what result and what it changed; a line for the wrong token;
    /// the state of the connection, far from quarantine; the progress of the first cycle.
    /// </summary>
    /// <param name="key">The id of the key that was used.</param>
    /// <param name="entra">The application.</param>
    public async Task ShouldSeeWhatHappened(string key, EntraApplication entra)
    {
        var user = (await entra.Users()).Last();
        (await entra.Scim.Patch($"/Users/{user["id"]}", Bodies.Patch("""{"op":"Replace","path":"title","value":"Head of Seeing"}"""))).ShouldBe(200);

        var change = await Logged($"resourceId={user["id"]}&method=PATCH");
        (change["credentialId"]!.GetValue<string>(), change["status"]!.GetValue<int>(), change["outcome"]!.GetValue<string>()).ShouldBe((key, 200, "succeeded"));
        change["at"]!.GetValue<DateTimeOffset>().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        change["requestBody"]!.ToJsonString().ShouldContain("Head of Seeing");
        (await Logged("status=401"))["outcome"]!.GetValue<string>().ShouldBe("unauthenticated");

        var connection = (await Api.Get("/connection")).ShouldBe(200).Json;
        ((string?)connection["state"], (string?)connection["client"], (string?)connection["quarantine"]!["risk"]).ShouldBe(("connected", "entra", "low"));
        connection["lastRequest"].ShouldNotBeNull();
        connection["quarantine"]!["failureRatio"]!.GetValue<double>().ShouldBeLessThan(0.4);

        var progress = (await Api.Get("/progress")).ShouldBe(200).Json;
        ((string?)progress["state"], progress["users"]!.GetValue<int>()).ShouldBe(("underWay", (await entra.Users()).Count));
        progress["usersMade"]!.GetValue<int>().ShouldBeGreaterThan(0);
        progress["points"]!.AsArray().ShouldNotBeEmpty();
    }

    /// <summary>The newest request of the log that is so, with its body.</summary>
    private async Task<JsonNode> Logged(string which)
    {
        var found = (await Api.Get($"/requests?{which}")).ShouldBe(200).Json["items"]!.AsArray();
        found.ShouldNotBeEmpty(which);
        return (await Api.Get($"/requests/{(string?)found[0]!["id"]}")).ShouldBe(200).Json;
    }
}
