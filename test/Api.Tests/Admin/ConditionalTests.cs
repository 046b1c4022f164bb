namespace Api.Tests.Admin;

/// <summary>Entity tags and merge patches of tenants and directories.</summary>
public sealed class ConditionalTests
{
    [Fact]
    public async Task Directory_PatchedWithItsTag_ChangesAndTheOldTagIs412()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var address = $"/directories/{directory.Id}";
        var tag = (await server.Admin.Get(address)).ShouldBe(200).Header("ETag")!;
        (await server.Admin.Send("GET", address, null, ("If-None-Match", tag))).ShouldBe(304).Body.ShouldBeEmpty();

        var changed = (await server.Admin.Send("PATCH", address, """{"name":" New ","limits":{"maxUsers":7}}""", ("If-Match", tag), ("Content-Type", "application/merge-patch+json"))).ShouldBe(200);
        var stale = await server.Admin.Send("PATCH", address, """{"name":"Late"}""", ("If-Match", tag));
        var staleDelete = await server.Admin.Send("DELETE", address, null, ("If-Match", tag));

        changed.String("name").ShouldBe("New");
        changed.Json["limits"]!["maxUsers"]!.GetValue<int>().ShouldBe(7);
        stale.ShouldBeProblem(412).String("type").ShouldBe("urn:muster:problem:precondition-failed");
        staleDelete.ShouldBeProblem(412);
        var now = (await server.Admin.Send("GET", address, null, ("If-None-Match", tag))).ShouldBe(200);
        now.Text.ShouldBe(changed.Text);
        now.Header("ETag").ShouldBe(changed.Header("ETag"));
        (await server.Admin.Send("DELETE", address, null, ("If-Match", now.Header("ETag")!))).ShouldBe(202);
    }

    [Fact]
    public async Task Directory_TagAndGrowingIndexes_StaysTheSame()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var tag = (await server.Admin.Get($"/directories/{directory.Id}")).Header("ETag")!;
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => directory.MakeUser($"grow{i}")));

        (await server.Admin.Send("PATCH", $"/directories/{directory.Id}", """{"name":"Grown"}""", ("If-Match", tag))).ShouldBe(200);
    }

    [Fact]
    public async Task Directory_PatchWithNull_TakesALimitAwayAndLeavesTheOthers()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(more: ",\"limits\":{\"maxUsers\":3,\"maxGroups\":4,\"requestsPerSecond\":0}");

        var one = (await server.Admin.Patch($"/directories/{directory.Id}", """{"limits":{"maxUsers":null}}""")).ShouldBe(200);
        var none = (await server.Admin.Patch($"/directories/{directory.Id}", """{"limits":null,"dialect":"okta"}""")).ShouldBe(200);

        one.Json["limits"]!.ToJsonString().ShouldBe("""{"requestsPerSecond":0,"maxRequestBytes":null,"maxUsers":null,"maxGroups":4}""");
        none.Json["limits"]!.ToJsonString().ShouldBe("""{"requestsPerSecond":null,"maxRequestBytes":null,"maxUsers":null,"maxGroups":null}""");
        none.String("dialect").ShouldBe("okta");
    }

    [Theory]
    [InlineData("""{"name":null,"dialect":null}""", "#/name,#/dialect")]
    [InlineData("""{"name":"","dialect":"klingon","limits":{"maxUsers":-1,"requestsPerSecond":1.5,"maxRequestBytes":1,"x":1}}""", "#/name,#/dialect,#/limits/requestsPerSecond,#/limits/x")]
    [InlineData("""{"limits":{"maxUsers":-1,"maxRequestBytes":1},"id":"x"}""", "#/limits/maxUsers,#/limits/maxRequestBytes,#/id")]
    [InlineData("[]", "#")]
    [InlineData("{", "#")]
    public async Task DirectoryPatch_WithFaults_NamesThemAll(string body, string places)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();

        (await server.Admin.Patch($"/directories/{directory.Id}", body)).ShouldHaveFaults(places.Split(','));
    }

    [Fact]
    public async Task Limits_AdminOfTheTenant_MayNotSetThem()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var key = (await server.Admin.Post("/keys", $$"""{"name":"t","tenant":"{{directory.Tenant}}"}""")).ShouldBe(201);
        var owner = server.Client("/admin/v1", key.String("secret"));

        (await owner.Patch($"/directories/{directory.Id}", """{"limits":{"maxUsers":9}}""")).ShouldBeProblem(403);
        (await owner.Patch($"/directories/{directory.Id}", """{"limits":null}""")).ShouldBeProblem(403);
        (await owner.Post($"/tenants/{directory.Tenant}/directories", """{"name":"x","limits":{}}""")).ShouldBeProblem(403);
        (await owner.Patch($"/directories/{directory.Id}", """{"name":"Mine"}""")).ShouldBe(200);
    }

    [Fact]
    public async Task Tenant_PatchedWithItsTag_Changes()
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant("Old");
        var tag = (await server.Admin.Get($"/tenants/{tenant}")).Header("ETag")!;

        (await server.Admin.Send("PATCH", $"/tenants/{tenant}", """{"name":"New"}""", ("If-Match", tag))).ShouldBe(200).String("name").ShouldBe("New");
        (await server.Admin.Send("PATCH", $"/tenants/{tenant}", """{"name":"Newer"}""", ("If-Match", tag))).ShouldBeProblem(412);
        (await server.Admin.Send("PATCH", $"/tenants/{tenant}", "{}", ("If-Match", "W/"))).ShouldHaveFaults("If-Match");
        (await server.Admin.Patch($"/tenants/{tenant}", """{"name":null}""")).ShouldHaveFaults("#/name");
        (await server.Admin.Send("DELETE", $"/tenants/{tenant}", null, ("If-Match", tag))).ShouldBeProblem(412);
        (await server.Admin.Patch("/tenants/no-such", """{"name":"x"}""")).ShouldBeProblem(404);
        (await server.Admin.Get("/tenants?name=new&count=1000")).Text.ShouldContain(tenant);
    }

    [Fact]
    public async Task Profile_PutAndRemovedWithItsTag_AndTheOldTagIs412()
    {
        var server = await TestServer.Shared;
        var name = $"p{Guid.NewGuid():N}"[..20];
        var address = $"/profiles/{name}";
        var made = (await server.Admin.Put(address, Profile(name, "One"))).ShouldBe(201);
        var tag = (await server.Admin.Get(address)).ShouldBe(200).Header("ETag")!;
        made.Header("ETag").ShouldBe(tag);
        (await server.Admin.Send("GET", address, null, ("If-None-Match", tag))).ShouldBe(304).Body.ShouldBeEmpty();

        var changed = (await server.Admin.Put(address, Profile(name, "Two"), ("If-Match", tag))).ShouldBe(200);
        var stale = await server.Admin.Put(address, Profile(name, "Late"), ("If-Match", tag));
        var staleDelete = await server.Admin.Send("DELETE", address, null, ("If-Match", tag));

        stale.ShouldBeProblem(412).String("type").ShouldBe("urn:muster:problem:precondition-failed");
        staleDelete.ShouldBeProblem(412);
        (await server.Admin.Get(address)).Text.ShouldBe(changed.Text);
        (await server.Admin.Put($"/profiles/{name}x", Profile($"{name}x", "New"), ("If-Match", "*"))).ShouldBeProblem(412);
        (await server.Admin.Put(address, Profile(name, "Another"), ("If-None-Match", "*"))).ShouldBeProblem(412);
        (await server.Admin.Send("DELETE", address, null, ("If-Match", $"\"other\", {changed.Header("ETag")}"))).ShouldBe(204);
        (await server.Admin.Get(address)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Profile_PutBySeveralWithOneTag_OneIsDone()
    {
        var server = await TestServer.Shared;
        var name = $"p{Guid.NewGuid():N}"[..20];
        var tag = (await server.Admin.Put($"/profiles/{name}", Profile(name, "First"))).ShouldBe(201).Header("ETag")!;

        var puts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => server.Admin.Put($"/profiles/{name}", Profile(name, $"Try {i}"), ("If-Match", tag))));

        puts.Count(p => p.Status == 200).ShouldBe(1);
        puts.Where(p => p.Status != 200).ShouldAllBe(p => p.Status == 412);
        (await server.Admin.Get($"/profiles/{name}")).Text.ShouldBe(puts.Single(p => p.Status == 200).Text);
        (await server.Admin.Send("DELETE", $"/profiles/{name}", null)).ShouldBe(204);
    }

    private static string Profile(string name, string description) => $$"""{"name":"{{name}}","title":"{{name}}","description":"{{description}}"}""";
}
