using System.Text.Json.Nodes;

namespace Api.Tests.Admin;

/// <summary>Org units as an admin sees them.</summary>
public sealed class OrgUnitTests
{
    private const string Profile = """{"name":"units","orgUnits":[{"kind":"role","paths":["title"]},{"kind":"site","paths":["locale"]}]}""";

    [Fact]
    public async Task Units_OfUsersData_AreListedChangedAndDeleted()
    {
        var (server, directory) = await New();
        var ada = (await directory.Scim.Post("/Users", Bodies.User("ada", ""","title":"Engineer","locale":"Cork" """))).ShouldBe(201);
        await directory.Scim.Post("/Users", Bodies.User("bob", ""","title":"engineer" """));
        await directory.Scim.Post("/Users", Bodies.User("eve", ""","title":"Manager" """));
        var roles = $"/directories/{directory.Id}/org-units/role";

        var page = (await server.Admin.Get(roles)).ShouldBe(200).Json["items"]!.AsArray();
        page.Select(u => ((string?)u!["name"], u["users"]!.GetValue<int>())).ShouldBe([("Engineer", 2), ("Manager", 1)], ignoreOrder: true);
        var found = (await server.Admin.Get($"{roles}?name=ENGIN")).ShouldBe(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        var unit = $"{roles}/{(string?)found["id"]}";
        var read = (await server.Admin.Get(unit)).ShouldBe(200);
        (await server.Admin.Get($"{unit}/users")).ShouldBe(200).Json["items"]!.AsArray().Select(i => (string?)i).ShouldContain(ada.Id);

        var changed = (await server.Admin.Put(unit, """{"displayName":"Engineering","attributes":{"grade":"7"}}""", ("If-Match", read.Header("ETag")!))).ShouldBe(200);
        changed.Json["attributes"]!["grade"]!.GetValue<string>().ShouldBe("7");
        (await server.Admin.Put(unit, "{}", ("If-Match", read.Header("ETag")!))).ShouldBeProblem(412);
        (await server.Admin.Put(unit, "{}", ("If-Match", "7"))).ShouldBeProblem(400);
        (await server.Admin.Put(unit, """{"displayName":" ","attributes":{"":"x"}}""")).ShouldHaveFaults("#/displayName", "#/attributes");
        await directory.Scim.Patch($"/Users/{ada.Id}", Bodies.Replace("title", "\"ENGINEER\""));
        (await server.Admin.Get(unit)).String("displayName").ShouldBe("Engineering");
        (await server.Admin.Get($"/directories/{directory.Id}/users/{ada.Id}/org-units")).ShouldBe(200).Json["items"]![0]!["unit"]!.GetValue<string>().ShouldBe((string?)found["id"]);

        (await server.Admin.Delete(unit)).ShouldBe(204);
        (await server.Admin.Get(unit)).ShouldBeProblem(404);
        (await server.Admin.Get($"/directories/{directory.Id}/users/{ada.Id}/org-units")).ShouldBe(200).Json["items"]![0]!["unit"].ShouldBeNull();
        (await directory.Scim.Get($"/Users/{ada.Id}")).ShouldBe(200).String("title").ShouldBe("ENGINEER");
        (await directory.Scim.Put($"/Users/{ada.Id}", Bodies.User("ada", ""","title":"ENGINEER" """))).ShouldBe(200);
        (await server.Admin.Get(unit)).ShouldBe(200).Json["users"]!.GetValue<int>().ShouldBe(1);
        (await server.Admin.Get($"/directories/{directory.Id}/org-units/site")).Json["items"]![0]!["users"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Move_ADirectoryWithOrgUnits_TakesAlongWhatTheVendorKeeps()
    {
        var (server, from) = await New();
        (await from.Scim.Post("/Users", Bodies.User("ada", ""","title":"Engineer" """))).ShouldBe(201);
        var bob = (await from.Scim.Post("/Users", Bodies.User("bob", ""","title":"Manager","locale":"Cork" """))).ShouldBe(201).Id;
        var engineer = (string)(await Units(from, "role")).Single(u => (string?)u["name"] == "Engineer")["id"]!;
        var cork = (string)(await Units(from, "site")).Single()["id"]!;
        const string Kept = """{"displayName":"Engineering","description":"Who builds","attributes":{"grade":"7","cost":"C-1"}}""";
        (await server.Admin.Put($"/directories/{from.Id}/org-units/role/{engineer}", Kept)).ShouldBe(200);

        // A site without users is moved, too.
        (await server.Admin.Put($"/directories/{from.Id}/org-units/site/{cork}", """{"description":"By the Lee"}""")).ShouldBe(200);
        (await from.Scim.Delete($"/Users/{bob}")).ShouldBe(204);
        var file = (await server.Admin.Get($"/directories/{from.Id}/export")).ShouldBe(200).Text;
        var lines = file.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(l => (string?)JsonNode.Parse(l)!["kind"]).ShouldBe(["head", "user", "orgUnit", "orgUnit", "orgUnit", "end"]);
        JsonNode.Parse(lines[^1])!["orgUnits"]!.GetValue<int>().ShouldBe(3);

        var (_, to) = await New();
        (await Import(to)).ShouldBe((3, 0, 0));
        foreach (var kind in new[] { "role", "site" })
        {
            (await Units(to, kind)).Select(Shown).Order(StringComparer.Ordinal).ShouldBe((await Units(from, kind)).Select(Shown).Order(StringComparer.Ordinal));
        }

        (await Import(to)).ShouldBe((0, 3, 0));

        // What is kept otherwise here stays so; without such units, they are refused.
        (await server.Admin.Put($"/directories/{to.Id}/org-units/role/{engineer}", """{"displayName":"Others"}""")).ShouldBe(200);
        (await Import(to)).ShouldBe((0, 2, 1));
        (await Units(to, "role")).Select(u => (string?)u["displayName"]).ShouldContain("Others");
        (await Import(await server.MakeDirectory())).ShouldBe((0, 0, 3));

        async Task<(int Created, int AlreadyThere, int Refused)> Import(TestDirectory into)
        {
            var counts = (await server.Admin.Post($"/directories/{into.Id}/import", file, ("Content-Type", "application/x-ndjson"))).ShouldBe(200).Json["orgUnits"]!;
            return (counts["created"]!.GetValue<int>(), counts["alreadyThere"]!.GetValue<int>(), counts["refused"]!.GetValue<int>());
        }

        async Task<List<JsonNode>> Units(TestDirectory of, string kind) =>
            [.. (await server.Admin.Get($"/directories/{of.Id}/org-units/{kind}")).ShouldBe(200).Json["items"]!.AsArray().Select(u => u!)];

        static string Shown(JsonNode unit) => $"{unit["id"]} {unit["name"]} {unit["displayName"]} {unit["description"]} {unit["attributes"]!.ToJsonString()} {unit["users"]}";
    }

    [Fact]
    public async Task List_PageByPage_MeetsEachUnitOnce()
    {
        var (server, directory) = await New();
        for (var i = 0; i < 7; i++)
        {
            (await directory.Scim.Post("/Users", Bodies.User($"u{i}", $$""","title":"Role {{i}}" """))).ShouldBe(201);
        }

        var names = new List<string?>();
        var after = "";
        do
        {
            var page = (await server.Admin.Get($"/directories/{directory.Id}/org-units/role?count=2{after}")).ShouldBe(200);
            names.AddRange(page.Json["items"]!.AsArray().Select(u => (string?)u!["name"]));
            after = page.String("next") is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);

        names.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 7).Select(i => $"Role {i}"));
        (await server.Admin.Get($"/directories/{directory.Id}/org-units/role?count=201&after=x&name=")).ShouldHaveFaults("count", "after", "name");
        (await server.Admin.Get($"/directories/{directory.Id}/org-units/planet")).ShouldBeProblem(404);
    }

    private static async Task<(TestServer Server, TestDirectory Directory)> New()
    {
        var server = await TestServer.Shared;
        (await server.Admin.Put("/profiles/units", Profile)).Status.ShouldBeOneOf(200, 201);
        return (server, await server.MakeDirectory(more: ""","profile":"units" """));
    }
}
