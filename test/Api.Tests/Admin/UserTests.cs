using System.Text.Json.Nodes;

namespace Api.Tests.Admin;

/// <summary>Users and groups as the vendor's admins see them: the archive, invitations, lists.</summary>
public sealed class UserTests
{
    private const string Profile = """{"name":"archiving","title":"Archiving","archive":{"retentionDays":30},"invitations":true}""";

    [Fact]
    public async Task Delete_ThenRestore_ThroughTheAdminApi()
    {
        var directory = await New();
        var ada = await directory.MakeUser("ada");
        var group = await directory.MakeGroup("Staff", ada);
        var shown = (await directory.Scim.Get($"/Users/{ada}")).ShouldBe(200);
        (await Get(directory, ada)).Json["groups"]!.AsArray().Select(g => (string?)g).ShouldBe([group]);

        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);

        (await directory.Scim.Get($"/Users/{ada}")).ShouldBeError(404);
        var kept = await Get(directory, ada);
        (kept.String("state"), kept.String("reason")).ShouldBe(("archived", "deleted"));
        (DateTimeOffset.Parse(kept.String("erasedFrom")!) - DateTimeOffset.Parse(kept.String("deleted")!)).ShouldBe(TimeSpan.FromDays(30));
        kept.String("created").ShouldNotBeNull();
        ((string?)kept.Json["resource"]!["userName"]).ShouldBe("ada");
        ((string?)kept.Json["resource"]!["meta"]!["location"]).ShouldBe($"{directory.Server.Url}/directories/{directory.Id}/scim/v2/Users/{ada}");
        kept.Json["groups"]!.AsArray().ShouldBeEmpty();
        var restored = (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBe(200);
        (restored.String("state"), restored.String("reason")).ShouldBe(("active", null));
        restored.String("restored").ShouldNotBeNull();
        var back = (await directory.Scim.Get($"/Users/{ada}")).ShouldBe(200);
        ((string?)back.Json["meta"]!["created"]).ShouldBe((string?)shown.Json["meta"]!["created"]);
        back.Json["groups"].ShouldBeNull();
        (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBe(200).Json["version"]!.GetValue<long>().ShouldBe(restored.Json["version"]!.GetValue<long>());
        (await Admin(directory).Get("/events")).Json["events"]!.AsArray().Where(e => (string?)e!["resourceId"] == ada).Select(e => (string?)e!["kind"]).ShouldBe(["create", "delete", "create"]);
    }

    [Fact]
    public async Task Restore_NameTaken_Is409NamingTheHolder()
    {
        var directory = await New();
        var ada = await directory.MakeUser("ada");
        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        var other = await directory.MakeUser("ADA");

        (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBeProblem(409).String("detail")!.ShouldContain(other);

        (await directory.Scim.Delete($"/Users/{other}")).ShouldBe(204);
        (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBe(200);
        (await Admin(directory).Post($"/users/{other}/restore", "")).ShouldBeProblem(409).String("detail")!.ShouldContain(ada);
    }

    [Fact]
    public async Task Archive_SetsActiveToFalse_AndRestoreSetsItBack()
    {
        var directory = await New();
        var ada = await directory.MakeUser("ada");

        var archived = (await Admin(directory).Post($"/users/{ada}/archive", "")).ShouldBe(200);

        (archived.String("state"), archived.String("reason")).ShouldBe(("archived", "disabled"));
        (await directory.Scim.Get($"/Users/{ada}")).ShouldBe(200).Json["active"]!.GetValue<bool>().ShouldBeFalse();
        (await Admin(directory).Delete($"/users/{ada}")).ShouldBeProblem(409);
        (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBe(200).String("state").ShouldBe("active");
        (await directory.Scim.Get($"/Users/{ada}")).ShouldBe(200).Json["active"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Erase_OfADeletedUser_IsForGood()
    {
        var directory = await New();
        var ada = await directory.MakeUser("ada");
        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);

        (await Admin(directory).Delete($"/users/{ada}")).ShouldBe(204);

        (await Admin(directory).Get($"/users/{ada}")).ShouldBeProblem(404);
        (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBeProblem(404);
        (await Admin(directory).Delete($"/users/{ada}")).ShouldBeProblem(404);
        (await List(directory, "state=all")).ShouldBeEmpty();
    }

    [Fact]
    public async Task List_ByStateAndFilter_PageByPage()
    {
        var directory = await New();
        var active = new List<string>();
        var disabled = new List<string>();
        var deleted = new List<string>();
        for (var i = 0; i < 21; i++)
        {
            var id = await directory.MakeUser($"user{i:00}");
            (i % 3 == 0 ? active : i % 3 == 1 ? disabled : deleted).Add(id);
        }

        foreach (var id in disabled)
        {
            (await directory.Scim.Patch($"/Users/{id}", Bodies.Replace("active", "false"))).ShouldBe(200);
        }

        foreach (var id in deleted)
        {
            (await directory.Scim.Delete($"/Users/{id}")).ShouldBe(204);
        }

        foreach (var page in new[] { 1, 4, 7, 200 })
        {
            (await List(directory, $"count={page}")).ShouldBe(active, ignoreOrder: true);
            (await List(directory, $"state=disabled&count={page}")).ShouldBe(disabled, ignoreOrder: true);
            (await List(directory, $"state=deleted&count={page}")).ShouldBe(deleted, ignoreOrder: true);
            (await List(directory, $"state=archived&count={page}")).ShouldBe(disabled.Concat(deleted), ignoreOrder: true);
            (await List(directory, $"state=all&count={page}")).ShouldBe(active.Concat(disabled).Concat(deleted), ignoreOrder: true);
        }

        (await List(directory, "state=all&filter=" + Uri.EscapeDataString("userName eq \"user02\" or userName eq \"user03\""))).ShouldBe([active[1], deleted[0]], ignoreOrder: true);
        (await List(directory, "state=archived&filter=" + Uri.EscapeDataString("userName sw \"user0\""))).ShouldBe([disabled[0], disabled[1], disabled[2], deleted[0], deleted[1], deleted[2]], ignoreOrder: true);
        (await List(directory, "filter=" + Uri.EscapeDataString("userName eq \"user00\" or userName eq \"user01\""))).ShouldBe([active[0]]);

        // What is put around a filter cannot be broken out of.
        (await Admin(directory).Get("/users?filter=" + Uri.EscapeDataString("userName pr) or (userName pr"))).ShouldHaveFaults("filter");
        (await Admin(directory).Get("/users?filter=" + Uri.EscapeDataString("nose eq 1"))).ShouldHaveFaults("filter");
        (await Admin(directory).Get("/users?state=gone&count=0&after=x")).ShouldHaveFaults("state", "count", "after");
    }

    [Fact]
    public async Task Invitation_IsTheAdminsAlone()
    {
        var directory = await New();
        var ada = (await directory.Scim.Post("/Users", Bodies.User("ada", ""","invitation":{"state":"invited"}"""))).ShouldBe(201).Id;
        Invitation(await Get(directory, ada)).ShouldBe(("uninvited", null));
        var before = (await directory.Scim.Get($"/Users/{ada}")).ShouldBe(200);

        var invited = (await Admin(directory).Post($"/users/{ada}/invite", """{"by":"Bea"}""")).ShouldBe(200);

        Invitation(invited).ShouldBe(("invited", "Bea"));
        var after = (await directory.Scim.Get($"/Users/{ada}")).ShouldBe(200);
        after.Text.ShouldBe(before.Text);
        after.Header("ETag").ShouldBe(before.Header("ETag"));
        (await Admin(directory).Get("/events")).Json["events"]!.AsArray().Count.ShouldBe(1);
        (await Admin(directory).Post($"/users/{ada}/invite", "")).ShouldBe(200).Text.ShouldBe(invited.Text);
        await directory.Scim.Patch($"/Users/{ada}", Bodies.Replace("invitation", "\"uninvited\""));
        (await directory.Scim.Put($"/Users/{ada}", Bodies.User("ada", ""","title":"Countess","invitation":null"""))).ShouldBe(200);
        Invitation(await Get(directory, ada)).ShouldBe(("invited", "Bea"));
        (await directory.Scim.Get("/Schemas")).Text.ShouldNotContain("invit");
        Invitation((await Admin(directory).Delete($"/users/{ada}/invite")).ShouldBe(200)).ShouldBe(("uninvited", null));
        Invitation((await Admin(directory).Post($"/users/{ada}/invite", "")).ShouldBe(200)).By.ShouldBe("an admin of the platform");
        (await Admin(directory).Post($"/users/{ada}/invite", $$"""{"by":"{{new string('x', 201)}}","to":1}""")).ShouldHaveFaults("#/by", "#/to");
    }

    [Fact]
    public async Task Invitation_InAStrictDirectory_IsAnUnknownAttribute()
    {
        var directory = await New("strict");

        (await directory.Scim.Post("/Users", Bodies.User("ada", ""","invitation":"invited" """))).ShouldBeError(400, "invalidSyntax").String("detail")!.ShouldContain("invitation");
    }

    [Fact]
    public async Task InADirectoryWithoutAProfile_NothingIsKeptOrInvited()
    {
        var directory = await (await TestServer.Shared).MakeDirectory();
        var ada = await directory.MakeUser("ada");
        (await directory.Scim.Patch($"/Users/{ada}", Bodies.Replace("active", "false"))).ShouldBe(200);

        var shown = await Get(directory, ada);

        (shown.String("state"), shown.String("reason")).ShouldBe(("disabled", null));
        shown.Json["invitation"].ShouldBeNull();
        (await Admin(directory).Post($"/users/{ada}/archive", "")).ShouldBeProblem(409);
        (await Admin(directory).Post($"/users/{ada}/restore", "")).ShouldBeProblem(409);
        (await Admin(directory).Post($"/users/{ada}/invite", "")).ShouldBeProblem(409);
        (await List(directory, "state=archived")).ShouldBeEmpty();
        (await List(directory, "state=deleted")).ShouldBeEmpty();
        (await List(directory, "state=active")).ShouldBeEmpty();
        (await List(directory, "state=disabled")).ShouldBe([ada]);
        (await List(directory, "state=all")).ShouldBe([ada]);
        (await directory.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        (await Admin(directory).Get($"/users/{ada}")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Groups_AreListedAndReadWithTheirMembersPageByPage()
    {
        var directory = await New();
        var users = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            users.Add(await directory.MakeUser($"user{i}"));
        }

        var staff = await directory.MakeGroup("Staff", [.. users]);
        var outer = await directory.MakeGroup("Outer", staff);

        (await directory.Scim.Get("/Groups")).ShouldBe(200).TotalResults.ShouldBe(2);
        (await Walk(directory, "groups", "count=1")).Select(g => (string?)g["id"]).ShouldBe([staff, outer], ignoreOrder: true);
        (await Walk(directory, "groups", "filter=" + Uri.EscapeDataString("displayName eq \"staff\""))).Select(g => (string?)g["id"]).ShouldBe([staff]);
        var members = await Walk(directory, $"groups/{staff}/members", "count=2");
        members.Select(m => (string?)m["id"]).ShouldBe(users, ignoreOrder: true);
        var read = (await Admin(directory).Get($"/groups/{outer}")).ShouldBe(200);
        read.Json["memberCount"]!.GetValue<long>().ShouldBe(1);
        (await Walk(directory, $"groups/{outer}/members", "count=1000")).Select(m => ((string?)m["id"], (string?)m["type"])).ShouldBe([(staff, "Group")]);
        ((string?)read.Json["resource"]!["displayName"]).ShouldBe("Outer");
        (await Admin(directory).Get($"/groups/{Guid.CreateVersion7()}")).ShouldBeProblem(404);
        (await Admin(directory).Get("/groups/x")).ShouldBeProblem(404);
        (await Admin(directory).Get($"/groups/{Guid.CreateVersion7()}/members")).ShouldBeProblem(404);
        (await Admin(directory).Get("/groups?after=x&count=201")).ShouldHaveFaults("after", "count");
        (await Admin(directory).Get("/groups?filter=nose%20eq%201")).ShouldHaveFaults("filter");
        (await Admin(directory).Get($"/groups/{staff}/members?after=x&count=1001")).ShouldHaveFaults("after", "count");
    }

    [Fact]
    public async Task Groups_OfADirectoryWithout_Are404()
    {
        var directory = await (await TestServer.Shared).MakeDirectory(more: ""","profile":"frankli" """);

        (await Admin(directory).Get("/groups")).ShouldBeProblem(404);
        (await Admin(directory).Get($"/groups/{Guid.CreateVersion7()}")).ShouldBeProblem(404);
    }

    [Fact]
    public async Task Move_ADirectoryWithAnArchive_TakesItAlong()
    {
        var from = await New();
        var ada = await from.MakeUser("ada");
        var bea = await from.MakeUser("bea");
        (await Admin(from).Post($"/users/{ada}/invite", """{"by":"Cyd"}""")).ShouldBe(200);
        (await Admin(from).Post($"/users/{bea}/invite", """{"by":"Cyd"}""")).ShouldBe(200);
        (await from.Scim.Delete($"/Users/{ada}")).ShouldBe(204);
        for (var i = 0; i < 3; i++)
        {
            (await from.Scim.Delete($"/Users/{await from.MakeUser($"user{i}")}")).ShouldBe(204);
        }

        var file = (await Admin(from).Get("/export")).ShouldBe(200).Text;
        var lines = file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        lines.Select(l => (string?)l["kind"]).ShouldBe(["head", "user", "archived", "archived", "archived", "archived", "end"]);
        lines[^1]["archived"]!.GetValue<long>().ShouldBe(4);

        // From the middle of the archive on it is the same.
        var rest = (await Admin(from).Get($"/export?after={(string?)lines[3]["cursor"]}")).ShouldBe(200).Text;
        file.ShouldEndWith(rest);
        rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);

        var to = await New();
        var import = (await Admin(to).Post("/import", file, ("Content-Type", "application/x-ndjson"))).ShouldBe(200);
        (import.Json["users"]!["created"]!.GetValue<long>(), import.Json["archived"]!["created"]!.GetValue<long>()).ShouldBe((1, 4));
        (await Admin(to).Post("/import", file, ("Content-Type", "application/x-ndjson"))).ShouldBe(200).Json["archived"]!["alreadyThere"]!.GetValue<long>().ShouldBe(4);
        foreach (var id in new[] { ada, bea })
        {
            (await Get(to, id)).Text.Replace(to.Id, from.Id, StringComparison.Ordinal).ShouldBe((await Get(from, id)).Text);
        }

        (await Admin(to).Post($"/users/{ada}/restore", "")).ShouldBe(200);
        (await to.Scim.Find("/Users", "userName eq \"ada\"")).Resources.Count.ShouldBe(1);

        var without = await (await TestServer.Shared).MakeDirectory();
        var refused = (await Admin(without).Post("/import", file, ("Content-Type", "application/x-ndjson"))).ShouldBe(200);
        (refused.Json["users"]!["created"]!.GetValue<long>(), refused.Json["archived"]!["refused"]!.GetValue<long>()).ShouldBe((1, 4));
    }

    private static ApiClient Admin(TestDirectory directory) => directory.Server.Client($"/admin/v1/directories/{directory.Id}", directory.Server.AdminKey);

    private static async Task<Answer> Get(TestDirectory directory, string user) => (await Admin(directory).Get($"/users/{user}")).ShouldBe(200);

    private static (string? State, string? By) Invitation(Answer user) => ((string?)user.Json["invitation"]!["state"], (string?)user.Json["invitation"]!["by"]);

    private static async Task<List<string>> List(TestDirectory directory, string query) =>
        [.. (await Walk(directory, "users", query)).Select(u => (string)u["id"]!)];

    /// <summary>All pages of a list.</summary>
    private static async Task<List<JsonNode>> Walk(TestDirectory directory, string what, string query)
    {
        var all = new List<JsonNode>();
        var after = "";
        do
        {
            var page = (await Admin(directory).Get($"/{what}?{query}{after}")).ShouldBe(200);
            all.AddRange(page.Json["items"]!.AsArray().Select(i => i!));
            after = page.String("next") is { } next ? $"&after={Uri.EscapeDataString(next)}" : "";
        }
        while (after.Length > 0);

        return all;
    }

    private static async Task<TestDirectory> New(string dialect = "entra")
    {
        var server = await TestServer.Shared;
        (await server.Admin.Put("/profiles/archiving", Profile)).Status.ShouldBeOneOf(200, 201);
        return await server.MakeDirectory(dialect: dialect, more: ""","profile":"archiving" """);
    }
}
