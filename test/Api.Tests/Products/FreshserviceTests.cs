using System.Text.Json.Nodes;
using Entra.Options;

namespace Api.Tests.Products;

/// <summary>Freshservice Provisioning, from its page, but for what it sends on to the service desk: a Bearer Token comes out, agents and requesters are provisioned, with attributes that an admin declares.</summary>
public sealed class FreshserviceTests
{
    private const string Freshservice = "urn:ietf:params:scim:schemas:extension:freshservice:2.0:User";
    private const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    [Theory]
    [InlineData("default")]
    [InlineData("flagged")]
    public async Task SetUpAndProvision_AsItsPageSays(string dialect)
    {
        var server = await TestServer.Shared;

        // A Bearer Token comes out; one Tenant URL for all.
        var admin = await ProductAdmin.MakeDirectory(server, "acme.freshservice.com", "freshservice");
        var (key, token) = await admin.MakeKey("Entra ID");
        admin.TenantUrl.ShouldBe(server.Url + "/scim/v2");
        using var entra = admin.Connect(token, "freshservice");
        await entra.ShouldConnect();

        // Attributes that an admin declares, with a type, are discovered by Entra beside isAgent.
        foreach (var (name, type) in new[] { ("costCentre", "string"), ("floor", "integer"), ("badge", "dateTime") })
        {
            (await admin.Api.Post("/attributes", $$"""{"name":"{{name}}","type":"{{type}}"}""")).ShouldBe(201);
        }

        (await entra.Scim.Get("/Schemas")).ShouldBe(200).Resources.Single(s => (string?)s!["id"] == Freshservice)!["attributes"]!.AsArray()
            .Select(a => $"{a!["name"]} {a["type"]}").ShouldBe(["isAgent boolean", "costCentre string", "floor integer", "badge dateTime"]);

        // Start provisioning. No groups.
        await entra.Provision(Enum.Parse<PatchDialect>(dialect, ignoreCase: true), users: 30);
        (await entra.Scim.Get("/Groups")).ShouldBeError(404);
        await admin.ShouldSeeWhatHappened(key, entra);

        await EveryAttribute(entra);
    }

    /// <summary>All that its page lists comes back as it was sent; a requester becomes an agent; what is of the wrong type is refused by name.</summary>
    private static async Task EveryAttribute(EntraApplication entra)
    {
        var bea = (await entra.Scim.Post("/Users", Bodies.User("bea@acme.com"))).ShouldBe(201).Id;
        var sent = Ada(bea);
        var made = (await entra.Scim.Post("/Users", sent)).ShouldBe(201);
        var ada = made.Id;
        foreach (var (name, value) in JsonNode.Parse(sent)!.AsObject())
        {
            if (name != Enterprise && name != "schemas")
            {
                JsonNode.DeepEquals(made.Json[name], value).ShouldBeTrue($"{name}: {made.Json[name]}");
            }
        }

        ((string?)made.Json[Enterprise]!["department"], (string?)made.Json[Enterprise]!["manager"]!["value"]).ShouldBe(("Engines", bea));
        (await entra.Scim.Find("/Users", $"id eq \"{ada}\" and manager eq \"{bea}\"")).ShouldBe(200).TotalResults.ShouldBe(1);
        foreach (var filter in new[] { "userName eq \"ADA@acme.com\"", "externalId eq \"ada\"", "emails[type eq \"work\"].value eq \"ada@acme.com\"", $"{Freshservice}:floor eq 7" })
        {
            (await entra.Scim.Find("/Users", filter)).ShouldBe(200).Resources.ShouldHaveSingleItem()!["id"]!.GetValue<string>().ShouldBe(ada, filter);
        }

        (await entra.Scim.Patch($"/Users/{ada}", Bodies.Patch($$"""{"op":"Replace","path":"{{Freshservice}}:isAgent","value":"True"}"""))).ShouldBe(200).Json[Freshservice]!["isAgent"]!.GetValue<bool>().ShouldBeTrue();
        (await entra.Scim.Patch($"/Users/{ada}", Bodies.Patch($$"""{"op":"Add","path":"{{Freshservice}}:costCentre","value":"C-8"}"""))).ShouldBe(200).Json[Freshservice]!["costCentre"]!.GetValue<string>().ShouldBe("C-8");
        (await entra.Scim.Patch($"/Users/{ada}", Bodies.Patch($$"""{"op":"Replace","path":"{{Freshservice}}:floor","value":"seventh"}"""))).ShouldBeError(400, "invalidValue").String("detail")!.ShouldContain("floor");
        (await entra.Disable(ada)).Json["active"]!.GetValue<bool>().ShouldBeFalse();
    }

    private static string Ada(string manager) => $$"""
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","{{Enterprise}}","{{Freshservice}}"],
         "userName":"ada@acme.com","externalId":"ada","active":true,"displayName":"Ada Lovelace","title":"Analyst","locale":"en-GB","timezone":"Europe/London",
         "name":{"givenName":"Ada","familyName":"Lovelace"},"emails":[{"type":"work","primary":true,"value":"ada@acme.com"}],
         "phoneNumbers":[{"type":"work","value":"+44 20 7946 0001"},{"type":"mobile","value":"(07700) 900-001"}],
         "addresses":[{"type":"work","formatted":"12 St James's Square\nLondon"}],
         "{{Enterprise}}":{"department":"Engines","manager":{"value":"{{manager}}"} },
         "{{Freshservice}}":{"isAgent":false,"costCentre":"C-7","floor":7,"badge":"2026-11-26T09:00:00Z"} }
        """;
}
