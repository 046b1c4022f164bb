using System.Text.Json.Nodes;
using Entra.Options;

namespace Api.Tests.Products;

/// <summary>frankli, from its page: an external directory is named and made, Base URL and Bearer Token go into Entra, and people are provisioned.</summary>
public sealed class FrankliTests
{
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("default")]
    [InlineData("flagged")]
    public async Task SetUpAndProvision_AsItsPageSays(string dialect)
    {
        var server = await TestServer.Shared;

        // An admin names a new external directory, creates it, and is shown Base URL and Bearer Token.
        var admin = await ProductAdmin.MakeDirectory(server, "Contoso's people", "frankli");
        var (key, token) = await admin.MakeKey("Entra ID");
        using var entra = admin.Connect(token, "frankli");
        await entra.ShouldConnect();

        // Start provisioning: created, updated, blanks sent for what was cleared, disabled, restored, removed.
        await entra.Provision(Enum.Parse<PatchDialect>(dialect, ignoreCase: true), users: 40);
        await entra.Disable((await entra.Users()).First(p => p["active"]!.GetValue<bool>())["id"]!.GetValue<string>());
        var people = await entra.Users();
        await ShouldBeArchived(admin, people);
        await ShouldBeUnits(admin, people);
        (await entra.Scim.Get("/Groups")).ShouldBeError(404);
        await admin.ShouldSeeWhatHappened(key, entra);

        // A user that lacks a required attribute is 400 and named.
        var ada = Person("ada@contoso.com");
        foreach (var (path, without) in new (string, Action<JsonObject>)[]
        {
            ("userName", p => p.Remove("userName")),
            ("active", p => p.Remove("active")),
            ("givenName", p => p["name"]!.AsObject().Remove("givenName")),
            ("familyName", p => p["name"]!.AsObject().Remove("familyName")),
            ("emails", p => p.Remove("emails")),
            ("formatted", p => Address(p).Remove("formatted")),
            ("streetAddress", p => Address(p).Remove("streetAddress")),
            ("locality", p => Address(p).Remove("locality")),
            ("postalCode", p => Address(p).Remove("postalCode")),
            ("country", p => Address(p).Remove("country")),
        })
        {
            var lacking = JsonNode.Parse(ada)!.AsObject();
            without(lacking);
            (await entra.Scim.Post("/Users", lacking.ToJsonString())).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain(path);
        }

        (await entra.Scim.Post("/Users", Person("ada"))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("e-mail");
        (await entra.Users()).Count.ShouldBe(people.Count);

        // Who is newly provisioned is uninvited until an admin invites them.
        var id = (await entra.Scim.Post("/Users", ada)).ShouldBe(201).Id;
        Invitation(await admin.Api.Get($"/users/{id}")).ShouldBe("uninvited");
        Invitation((await admin.Api.Post($"/users/{id}/invite", """{"by":"Bea"}""")).ShouldBe(200)).ShouldBe("invited");
        (await entra.Scim.Get($"/Users/{id}")).ShouldBe(200).Text.ShouldNotContain("invit");

        // A blank clears.
        (await entra.Scim.Patch($"/Users/{id}", Bodies.Patch("""{"op":"Replace","path":"title","value":" "}"""))).ShouldBe(200).Json["title"].ShouldBeNull();

        await SitesDepartmentsAndRoles(entra, admin, id);
        await LeavesAndComesBack(entra, admin, id);
    }

    /// <summary>Whoever Entra has disabled or removed is in the archive, and nobody else.</summary>
    private static async Task ShouldBeArchived(ProductAdmin admin, List<JsonNode> people)
    {
        var removed = await admin.Removed();
        removed.ShouldNotBeEmpty();
        var disabled = people.Where(p => !p["active"]!.GetValue<bool>()).Select(p => (string)p["id"]!).ToList();
        disabled.ShouldNotBeEmpty();
        (await Listed(admin, "users?state=deleted")).ShouldBe(removed, ignoreOrder: true);
        (await Listed(admin, "users?state=archived")).ShouldBe(removed.Concat(disabled), ignoreOrder: true);
        (await Listed(admin, "users?state=all")).ShouldBe(removed.Concat(people.Select(p => (string)p["id"]!)), ignoreOrder: true);
    }

    /// <summary>Sites, departments and roles are those of the people, each with how many there are.</summary>
    private static async Task ShouldBeUnits(ProductAdmin admin, List<JsonNode> people)
    {
        foreach (var (kind, value) in new (string, Func<JsonNode, string?>)[]
        {
            ("site", p => (string?)p["addresses"]![0]!["locality"]),
            ("department", p => (string?)p[Enterprise]?["department"]),
            ("role", p => (string?)p["title"]),
        })
        {
            var units = (await admin.Items($"org-units/{kind}")).ToDictionary(u => (string)u["name"]!, u => u["users"]!.GetValue<int>(), StringComparer.OrdinalIgnoreCase);
            var expected = people.Select(value).OfType<string>().CountBy(v => v, StringComparer.OrdinalIgnoreCase).ToList();
            expected.ShouldNotBeEmpty();
            foreach (var (name, count) in expected)
            {
                units.GetValueOrDefault(name).ShouldBe(count, $"{kind} {name}");
            }

            units.Values.Sum().ShouldBe(expected.Sum(e => e.Value));
        }
    }

    /// <summary>They are the vendor's: renamed and graded there, never overwritten; deleted, their users show as unassigned until the next value comes.</summary>
    private static async Task SitesDepartmentsAndRoles(EntraApplication entra, ProductAdmin admin, string ada)
    {
        (await entra.Scim.Patch($"/Users/{ada}", Title("Countess of Lovelace"))).ShouldBe(200);
        var role = (await admin.Items("org-units/role?name=countess")).ShouldHaveSingleItem();
        var address = $"/org-units/role/{(string?)role["id"]}";
        (await admin.Api.Put(address, """{"displayName":"Peerage","attributes":{"grade":"7"}}""")).ShouldBe(200);
        (await entra.Scim.Patch($"/Users/{ada}", Title("COUNTESS OF LOVELACE"))).ShouldBe(200);
        var kept = (await admin.Api.Get(address)).ShouldBe(200);
        (kept.String("displayName"), (string?)kept.Json["attributes"]!["grade"], kept.Json["users"]!.GetValue<int>()).ShouldBe(("Peerage", "7", 1));

        (await admin.Api.Delete(address)).ShouldBe(204);
        (await Role()).ShouldBeNull();
        (await entra.Scim.Patch($"/Users/{ada}", Title("Countess of Lovelace"))).ShouldBe(200);
        (await Role()).ShouldNotBeNull();

        async Task<string?> Role() => (string?)(await admin.Api.Get($"/users/{ada}/org-units")).ShouldBe(200).Json["items"]!.AsArray().Single(u => (string?)u!["kind"] == "role")!["unit"];

        static string Title(string title) => Bodies.Patch($$"""{"op":"Replace","path":"title","value":"{{title}}"}""");
    }

    /// <summary>Disabled, then removed: archived, not lost; read and restored by an admin, with its name or not at all.</summary>
    private static async Task LeavesAndComesBack(EntraApplication entra, ProductAdmin admin, string ada)
    {
        await entra.Disable(ada);
        Archived(await admin.Api.Get($"/users/{ada}")).ShouldBe(("archived", "disabled"));
        (await entra.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        (await entra.Scim.Get($"/Users/{ada}")).ShouldBeError(404);
        var kept = await admin.Api.Get($"/users/{ada}");
        Archived(kept).ShouldBe(("archived", "deleted"));
        Invitation(kept).ShouldBe("invited");

        // The name is free at once; whoever has it now keeps it.
        var other = (await entra.Scim.Post("/Users", Person("ada@contoso.com"))).ShouldBe(201).Id;
        (await admin.Api.Post($"/users/{ada}/restore", "")).ShouldBeProblem(409).String("detail")!.ShouldContain(other);
        (await entra.Scim.Delete($"/Users/{other}")).ShouldBe(204);
        Archived((await admin.Api.Post($"/users/{ada}/restore", "")).ShouldBe(200)).ShouldBe(("active", null));
        (await entra.Scim.Find("/Users", "userName eq \"ADA@contoso.com\"")).Resources.ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(ada);
    }

    private static string Person(string userName) => Bodies.User(userName, $$"""
        ,"active":true,"name":{"givenName":"Ada","familyName":"Lovelace"},"title":"Analyst","emails":[{"type":"work","primary":true,"value":"ada@contoso.com"}],
        "addresses":[{"type":"work","formatted":"12 St James's Square\nLondon","streetAddress":"12 St James's Square","locality":"London","postalCode":"SW1Y 4LB","country":"GB"}],
        "meta":{"resourceType":"User"}
        """);

    private static JsonObject Address(JsonObject person) => person["addresses"]![0]!.AsObject();

    private static string? Invitation(Answer user) => (string?)user.ShouldBe(200).Json["invitation"]!["state"];

    private static (string? State, string? Reason) Archived(Answer user) => (user.ShouldBe(200).String("state"), user.String("reason"));

    private static async Task<List<string>> Listed(ProductAdmin admin, string what) => [.. (await admin.Items(what)).Select(i => (string)i["id"]!)];
}
