using Entra.Options;

namespace Api.Tests.Products;

/// <summary>Federated Directory, from its page: of several directories of a tenant one is picked, a key is made for it, and users and groups are provisioned.</summary>
public sealed class FederatedDirectoryTests
{
    [Fact]
    public async Task SetUpAndProvision_AsItsPageSays()
    {
        var server = await TestServer.Shared;

        // Directories > User directories: several of a tenant.
        var tenant = await server.MakeTenant("Contoso");
        var europe = await ProductAdmin.MakeDirectory(server, "Europe", "federated-directory", tenant);
        var asia = await ProductAdmin.MakeDirectory(server, "Asia", "federated-directory", tenant);
        (await server.Admin.Get($"/tenants/{tenant}/directories")).ShouldBe(200).Json["items"]!.AsArray().Select(d => (string?)d!["name"]).ShouldBe(["Europe", "Asia"], ignoreOrder: true);

        // Directory Keys > Create New Key: several for a directory, permanent. One Tenant URL for all, the key alone says which directory.
        var (first, firstToken) = await europe.MakeKey("Entra ID");
        var (second, secondToken) = await europe.MakeKey("Entra ID, to come");
        var (other, otherToken) = await asia.MakeKey("Entra ID");
        (await europe.Api.Get("/keys")).ShouldBe(200).Json["items"]!.AsArray().Select(k => ((string?)k!["id"], k["expires"]?.ToJsonString())).ShouldBe([(first, null), (second, null)], ignoreOrder: true);
        (europe.TenantUrl, asia.TenantUrl).ShouldBe((server.Url + "/scim/v2", server.Url + "/scim/v2"));
        using var toEurope = europe.Connect(firstToken, "federated-directory");
        using var toEuropeToo = europe.Connect(secondToken, "federated-directory");
        using var toAsia = asia.Connect(otherToken, "federated-directory");
        await toEurope.ShouldConnect();
        await toEuropeToo.ShouldConnect();
        await toAsia.ShouldConnect();

        // Start provisioning, both at once: users and groups created, updated, disabled, deleted, members put in and taken out.
        await Task.WhenAll(
            toEurope.Provision(PatchDialect.Default, users: 30, groups: 5, members: 60),
            toAsia.Provision(PatchDialect.Flagged, users: 20, groups: 4, members: 40));
        var inEurope = (await toEurope.Users()).Select(u => (string)u["id"]!).ToHashSet();
        inEurope.Overlaps((await toAsia.Users()).Select(u => (string)u["id"]!)).ShouldBeFalse();
        await europe.ShouldSeeWhatHappened(first, toEurope);
        await asia.ShouldSeeWhatHappened(other, toAsia);

        await LeavesAndIsForgotten(toEurope, europe);

        // A key that is taken away opens nothing any more, and the others stay.
        (await europe.Api.Delete($"/keys/{first}")).ShouldBe(204);
        (await toEurope.TestConnection()).ShouldBeError(401);
        (await toEuropeToo.TestConnection()).ShouldBe(200);
        (await toAsia.TestConnection()).ShouldBe(200);
    }

    /// <summary>Disabled, it stays readable and in its groups; deleted, it is gone from both, and kept nowhere.</summary>
    private static async Task LeavesAndIsForgotten(EntraApplication entra, ProductAdmin admin)
    {
        var ada = (await entra.Scim.Post("/Users", Bodies.User("ada@contoso.com"))).ShouldBe(201).Id;
        var staff = (await entra.Scim.Post("/Groups", Bodies.Group("Countesses", ada))).ShouldBe(201).Id;

        await entra.Disable(ada);
        (await entra.Scim.Get($"/Users/{ada}")).ShouldBe(200).Json["groups"]!.AsArray().ShouldHaveSingleItem()!["value"]!.GetValue<string>().ShouldBe(staff);
        (await entra.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        (await entra.Scim.Get($"/Groups/{staff}")).ShouldBe(200).Json["members"].ShouldBeNull();

        (await admin.Api.Get($"/users/{ada}")).ShouldBeProblem(404);
        (await admin.Items("users?state=deleted")).ShouldBeEmpty();
    }
}
