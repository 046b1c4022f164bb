using System.Text.Json.Nodes;

namespace Api.Tests.Admin;

/// <summary>What admins changed is on record.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Changes_OfATenant_AreOnItsRecord()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var key = (await server.Admin.Post("/keys", $$"""{"name":"Ops","tenant":"{{directory.Tenant}}"}""")).ShouldBe(201);
        var ops = server.Client("/admin/v1", key.String("secret"));
        (await ops.Patch($"/directories/{directory.Id}", """{"name":"Renamed"}""")).ShouldBe(200);
        (await server.Admin.Patch($"/directories/{directory.Id}", """{"limits":{"maxUsers":5}}""")).ShouldBe(200);
        (await ops.Patch($"/directories/{directory.Id}", """{"limits":null}""")).ShouldBeProblem(403);
        (await ops.Delete($"/directories/{directory.Id}/keys/{directory.KeyId}")).ShouldBe(204);
        (await ops.Get($"/directories/{directory.Id}")).ShouldBe(200);

        var record = (await ops.Get($"/tenants/{directory.Tenant}/audit")).ShouldBe(200);

        var entries = record.Json["items"]!.AsArray();
        entries.Select(e => $"{e!["method"]} {e["route"]} {e["outcome"]}").ShouldBe(
        [
            "DELETE /admin/v1/directories/{directory}/keys/{key} done",
            "PATCH /admin/v1/directories/{directory}/ refused",
            "PATCH /admin/v1/directories/{directory}/ done",
            "PATCH /admin/v1/directories/{directory}/ done",
            "POST /admin/v1/directories/{directory}/keys/ done",
            "POST /admin/v1/tenants/{tenant}/directories/ done",
        ]);
        Texts(entries[0]!["targets"]).ShouldBe([$"directory:{directory.Id}", $"key:{directory.KeyId}"], ignoreOrder: true);
        Texts(entries[5]!["targets"]).ShouldBe([$"tenant:{directory.Tenant}", $"directory:{directory.Id}"], ignoreOrder: true);
        entries[2]!["changes"]!.ToJsonString().ShouldBe("""[{"name":"limits.maxUsers","old":null,"new":"5"}]""");
        entries[3]!["changes"]!.ToJsonString().ShouldBe("""[{"name":"name","old":"A directory","new":"Renamed"}]""");
        ((string?)entries[3]!["actor"]).ShouldBe(key.Id);
        ((string?)entries[3]!["actorName"]).ShouldBe("Ops");
        ((string?)entries[3]!["scope"]).ShouldBe($"tenant:{directory.Tenant}");
        ((string?)entries[2]!["scope"]).ShouldBe("platform");
        ((string?)entries[0]!["address"]).ShouldBe("127.0.0.1");
        entries.ShouldAllBe(e => !string.IsNullOrEmpty((string?)e!["correlationId"]));
        record.Text.ShouldNotContain(directory.Token);
        record.Text.ShouldNotContain(directory.Token[^20..]);
    }

    [Fact]
    public async Task Changes_OfUsersLinksAndSettings_AreOnTheRecordWithWhatWas()
    {
        var server = await TestServer.Shared;
        (await server.Admin.Put("/profiles/audited", """{"name":"audited","title":"Audited","archive":{},"invitations":true}""")).Status.ShouldBeOneOf(200, 201);
        var directory = await server.MakeDirectory(more: ",\"profile\":\"audited\"");
        var user = await directory.MakeUser("ada");
        var path = $"/directories/{directory.Id}";
        (await server.Admin.Post($"{path}/users/{user}/archive", "")).ShouldBe(200);
        (await server.Admin.Post($"{path}/users/{user}/restore", "")).ShouldBe(200);
        (await server.Admin.Delete($"{path}/users/{user}")).ShouldBeProblem(409);
        (await directory.Scim.Delete($"/Users/{user}")).ShouldBe(204);
        (await server.Admin.Delete($"{path}/users/{user}")).ShouldBe(204);
        (await server.Admin.Put($"{path}/request-log", """{"bodies":"none","retentionDays":3}""")).ShouldBe(200);
        (await server.Admin.Put($"{path}/provisioning", """{"on":false}""")).ShouldBe(200);
        var link = (await server.Admin.Post($"{path}/setup-links", """{"label":"Contoso","ways":["key"]}""")).ShouldBe(201);
        (await server.Admin.Delete($"{path}/setup-links/{link.Id}")).ShouldBe(204);

        var record = (await server.Admin.Get($"/tenants/{directory.Tenant}/audit")).ShouldBe(200);

        var entries = record.Json["items"]!.AsArray();
        entries.Take(8).Select(e => $"{e!["method"]} {((string)e["route"]!).Split("{directory}/")[1]} {e["outcome"]} {Changes(e)}").ShouldBe(
        [
            "DELETE setup-links/{link} done ",
            $"POST setup-links/ done label=>Contoso,expires=>{DateTimeOffset.Parse(link.String("expires")!):O},ways=>key",
            "PUT provisioning/ done provisioning=on>off",
            "PUT request-log/ done bodies=requests>none,retentionDays=30>3",
            "DELETE users/{user} done state=archived>",
            "DELETE users/{user} refused ",
            "POST users/{user}/restore done state=archived>active",
            "POST users/{user}/archive done state=active>archived",
        ]);
        Texts(entries[0]!["targets"]).ShouldBe([$"directory:{directory.Id}", $"setup-link:{link.Id}"], ignoreOrder: true);
        Texts(entries[1]!["targets"]).ShouldBe([$"directory:{directory.Id}", $"setup-link:{link.Id}"], ignoreOrder: true);
        Texts(entries[7]!["targets"]).ShouldBe([$"directory:{directory.Id}", $"user:{user}"], ignoreOrder: true);
        record.Text.ShouldNotContain("msl_");
    }

    [Fact]
    public async Task Changes_OfClientsProfilesAndOrgUnits_AreOnTheRecordWithWhatWas()
    {
        var server = await TestServer.Shared;
        var profile = $"audit-{Guid.NewGuid():N}"[..20];
        (await server.Admin.Put($"/profiles/{profile}", $$"""{"name":"{{profile}}","orgUnits":[{"kind":"role","paths":["title"]}]}""")).ShouldBe(201);
        (await server.Admin.Put($"/profiles/{profile}", $$"""{"name":"{{profile}}","title":"T","orgUnits":[{"kind":"role","paths":["title"]}]}""")).ShouldBe(200);
        var directory = await server.MakeDirectory(more: $",\"profile\":\"{profile}\"");
        (await directory.Scim.Post("/Users", Bodies.User("ada", ""","title":"Engineer" """))).ShouldBe(201);
        var path = $"/directories/{directory.Id}";
        var unit = (string?)(await server.Admin.Get($"{path}/org-units/role")).ShouldBe(200).Json["items"]![0]!["id"];
        (await server.Admin.Put($"{path}/org-units/role/{unit}", """{"displayName":"E","attributes":{"grade":"7"}}""")).ShouldBe(200);
        (await server.Admin.Put($"{path}/org-units/role/{unit}", """{"attributes":{"grade":"8"}}""")).ShouldBe(200);
        (await server.Admin.Delete($"{path}/org-units/role/{unit}")).ShouldBe(204);
        var client = (await server.Admin.Post($"{path}/clients", """{"name":"C"}""")).ShouldBe(201).Id;
        var secret = (await server.Admin.Post($"{path}/clients/{client}/secrets", "{}")).ShouldBe(201);
        (await server.Admin.Delete($"{path}/clients/{client}/secrets/{secret.Id}")).ShouldBe(204);
        (await server.Admin.Put($"{path}/clients/{client}/federation", """{"issuer":"https://i.example","jwksUrl":"https://i.example/keys","subject":"s","audience":"a"}""")).ShouldBe(200);
        (await server.Admin.Put($"{path}/clients/{client}/federation", """{"issuer":"https://i.example","jwksUrl":"https://i.example/keys","subject":"t","audience":"a"}""")).ShouldBe(200);
        (await server.Admin.Delete($"{path}/clients/{client}/federation")).ShouldBe(204);
        (await server.Admin.Delete($"{path}/clients/{client}")).ShouldBe(204);
        (await server.Admin.Delete($"{path}/keys/{directory.KeyId}")).ShouldBe(204);

        (await Walk(server.Admin, $"/tenants/{directory.Tenant}/audit?count=100")).Take(11).Select(Changes).ShouldBe(
        [
            "name=A key>",
            "name=C>",
            "issuer=https://i.example>,jwksUrl=https://i.example/keys>,subject=t>,audience=a>",
            "subject=s>t",
            "issuer=>https://i.example,jwksUrl=>https://i.example/keys,subject=>s,audience=>a",
            $"lastFour={secret.String("lastFour")}>",
            $"lastFour=>{secret.String("lastFour")},expires=>{secret.Json["expires"]!.GetValue<DateTimeOffset>():O}",
            "name=>C,accessTokenSeconds=>3600",
            "name=Engineer>",
            "displayName=E>,attributes.grade=7>8",
            "displayName=>E,attributes.grade=>7",
        ]);
        (await Walk(server.Admin, $"/audit?count=100&target=profile:{profile}")).Select(Changes).First().ShouldBe("title=>\"T\"");
    }

    [Fact]
    public async Task Changes_LargerThanAnEntryMayBe_AreCutAndSayThatTheyAre()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var large = string.Join(',', Enumerable.Range(0, 40).Select(i => $$"""{"name":"a{{i}}","type":"string","description":"Attribute number {{i}}"}"""));
        var profile = $"p{Guid.NewGuid():N}"[..20];
        (await server.Admin.Put($"/directories/{directory.Id}/extensions/urn:large", $$"""{"resourceType":"User","schema":{"id":"urn:large","name":"Large","attributes":[{{large}}] } }""")).ShouldBe(201);
        (await server.Admin.Put($"/profiles/{profile}", $$"""
            {"name":"{{profile}}","title":"{{new string('t', 90)}}","description":"{{new string('d', 900)}}","dialect":"okta",
             "extensions":[{"resourceType":"User","schema":{"id":"urn:large","name":"Large","attributes":[{{large}}] } }],
             "orgUnits":[{"kind":"{{new string('k', 20)}}","paths":["title","displayName","nickName","userType"]}]}
            """)).ShouldBe(201);

        var declared = (await Walk(server.Admin, $"/tenants/{directory.Tenant}/audit?count=100"))[0]!["changes"]!.AsArray();
        var put = (await Walk(server.Admin, $"/audit?count=100&target=profile:{profile}"))[0]!["changes"]!.AsArray();

        var schema = declared.Single(c => (string?)c!["name"] == "schema")!;
        ((string?)schema["new"]).ShouldNotBeNull().ShouldStartWith("""{"id":"urn:large","name":"Large","attributes":[{"name":"a0",""");
        ((string?)schema["new"])!.ShouldEndWith("…");
        new[] { "name", "title", "description", "dialect", "extensions", "orgUnits" }.ShouldBeSubsetOf(put.Select(c => (string)c!["name"]!));
        put.Sum(c => ((string?)c!["new"])!.Length).ShouldBeLessThan(1500);
        ((string?)put.Single(c => (string?)c!["name"] == "description")!["new"]).ShouldEndWith("d…");
    }

    [Fact]
    public async Task Changes_OfAKeyThatIsRotated_NameBothKeys()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        var path = $"/directories/{directory.Id}/keys/{directory.KeyId}/rotation";
        var taken = (await server.Admin.Post(path, """{"name":"B"}""")).ShouldBe(201);
        (await server.Admin.Delete(path)).ShouldBe(204);
        var made = (await server.Admin.Post(path, """{"name":"C"}""")).ShouldBe(201);
        (await server.Admin.Post($"{path}/complete", "")).ShouldBe(200);

        var record = (await server.Admin.Get($"/tenants/{directory.Tenant}/audit")).ShouldBe(200);

        var entries = record.Json["items"]!.AsArray().Take(4).ToList();
        entries.Select(Changes).ShouldBe(["name=A key>", "name=>C", "name=B>", "name=>B"]);
        Texts(entries[0]!["targets"]).ShouldBe([$"directory:{directory.Id}", $"key:{directory.KeyId}", $"key:{made.Id}"], ignoreOrder: true);
        Texts(entries[2]!["targets"]).ShouldBe([$"directory:{directory.Id}", $"key:{directory.KeyId}", $"key:{taken.Id}"], ignoreOrder: true);
        record.Text.ShouldNotContain("mst_");
    }

    [Fact]
    public async Task Record_Filtered_GivesWhatWasAskedForByPages()
    {
        var time = new ManualTimeProvider();
        await using var server = await TestServer.Start(time: time);
        var (one, other) = (await server.MakeDirectory(), await server.MakeTenant());
        var two = await server.MakeDirectory(one.Tenant);
        time.Advance(TimeSpan.FromHours(1));
        var from = time.GetUtcNow();
        for (var i = 0; i < 5; i++)
        {
            (await server.Admin.Patch($"/directories/{one.Id}", $$"""{"name":"n{{i}}"}""")).ShouldBe(200);
            (await server.Admin.Patch($"/directories/{two.Id}", $$"""{"name":"n{{i}}"}""")).ShouldBe(200);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var audit = $"/tenants/{one.Tenant}/audit";
        (await Walk(server.Admin, $"{audit}?count=2&target=directory:{one.Id}&from={Uri.EscapeDataString(from.ToString("O"))}")).Count.ShouldBe(5);
        (await Walk(server.Admin, $"{audit}?count=3&from={from.AddMinutes(1):yyyy-MM-ddTHH:mm:ssZ}&to={from.AddMinutes(3):yyyy-MM-ddTHH:mm:ssZ}")).Count.ShouldBe(4);
        (await Walk(server.Admin, $"{audit}?count=100&actor=nobody")).ShouldBeEmpty();
        (await Walk(server.Admin, $"{audit}?count=4")).Count.ShouldBe(14);
        (await Walk(server.Admin, $"/tenants/{other}/audit?count=4")).ShouldBeEmpty();
        (await server.Admin.Get($"{audit}?from=yesterday&count=0&after=!")).ShouldHaveFaults("from");
        (await server.Admin.Get($"{audit}?count=0&after=!")).ShouldHaveFaults("count", "after");
    }

    [Fact]
    public async Task Platform_RecordOfTenants_StaysWhenTheyAreGone()
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory();
        (await server.Admin.Delete($"/tenants/{directory.Tenant}")).ShouldBe(202);

        var entries = await Walk(server.Admin, $"/audit?count=1000&target=tenant:{directory.Tenant}");

        entries.Select(e => (string?)e!["method"]).ShouldBe(["DELETE", "POST"]);
        (await server.Admin.Get($"/tenants/{directory.Tenant}/audit")).ShouldBe(200).Json["items"]!.AsArray().Count.ShouldBe(2);
        (await server.Admin.Get("/tenants/platform/audit")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Change_ThatCannotBeRecorded_IsNotMade()
    {
        var fail = false;
        await using var server = await TestServer.Start(configure: builder => EngineUnderTest.DecorateStorage(builder, inner => new AuditStorage(inner, () => fail)));
        var tenant = await server.MakeTenant("Before");

        fail = true;
        (await server.Admin.Patch($"/tenants/{tenant}", """{"name":"After"}""")).ShouldBeProblem(503);
        fail = false;

        (await server.Admin.Get($"/tenants/{tenant}")).ShouldBe(200).String("name").ShouldBe("Before");
        (await server.Admin.Patch($"/tenants/{tenant}", """{"name":"After"}""")).ShouldBe(200);
    }

    [Fact]
    public async Task Change_WhoseOutcomeCannotBeRecorded_IsNotAcknowledgedAndShowsAsBegun()
    {
        var writes = 0;
        var failAt = 0;
        await using var server = await TestServer.Start(configure: builder => EngineUnderTest.DecorateStorage(builder, inner => new AuditStorage(inner, () => failAt > 0 && ++writes >= failAt)));
        var tenant = await server.MakeTenant("Before");

        failAt = 2;
        var answer = (await server.Admin.Patch($"/tenants/{tenant}", """{"name":"After"}""")).ShouldBeProblem(503);
        failAt = 0;

        answer.Header("ETag").ShouldBeNull();
        var entry = (await server.Admin.Get($"/tenants/{tenant}/audit")).ShouldBe(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)entry["outcome"]).ShouldBe("begun");
        entry["status"].ShouldBeNull();
    }

    private static string Changes(JsonNode? entry) => string.Join(',', entry!["changes"]!.AsArray().Select(c => $"{c!["name"]}={c["old"]}>{c["new"]}"));

    private static IEnumerable<string?> Texts(JsonNode? list) => list!.AsArray().Select(t => (string?)t);

    private static async Task<List<JsonNode?>> Walk(ApiClient admin, string list)
    {
        var all = new List<JsonNode?>();
        string? next = null;
        do
        {
            var page = (await admin.Get(next is null ? list : $"{list}&after={next}")).ShouldBe(200);
            all.AddRange(page.Json["items"]!.AsArray());
            next = page.String("next");
        }
        while (next is not null);
        return all;
    }

    /// <summary>Storage that does not write audit records when told so.</summary>
    private sealed class AuditStorage(IGrainStorage inner, Func<bool> fails) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            stateName == "audit" && fails() ? throw new IOException("No.") : inner.WriteStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
    }
}
