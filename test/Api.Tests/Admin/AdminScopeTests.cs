namespace Api.Tests.Admin;

/// <summary>What admin keys open: the platform or one tenant, to change or to read alone, for ever or until a time.</summary>
public sealed class AdminScopeTests
{
    [Fact]
    public async Task ReadOnlyKey_OfThePlatform_ReadsAllAndChangesNothing()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var auditor = await Key(server.Admin, server, """{"name":"Auditor","readOnly":true}""");

        (await auditor.Get($"/tenants/{directory.Tenant}")).ShouldBe(200);
        (await auditor.Get($"/directories/{directory.Id}/keys")).ShouldBe(200);
        (await auditor.Get("/audit")).ShouldBe(200);
        foreach (var (method, path) in new[] { ("POST", "/tenants"), ("PATCH", $"/directories/{directory.Id}"), ("DELETE", $"/tenants/{directory.Tenant}"), ("POST", "/keys"), ("POST", "/nothing") })
        {
            var refused = await auditor.Send(method, path, """{"name":"x"}""");
            refused.ShouldBeProblem(path == "/nothing" ? 404 : 403);
            if (path != "/nothing")
            {
                refused.String("type").ShouldBe("urn:muster:problem:read-only-key");
            }
        }

        (await directory.Scim.Get("/Users")).ShouldBe(200);
    }

    [Fact]
    public async Task TenantKey_IssuesKeys_ForItsTenantAloneAndNoLongerThanItself()
    {
        var server = await TestServer.Shared;
        var (mine, other) = (await server.MakeTenant(), await server.MakeTenant());
        var ends = DateTimeOffset.UtcNow.AddDays(2);
        var owner = await Key(server.Admin, server, $$"""{"name":"Owner","tenant":"{{mine}}","expires":"{{ends:O}}"}""");

        var issued = (await owner.Post("/keys", $$"""{"name":"Helper","tenant":"{{mine}}","readOnly":true}""")).ShouldBe(201);
        (await owner.Post("/keys", """{"name":"Wider"}""")).ShouldBeProblem(403).String("type").ShouldBe("urn:muster:problem:whole-platform");
        (await owner.Post("/keys", $$"""{"name":"Elsewhere","tenant":"{{other}}"}""")).ShouldBeProblem(404);
        (await owner.Post("/keys", $$"""{"name":"Longer","tenant":"{{mine}}","expires":"{{ends.AddDays(1):O}}"}""")).ShouldHaveFaults("#/expires");

        issued.Json["expires"]!.GetValue<DateTimeOffset>().ShouldBe(ends);
        var helper = server.Client("/admin/v1", issued.String("secret"));
        (await helper.Get($"/tenants/{mine}")).ShouldBe(200);
        (await helper.Get($"/tenants/{other}")).ShouldBeProblem(404);
        (await helper.Patch($"/tenants/{mine}", """{"name":"x"}""")).ShouldBeProblem(403);
        var seen = (await owner.Get("/keys")).ShouldBe(200).Json["items"]!.AsArray();
        seen.Select(k => (string?)k!["name"]).ShouldBe(["Owner", "Helper"]);
        seen.Single(k => (string?)k!["name"] == "Helper")!["lastUsed"].ShouldNotBeNull();
        (await owner.Delete($"/keys/{issued.Id}")).ShouldBe(204);
        (await helper.Get($"/tenants/{mine}")).ShouldBeProblem(401);
    }

    [Fact]
    public async Task TenantKey_RevokingAKeyOfThePlatform_FindsNone()
    {
        var server = await TestServer.Shared;
        var platform = (await server.Admin.Post("/keys", """{"name":"P"}""")).ShouldBe(201);
        var owner = await Key(server.Admin, server, $$"""{"name":"Owner","tenant":"{{await server.MakeTenant()}}"}""");

        (await owner.Delete($"/keys/{platform.Id}")).ShouldBeProblem(404);

        (await server.Client("/admin/v1", platform.String("secret")).Get("/keys")).ShouldBe(200);
    }

    [Fact]
    public async Task AdminKey_WithAnExpiry_EndsAtThatInstant()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: time);
        var key = await Key(server.Admin, server, $$"""{"name":"Short","expires":"{{time.GetUtcNow().AddHours(1):O}}"}""");

        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        (await key.Get("/tenants")).ShouldBe(200);
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await key.Get("/tenants")).ShouldBeProblem(401);
        (await server.Admin.Post("/keys", $$"""{"name":"Past","expires":"{{time.GetUtcNow():O}}"}""")).ShouldHaveFaults("#/expires");
    }

    private static async Task<ApiClient> Key(ApiClient admin, TestServer server, string body) =>
        server.Client("/admin/v1", (await admin.Post("/keys", body)).ShouldBe(201).String("secret"));
}
