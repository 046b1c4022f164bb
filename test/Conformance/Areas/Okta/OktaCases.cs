namespace Conformance.Areas.Okta;

/// <summary>What Okta sends (developer.okta.com: "SCIM 2.0 protocol reference", "Build your SCIM API service").</summary>
internal static class OktaCases
{
    private const string Users = "Okta: SCIM 2.0, users";
    private const string Groups = "Okta: SCIM 2.0, groups";
    private const string MediaType = "application/scim+json; charset=utf-8";

    public static IEnumerable<Case> All =>
    [
        Provider("okta.lookup-none", "The look-up before a create: 200 and no resources", Users, async t =>
            (await t.Get($"/Users?filter={Uri.EscapeDataString($"userName eq \"{t.Name()}\"")}&startIndex=1&count=100", ("Accept", MediaType))).Is(200).Has("totalResults", 0).Has("startIndex", 1)),
        Provider("okta.lookup-found", "The look-up of a user that is there", Users, async t =>
        {
            var user = await t.NewUser();
            (await t.Get($"/Users?filter={Uri.EscapeDataString($"userName eq \"{user.Name}\"")}&startIndex=1&count=100")).Is(200).Has("totalResults", 1).Has("itemsPerPage", 1).Has("Resources/0/userName", user.Name);
        }),
        Provider("okta.create", "The create, with groups [] and a display name", Users, async t =>
        {
            var made = (await t.Post("/Users", t.UserJson("""
                {"name":{"givenName":"Test","familyName":"User"},"emails":[{"primary":true,"value":"t@example.org","type":"work"}],"displayName":"Test User","locale":"en-US","externalId":"00ujl29u0le5T6Aj10h7","groups":[],"active":true}
                """), ("Content-Type", MediaType))).Is(201);
            made.Has("active", true).Has("displayName", "Test User").Has("emails/0/value", "t@example.org");
        }),
        Provider("okta.create-with-password", "A create with a password is 201, and the password is not returned", Users, async t =>
        {
            var made = (await t.Post("/Users", t.UserJson("""{"password":"1mz050nq"}"""))).Is(201);
            made.Omits("password");
        }),
        Provider("okta.put", "PUT with the resource as it was read, changed", Users, async t =>
        {
            var user = await t.NewUser("""{"name":{"givenName":"A","familyName":"B"},"active":true}""");
            var body = (await t.Read(user)).Json!.AsObject();
            body["name"]!["givenName"] = "Another";
            (await t.Put(user.Path, Json.Text(body), ("Content-Type", MediaType))).Is(200).Has("name/givenName", "Another").Has("id", user.Id);
        }),
        Provider("okta.put-deactivate", "PUT with active false", Users, async t =>
        {
            var user = await t.NewUser("""{"active":true}""");
            (await t.Put(user.Path, t.UserJson("""{"active":false}""", user.Name))).Is(200).Has("active", false);
        }),
        Provider("okta.patch-deactivate", "PATCH without a path that deactivates", Users, async t =>
            (await t.Patched(await t.NewUser("""{"active":true}"""), """{"op":"replace","value":{"active":false}}""")).Has("active", false)),
        Provider("okta.patch-reactivate", "PATCH without a path that activates again", Users, async t =>
            (await t.Patched(await t.NewUser("""{"active":false}"""), """{"op":"replace","value":{"active":true}}""")).Has("active", true)),
        Provider("okta.patch-password", "PATCH without a path with a password is no error, and the password is not returned", Users, async t =>
        {
            var user = await t.NewUser();
            var answer = (await t.Patch(user, """{"op":"replace","value":{"password":"x1mz050nq"}}""")).Is(200, 204);
            answer.True(!answer.Text.Contains("x1mz050nq", StringComparison.Ordinal), "no password");
        }),
        Provider("okta.import", "The import pages through all users, with totalResults", Users, async t =>
        {
            await t.People();
            var answer = (await t.Get("/Users?startIndex=1&count=100")).Is(200).Has("startIndex", 1);
            answer.True(answer.TotalResults >= 4 && answer.Number("itemsPerPage") == answer.Resources.Count, "at least four, and itemsPerPage");
        }),
        Provider("okta.missing", "A user that is not there is a 404 error with a detail", Users, async t => (await t.Get("/Users/00ujl29u0le5T6Aj10h7")).IsError(404).Has("detail")),
        Provider("okta.taken", "A name that is taken is 409", Users, async t => (await t.Post("/Users", t.UserJson(userName: (await t.NewUser()).Name))).IsError(409)),

        Provider("okta.group.list", "Groups are listed with paging", Groups, async t =>
        {
            await t.NewGroup();
            (await t.Get("/Groups?startIndex=1&count=100")).Is(200).Has("startIndex", 1);
        }),
        Provider("okta.group.lookup", "The look-up of a group by its name", Groups, async t =>
        {
            var group = await t.NewGroup();
            (await t.Get($"/Groups?filter={Uri.EscapeDataString($"displayName eq \"{group.Name}\"")}&startIndex=1&count=100")).Is(200).Has("totalResults", 1);
        }),
        Provider("okta.group.push-create", "Group push: a group with members, each with a display", Groups, async t =>
        {
            var user = await t.NewUser();
            (await t.Post("/Groups", t.GroupJson($$"""{"members":[{"value":"{{user.Id}}","display":"{{user.Name}}"}]}"""))).Is(201).HasValues("members", [user.Id]);
        }),
        Provider("okta.group.push-rename", "Group push: a new name, with the id in the value", Groups, async t =>
        {
            var group = await t.NewGroup();
            (await t.Patched(group, $$"""{"op":"replace","value":{"id":"{{group.Id}}","displayName":"Renamed"} }""")).Has("displayName", "Renamed");
        }),
        Provider("okta.group.push-replace", "Group push: all members replaced", Groups, async t =>
        {
            var (a, b) = (await t.NewUser(), await t.NewUser());
            (await t.Patched(await t.NewGroup(a), $$"""{"op":"replace","path":"members","value":[{"value":"{{b.Id}}","display":"{{b.Name}}"}]}""")).HasValues("members", [b.Id]);
        }),
        Provider("okta.group.push-change", "Group push: one removed and one added at once", Groups, async t =>
        {
            var (a, b) = (await t.NewUser(), await t.NewUser());
            (await t.Patched(
                await t.NewGroup(a),
                $$"""{"op":"remove","path":"members[value eq \"{{a.Id}}\"]"}""",
                $$"""{"op":"add","path":"members","value":[{"value":"{{b.Id}}","display":"{{b.Name}}"}]}""")).HasValues("members", [b.Id]);
        }),
        Provider("okta.group.put", "PUT of a group with its members", Groups, async t =>
        {
            var user = await t.NewUser();
            var group = await t.NewGroup();
            (await t.Put(group.Path, t.GroupJson($$"""{"id":"{{group.Id}}","members":[{"value":"{{user.Id}}","display":"x"}]}""", group.Name))).Is(200).HasValues("members", [user.Id]);
        }),
        Provider("okta.group.delete", "DELETE of a group is 204", Groups, async t => (await t.Delete((await t.NewGroup()).Path)).Is(204)),
    ];
}
