using System.Text.Json.Nodes;
using Entra.Options;

namespace Api.Tests.Products;

/// <summary>RFPIO, from its page: Auto User Provisioning is switched on, a token is generated, the Tenant URL names the customer by host.</summary>
public sealed class RfpioTests
{
    [Fact]
    public async Task SetUpAndProvision_AsItsPageSays()
    {
        await using var server = await TestServer.Start(args: ["--Api:Domain", "rfpio.test"]);
        var admin = await ProductAdmin.MakeDirectory(server, "Contoso", "rfpio");
        var fabrikam = await ProductAdmin.MakeDirectory(server, "Fabrikam", "rfpio");

        // Security > SCIM: while Auto User Provisioning is off, nothing goes. It is switched on.
        var (key, token) = await admin.MakeKey("SCIM API Token");
        using var entra = admin.Connect(token, "rfpio");
        (await entra.TestConnection()).ShouldBeError(403).String("detail")!.ShouldContain("switched off");
        (await admin.Api.Put("/provisioning", """{"on":true}""")).ShouldBe(200);

        // The Tenant URL: by host, and a token of another customer's does not open it.
        admin.TenantUrl.ShouldBe($"http://{admin.Id}.rfpio.test:{new Uri(server.Url).Port}/rfpserver/scim/v2");
        await entra.ShouldConnect();
        (await fabrikam.Api.Put("/provisioning", """{"on":true}""")).ShouldBe(200);
        var (_, othersToken) = await fabrikam.MakeKey("SCIM API Token");
        using var fabrikamsEntra = fabrikam.Connect(othersToken, "rfpio");
        await fabrikamsEntra.ShouldConnect();
        (await entra.TestConnection(othersToken)).ShouldBeError(401);

        // Start provisioning: users alone, in both of Entra's dialects.
        await Task.WhenAll(entra.Provision(PatchDialect.Default, users: 30), fabrikamsEntra.Provision(PatchDialect.Flagged, users: 20));
        await admin.ShouldSeeWhatHappened(key, entra);

        // Groups are not there, and nothing lists them.
        (await entra.Scim.Get("/Groups")).ShouldBeError(404);
        (await entra.Scim.Get("/ResourceTypes")).ShouldBe(200).Resources.Select(t => (string?)t!["name"]).ShouldBe(["User"]);
        (await entra.Scim.Get("/Schemas")).ShouldBe(200).Text.ShouldNotContain("core:2.0:Group");

        await AppRoles(entra);
        await EachAddress(server, admin, token);

        // Switched off again: refused, all of it, and nothing changes.
        var before = (await entra.Users()).Select(u => u.ToJsonString()).ToList();
        (await admin.Api.Put("/provisioning", """{"on":false}""")).ShouldBe(200);
        var someone = JsonNode.Parse(before[0])!["id"]!.GetValue<string>();
        (await entra.Scim.Get($"/Users/{someone}")).ShouldBeError(403);
        (await entra.Scim.Post("/Users", Bodies.User("late@contoso.com"))).ShouldBeError(403);
        (await entra.Scim.Patch($"/Users/{someone}", Bodies.Replace("title", "\"Late\""))).ShouldBeError(403);
        (await entra.Scim.Put($"/Users/{someone}", Bodies.User("late@contoso.com"))).ShouldBeError(403);
        (await entra.Scim.Delete($"/Users/{someone}")).ShouldBeError(403);
        (await admin.Api.Put("/provisioning", """{"on":true}""")).ShouldBe(200);
        (await entra.Users()).Select(u => u.ToJsonString()).ShouldBe(before);
    }

    /// <summary>App roles arrive in <c>roles</c>, with a create and later, as Entra's two expressions for them have it.</summary>
    private static async Task AppRoles(EntraApplication entra)
    {
        const string Writer = """{"type":"WindowsAzureActiveDirectoryRole","primary":false,"display":"Writer","value":"writer"}""";
        var ada = (await entra.Scim.Post("/Users", Bodies.User("ada@contoso.com", $$""","roles":[{{Writer}}]"""))).ShouldBe(201);
        ada.Json["roles"]!.AsArray().ShouldHaveSingleItem()!.ToJsonString().ShouldBe(Writer);

        var changed = (await entra.Scim.Patch($"/Users/{ada.Id}", Bodies.Patch("""{"op":"Replace","path":"roles[primary eq \"True\"].value","value":"reviewer"}"""))).ShouldBe(200);

        changed.Json["roles"]!.AsArray().Select(r => (string?)r!["value"]).ShouldBe(["writer", "reviewer"]);
        (await entra.Disable(ada.Id)).Json["roles"]!.AsArray().Count.ShouldBe(2);
    }

    /// <summary>The shared address and the one by path reach the same users, and each answer has the form of its own request.</summary>
    private static async Task EachAddress(TestServer server, ProductAdmin admin, string token)
    {
        var made = (await server.Client("/scim/v2", token).Post("/Users", Bodies.User("eve@contoso.com"))).ShouldBe(201);
        foreach (var root in new[] { server.Url + "/scim/v2", $"{server.Url}/directories/{admin.Id}/scim/v2", admin.TenantUrl })
        {
            using var entra = new EntraApplication(server, root, token, "rfpio");
            (await entra.Scim.Get($"/Users/{made.Id}")).ShouldBe(200).Json["meta"]!["location"]!.GetValue<string>().ShouldBe($"{root}/Users/{made.Id}");
        }
    }
}
