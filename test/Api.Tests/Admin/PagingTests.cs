using System.Text.Json.Nodes;

namespace Api.Tests.Admin;

/// <summary>Lists come a page at a time, by keyset.</summary>
public sealed class PagingTests
{
    [Fact]
    public async Task Tenants_WalkedByPages_AreEachThereOnceWhileOthersComeAndGo()
    {
        await using var server = await TestServer.Start();
        var made = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            made.Add(await server.MakeTenant($"Walked {i}"));
        }

        var (seen, pages) = (new List<string>(), 0);
        await foreach (var page in Pages(server.Admin, "/tenants?count=3&name=walked"))
        {
            seen.AddRange(page.Select(t => (string)t!["id"]!));
            if (++pages == 1)
            {
                await server.MakeTenant("Walked late");
                (await server.Admin.Delete($"/tenants/{made[0]}")).ShouldBe(202);
                (await server.Admin.Delete($"/tenants/{made[2]}")).ShouldBe(202);
            }
        }

        seen.ShouldBe(seen.Distinct());
        seen[..7].ShouldBe(made);
        seen.Count.ShouldBe(8);
        pages.ShouldBe(3);
    }

    [Fact]
    public async Task Directories_OfATenant_ArePagedAndChosenByName()
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant();
        foreach (var name in new[] { "Alpha", "Beta", "alphabet" })
        {
            (await server.Admin.Post($"/tenants/{tenant}/directories", $$"""{"name":"{{name}}"}""")).ShouldBe(201);
        }

        var all = new List<JsonNode?>();
        await foreach (var page in Pages(server.Admin, $"/tenants/{tenant}/directories?count=1&name=ALPHA"))
        {
            page.Count.ShouldBeLessThanOrEqualTo(1);
            all.AddRange(page);
        }

        all.Select(d => (string?)d!["name"]).ShouldBe(["Alpha", "alphabet"], ignoreOrder: true);
    }

    [Fact]
    public async Task Keys_ArePagedInTheOrderInWhichTheyWereMade()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        for (var i = 0; i < 4; i++)
        {
            (await server.Admin.Post($"/directories/{directory.Id}/keys", $$"""{"name":"K{{i}}"}""")).ShouldBe(201);
        }

        var names = new List<string?>();
        await foreach (var page in Pages(server.Admin, $"/directories/{directory.Id}/keys?count=2"))
        {
            names.AddRange(page.Select(k => (string?)k!["name"]));
        }

        names.ShouldBe(["A key", "K0", "K1", "K2", "K3"]);
    }

    [Fact]
    public async Task Link_OfAPageWithMore_IsTheAddressOfTheNext()
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant();
        await server.MakeDirectory(tenant);
        await server.MakeDirectory(tenant);

        var first = (await server.Admin.Get($"/tenants/{tenant}/directories?count=1&name=a%20directory")).ShouldBe(200);
        var link = first.Header("Link")!;
        var second = (await server.Client("", server.AdminKey).Get(link[1..link.IndexOf('>', StringComparison.Ordinal)])).ShouldBe(200);

        link.ShouldEndWith("; rel=\"next\"");
        ((string?)second.Json["items"]![0]!["id"]).ShouldNotBe((string?)first.Json["items"]![0]!["id"]);
        second.Json["next"].ShouldBeNull();
        second.Header("Link").ShouldBeNull();
    }

    [Theory]
    [InlineData("count=0", "count")]
    [InlineData("count=1001&after=%20&name=", "count,after,name")]
    [InlineData("count=many&cout=3", "count,cout")]
    [InlineData("count=1&count=2", "count")]
    public async Task List_ParametersWithFaults_AreAllNamed(string query, string places)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        foreach (var list in new[] { "/tenants", $"/tenants/{directory.Tenant}/directories", $"/directories/{directory.Id}/keys", "/keys" })
        {
            (await server.Admin.Get($"{list}?{query}")).ShouldHaveFaults(places.Split(','));
        }
    }

    private static async IAsyncEnumerable<JsonArray> Pages(ApiClient admin, string list)
    {
        string? next = null;
        do
        {
            var page = (await admin.Get(next is null ? list : $"{list}&after={next}")).ShouldBe(200);
            yield return page.Json["items"]!.AsArray();
            next = page.String("next");
        }
        while (next is not null);
    }
}
