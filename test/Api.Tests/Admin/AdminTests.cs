using Api.Tests.Security;

namespace Api.Tests.Admin;

/// <summary>Tenants, directories and keys.</summary>
public sealed class AdminTests
{
    [Fact]
    public async Task Tenant_MadeAndRead_IsListedUntilRemoved()
    {
        var server = await TestServer.Shared;

        var made = (await server.Admin.Post("/tenants", """{"name":"  Contoso  "}""")).ShouldBe(201);

        made.String("name").ShouldBe("Contoso");
        made.Header("Location").ShouldBe($"/admin/v1/tenants/{made.Id}");
        (await server.Admin.Get($"/tenants/{made.Id}")).ShouldBe(200).Text.ShouldBe(made.Text);
        (await server.Admin.Get("/tenants?name=CONTOSO&count=1000")).Text.ShouldContain(made.Id);
        var directory = await server.MakeDirectory(made.Id);
        (await server.Admin.Delete($"/tenants/{made.Id}")).ShouldBe(202);
        (await server.Admin.Get($"/tenants/{made.Id}")).ShouldBe(200).Json["removal"]!["directories"]!.GetValue<int>().ShouldBe(1);
        (await server.Admin.Post($"/tenants/{made.Id}/directories", """{"name":"Late"}""")).ShouldBeProblem(404);
        (await directory.Scim.Get("/Users")).ShouldBeError(401);
    }

    [Fact]
    public async Task Directory_MadeWithAnId_HasItInItsAddressesAndTokens()
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant();
        var id = $"contoso-{Guid.NewGuid():N}"[..30];

        var made = (await server.Admin.Post($"/tenants/{tenant}/directories", $$"""{"name":"Production","id":"{{id}}","dialect":"strict"}""")).ShouldBe(201);
        var again = await server.Admin.Post($"/tenants/{tenant}/directories", $$"""{"name":"Production","id":"{{id}}"}""");
        var key = (await server.Admin.Post($"/directories/{id}/keys", """{"name":"Entra"}""")).ShouldBe(201);

        made.Id.ShouldBe(id);
        made.String("dialect").ShouldBe("strict");
        made.String("tenantUrl").ShouldBe($"{server.Url}/scim/v2");
        made.String("directoryUrl").ShouldBe($"{server.Url}/directories/{id}/scim/v2");
        again.ShouldBeProblem(409);
        key.String("secretToken").ShouldStartWith($"mst_{id}_");
        (await server.Admin.Get($"/tenants/{tenant}/directories")).ShouldBe(200).Json["items"]!.AsArray().Count.ShouldBe(1);
        (await server.Admin.Get($"/directories/{id}")).ShouldBe(200).Text.ShouldBe(made.Text);
    }

    [Fact]
    public async Task Key_OfADirectory_IsShownOnceAndDeadOnTheNextRequestAfterItsRemoval()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var second = (await server.Admin.Post($"/directories/{directory.Id}/keys", """{"name":"Second"}""")).ShouldBe(201);
        var client = server.Client("/scim/v2", second.String("secretToken"));
        (await client.Get("/Users")).ShouldBe(200);

        var list = (await server.Admin.Get($"/directories/{directory.Id}/keys")).ShouldBe(200);
        (await server.Admin.Delete($"/directories/{directory.Id}/keys/{second.Id}")).ShouldBe(204);

        list.Json["items"]!.AsArray().Count.ShouldBe(2);
        list.Text.ShouldNotContain(second.String("secretToken")!);
        list.Json["items"]!.AsArray().Single(k => k!["id"]!.GetValue<string>() == second.Id)!["lastUsed"].ShouldNotBeNull();
        list.Text.ShouldContain($"\"lastFour\":\"{second.String("secretToken")![^4..]}\"");
        (await client.Get("/Users")).ShouldBeError(401);
        (await directory.Scim.Get("/Users")).ShouldBe(200);
        (await server.Admin.Delete($"/directories/{directory.Id}/keys/{second.Id}")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Key_WithAnExpiry_EndsAtThatInstant()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: time);
        var directory = await server.MakeDirectory();
        var expires = time.GetUtcNow().AddHours(1).ToString("O");
        var key = (await server.Admin.Post($"/directories/{directory.Id}/keys", $$"""{"name":"Short","expires":"{{expires}}"}""")).ShouldBe(201);
        var client = server.Client("/scim/v2", key.String("secretToken"));

        time.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromMilliseconds(1));
        (await client.Get("/Users")).ShouldBe(200);
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await client.Get("/Users")).ShouldBeError(401);
        (await directory.Scim.Get("/Users")).ShouldBe(200);
    }

    [Fact]
    public async Task AdminKey_OfATenant_WorksThereUntilRevoked()
    {
        var server = await TestServer.Shared;
        var tenant = await server.MakeTenant();
        var made = (await server.Admin.Post("/keys", $$"""{"name":"Ops","tenant":"{{tenant}}"}""")).ShouldBe(201);
        var ops = server.Client("/admin/v1", made.String("secret"));

        var directory = (await ops.Post($"/tenants/{tenant}/directories", """{"name":"Mine"}""")).ShouldBe(201);
        (await ops.Post($"/directories/{directory.Id}/keys", """{"name":"K"}""")).ShouldBe(201);
        (await ops.Delete($"/directories/{directory.Id}")).ShouldBe(202);
        (await server.Admin.Get("/keys")).ShouldBe(200).Text.ShouldContain(made.Id);
        (await server.Admin.Get("/keys")).Text.ShouldNotContain(made.String("secret")!);
        (await server.Admin.Delete($"/keys/{made.Id}")).ShouldBe(204);
        (await ops.Get("/tenants")).ShouldBeProblem(401);
        (await server.Admin.Delete($"/keys/{made.Id}")).ShouldBeProblem(404);
    }

    [Theory]
    [InlineData("/tenants", "{}", "name")]
    [InlineData("/tenants", """{"name":"   "}""", "name")]
    [InlineData("/keys", "{}", "name")]
    [InlineData("/tenants/{tenant}/directories", """{"id":"No","dialect":"klingon"}""", "dialect,id,name")]
    [InlineData("/tenants/{tenant}/directories", """{"name":"x","id":"-a-","dialect":"0"}""", "dialect,id")]
    [InlineData("/tenants/{tenant}/directories", """{"name":"x","id":"under_score"}""", "id")]
    [InlineData("/tenants/{tenant}/directories", """{"name":"x","id":"../../etc"}""", "id")]
    [InlineData("/tenants/{tenant}/directories", "{\"name\":\"x\",\"id\":\"abc\\n\"}", "id")]
    [InlineData("/directories/{directory}/keys", """{"expires":"2001-01-01T00:00:00Z"}""", "expires,name")]
    public async Task Post_BodyWithFaults_NamesThemAll(string path, string body, string faults)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();

        var answer = await server.Admin.Post(WithIds(path, directory), body);

        answer.ShouldBeProblem(400);
        answer.ShouldHaveFaults(faults.Split(',').Select(f => "#/" + f));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"name":"x","expires":"soon","tenant":7,"id":7}""")]
    [InlineData("{\"name\":\"\\ud800\"}")]
    public async Task Post_BodyThatIsNone_IsAProblem400(string body)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        foreach (var path in new[] { "/keys", "/tenants/{tenant}/directories", "/directories/{directory}/keys" })
        {
            (await server.Admin.Post(WithIds(path, directory), body)).ShouldBeProblem(400);
        }
    }

    [Fact]
    public async Task Post_OfAnotherMediaType_IsAProblem415()
    {
        var server = await TestServer.Shared;

        (await server.Admin.Post("/tenants", "<x/>", ("Content-Type", "text/xml"))).ShouldBeProblem(415);
    }

    [Fact]
    public async Task AdminKey_ForATenantThatIsNot_Is404()
    {
        var server = await TestServer.Shared;

        (await server.Admin.Post("/keys", """{"name":"x","tenant":"no-such"}""")).ShouldBeProblem(404);
        (await server.Admin.Post("/keys", """{"name":"x","tenant":"../x"}""")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task OpenApiDocument_ListsEveryAdminEndpointAndNoOther()
    {
        var server = await TestServer.Shared;

        var document = (await server.Client("", null).Get("/openapi/v1.json")).ShouldBe(200);

        var listed = document.Json["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key.TrimEnd('/')}"));
        listed.ShouldBe(EndpointTable.Admin.Select(e => $"{e.Method} {e.Pattern.TrimEnd('/')}"), ignoreOrder: true);
    }

    [Fact]
    public async Task RemovedDirectory_IsDeadAtOnceAndLeavesNothingButItsId()
    {
        await using var server = await TestServer.Start();
        var doomed = await server.MakeDirectory();
        var kept = await server.MakeDirectory(doomed.Tenant);
        foreach (var directory in new[] { doomed, kept })
        {
            var users = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => directory.Scim.Post("/Users", Bodies.User($"u{i}", $",\"externalId\":\"x{i}\""))));
            var group = await directory.MakeGroup("G", [.. users.Select(u => u.Id)]);
            await directory.MakeGroup("H", group, users[0].Id);
        }

        var before = await kept.Everything();
        (await server.Admin.Delete($"/directories/{doomed.Id}")).ShouldBe(202);

        (await doomed.Scim.Get("/Users")).ShouldBeError(401);
        (await server.Admin.Post($"/directories/{doomed.Id}/keys", """{"name":"late"}""")).ShouldBeProblem(404);
        await UntilGone(server, doomed.Id);
        (await server.Admin.Get($"/tenants/{doomed.Tenant}/directories")).Json["items"]!.AsArray().Select(d => d!["id"]!.GetValue<string>()).ShouldBe([kept.Id]);
        (await kept.Everything()).ShouldBe(before);
        await server.Stop();
        var rows = EngineUnderTest.Rows(server.Folder);
        rows.Count(r => r.Key == kept.Id || r.Key.StartsWith(kept.Id + ".", StringComparison.Ordinal)).ShouldBeGreaterThan(40);
        rows.Where(r => r.Key == doomed.Id || r.Key.StartsWith(doomed.Id + ".", StringComparison.Ordinal)).Select(r => r.Key)
            .ShouldBe([doomed.Id], "the directory's own row stays, so that its id is never given to another");
    }

    [Fact]
    public async Task RemovedDirectory_WithDeletedResources_LeavesNothingButItsId()
    {
        await using var server = await TestServer.Start();
        var doomed = await server.MakeDirectory();
        var user = await doomed.MakeUser("gone");
        (await doomed.Scim.Delete($"/Users/{user}")).ShouldBe(204);

        (await server.Admin.Delete($"/directories/{doomed.Id}")).ShouldBe(202);

        await UntilGone(server, doomed.Id);
        await server.Stop();
        EngineUnderTest.Rows(server.Folder).Where(r => r.Key.StartsWith(doomed.Id, StringComparison.Ordinal)).Select(r => r.Key).ShouldBe([doomed.Id]);
    }

    [Fact]
    public async Task Events_OfADirectory_AreEachVersionOnceAndInOrder()
    {
        await using var server = await TestServer.Start();
        var directory = await server.MakeDirectory();
        var user = await directory.MakeUser("ada");
        var group = await directory.MakeGroup("G", user);
        for (var i = 0; i < 300; i++)
        {
            (await directory.Scim.Patch($"/Users/{user}", Bodies.Patch($"{{\"op\":\"replace\",\"path\":\"title\",\"value\":\"{i}\"}}"))).Status.ShouldBe(200);
        }

        (await directory.Scim.Patch($"/Users/{user}", Bodies.Patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"299\"}"))).Status.ShouldBe(200);
        (await directory.Scim.Post("/Users", Bodies.User("ADA"))).ShouldBeError(409, "uniqueness");
        (await directory.Scim.Delete($"/Users/{user}")).ShouldBe(204);

        var events = new List<(string Kind, string Id, long Version)>();
        long cursor = 0;
        for (var more = true; more;)
        {
            var page = (await server.Admin.Get($"/directories/{directory.Id}/events?cursor={cursor}&count=70")).Json;
            events.AddRange(page["events"]!.AsArray().Select(e => (e!["kind"]!.GetValue<string>(), e["resourceId"]!.GetValue<string>(), e["version"]!.GetValue<long>())));
            (cursor, more) = (page["next"]!.GetValue<long>(), page["more"]!.GetValue<bool>());
        }

        events.Where(e => e.Id == user).Select(e => e.Kind).ShouldBe(["create", .. Enumerable.Repeat("patch", 300), "delete"]);
        events.Where(e => e.Id == user).Select(e => e.Version).ShouldBeInOrder();
        events.Distinct().Count().ShouldBe(events.Count);
        events.Where(e => e.Id == group).Select(e => e.Kind).ShouldBe(["create", "patch"], "the deleted user left it");
        events.Select(e => e.Id).Distinct().ShouldBe([user, group], ignoreOrder: true, "a create that was refused is no event");
    }

    /// <summary>Asks for the progress, as an admin would, until there is none left to tell.</summary>
    private static async Task UntilGone(TestServer server, string directory)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await server.Admin.Get($"/directories/{directory}")).Status != 404)
        {
            patience.IsCancellationRequested.ShouldBeFalse("the removal did not end");
        }
    }

    private static string WithIds(string path, TestDirectory directory) =>
        path.Replace("{tenant}", directory.Tenant, StringComparison.Ordinal).Replace("{directory}", directory.Id, StringComparison.Ordinal);
}
