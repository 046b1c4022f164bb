namespace Conformance.Areas.Entra;

/// <summary>What Entra ID sends for managers and groups.</summary>
internal static class ReferenceCases
{
    private const string Develop = "Entra: Develop a SCIM endpoint";
    private const string Compliance = "Entra: SCIM 2.0 compliance of the provisioning service";
    private const string Manager = Urns.Enterprise + "/manager/value";

    private static readonly (string Id, string What, string Value)[] ManagerForms =
    [
        ("list", "a list of an object", """[{"$ref":"http://example.org/Users/1","value":"{boss}"}]"""),
        ("list-null-ref", "a list of an object with $ref null", """[{"$ref":null,"value":"{boss}"}]"""),
        ("text", "text", "\"{boss}\""),
        ("object", "an object", """{"value":"{boss}"}"""),
    ];

    private static readonly (string Id, string Path)[] ManagerPaths = [("short", "manager"), ("full", Urns.Enterprise + ":manager")];

    private static readonly (string Id, string Title, string Operation, string[] Left)[] MemberOperations =
    [
        ("add", "Add of a list with $ref null", """{"op":"Add","path":"members","value":[{"$ref":null,"value":"{c}"}]}""", ["a", "b", "c"]),
        ("add-flagged", "add of a list", """{"op":"add","path":"members","value":[{"value":"{c}"}]}""", ["a", "b", "c"]),
        ("remove-by-value-list", "Remove with a list removes only those", """{"op":"Remove","path":"members","value":[{"$ref":null,"value":"{a}"}]}""", ["b"]),
        ("remove-by-value-list-of-two", "Remove with a list of two", """{"op":"Remove","path":"members","value":[{"value":"{a}"},{"value":"{b}"}]}""", []),
        ("remove-by-value-list-of-stranger", "Remove with a list of who is no member removes nobody", """{"op":"Remove","path":"members","value":[{"value":"{c}"}]}""", ["a", "b"]),
        ("remove-flagged", "remove by a filter", """{"op":"remove","path":"members[value eq \"{a}\"]"}""", ["b"]),
        ("replace-name", "Replace of displayName", """{"op":"Replace","path":"displayName","value":"{c}"}""", ["a", "b"]),
        ("replace-name-flagged", "replace of displayName without a path", """{"op":"replace","value":{"displayName":"{c}"} }""", ["a", "b"]),
    ];

    public static IEnumerable<Case> All =>
    [
        .. ManagerPaths.SelectMany(p => ManagerForms.Select(f => Provider($"entra.manager.{f.Id}-{p.Id}", $"Add of '{p.Path}' as {f.What}", Develop, async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "manager");
            var boss = await t.NewUser();
            (await t.Patched(await t.NewUser(), Operation("Add", p.Path, f.Value, boss.Id))).Has(Manager, boss.Id);
        }))),
        Provider("entra.manager.replace", "Replace of the manager by another", Develop, async t =>
        {
            var (user, _) = await Managed(t);
            var other = await t.NewUser();
            (await t.Patched(user, Operation("Replace", "manager", "\"{boss}\"", other.Id))).Has(Manager, other.Id);
        }),
        .. ((string[])["\"\"", "null", "[]"]).Select((value, i) => Provider($"entra.manager.cleared-{((string[])["empty-text", "null", "empty-list"])[i]}", $"Replace of the manager with {value} clears it", Develop, async t =>
        {
            var (user, _) = await Managed(t);
            (await t.Patched(user, Operation("Replace", "manager", value, ""))).Lacks(Manager);
        })),
        Provider("entra.manager.removed", "Remove of the manager", Develop, async t =>
        {
            var (user, _) = await Managed(t);
            (await t.Patched(user, $$"""{"op":"Remove","path":"{{Urns.Enterprise}}:manager"}""")).Lacks(Manager);
        }),
        Provider("entra.manager.removed-by-filter", "remove of manager[value eq …]", Compliance, async t =>
        {
            var (user, boss) = await Managed(t);
            (await t.Patched(user, $$"""{"op":"remove","path":"manager[value eq \"{{boss.Id}}\"]"}""")).Lacks(Manager);
        }),
        .. ((string[])["manager eq", $"{Urns.Enterprise}:manager eq", $"{Urns.Enterprise}:manager.value eq"]).Select((name, i) => Provider($"entra.manager.filter-{i + 1}", $"id eq … and {name} …", Develop, async t =>
        {
            var (user, boss) = await Managed(t);
            (await t.Find("/Users", $"id eq \"{user.Id}\" and {name} \"{boss.Id}\"", "&attributes=id")).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
            (await t.Find("/Users", $"id eq \"{user.Id}\" and {name} \"{user.Id}\"", "&attributes=id")).Is(200).Has("totalResults", 0);
        })),

        Provider("entra.group.create", "A group is created with the schema of Entra ID beside the core one, and no members", Develop, async t =>
        {
            Attempt.Needs(t.Server.Groups, "groups");
            var made = (await t.Post("/Groups", t.GroupJson($$"""
                {"schemas":["{{Urns.Group}}","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],"externalId":"{{t.Name()}}","members":[],"meta":{"resourceType":"Group"} }
                """))).Is(201);
            made.Has("displayName").Lacks("members");
        }),
        Provider("entra.group.match", "A group is matched by displayName, without its members", Develop, async t =>
        {
            var group = await t.NewGroup(await t.NewUser());
            (await t.Get($"/Groups?excludedAttributes=members&filter={Uri.EscapeDataString($"displayName eq \"{group.Name}\"")}")).Is(200).Has("totalResults", 1).Part("Resources/0").Has("id", group.Id).Omits("members");
        }),
        Provider("entra.group.read", "A group is read without its members", Develop, async t =>
            (await t.Read(await t.NewGroup(await t.NewUser()), "?excludedAttributes=members")).Omits("members")),
        Provider("entra.group.is-member", "id eq … and members eq …", Develop, async t =>
        {
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            (await t.Find("/Groups", $"id eq \"{group.Id}\" and members eq \"{user.Id}\"")).Is(200).Has("totalResults", 1);
            (await t.Find("/Groups", $"id eq \"{group.Id}\" and members eq \"{group.Id}\"")).Is(200).Has("totalResults", 0);
        }),
        .. MemberOperations.SelectMany(m => (Case[])
        [
            Provider($"entra.group.{m.Id}", m.Title, m.Id.EndsWith("flagged", StringComparison.Ordinal) ? Compliance : Develop, async t =>
            {
                var (group, users, operation) = await Prepared(t, m.Operation);
                (await t.Patched(group, operation)).HasValues("members", [.. m.Left.Select(key => users[key].Id)]);
            }),
            Provider($"entra.group.{m.Id}-again", $"{m.Title}, sent again, is no error", Develop, async t =>
            {
                var (group, users, operation) = await Prepared(t, m.Operation);
                await t.Patched(group, operation);
                (await t.Patched(group, operation)).HasValues("members", [.. m.Left.Select(key => users[key].Id)]);
            }),
        ]),
        Provider("entra.group.patch-204", "PATCH of a group is 204 without a body, or 200", Develop, async t =>
        {
            var answer = (await t.Patch(await t.NewGroup(), """{"op":"Replace","path":"displayName","value":"D"}""")).Is(200, 204);
            answer.True(answer.Status == 200 || answer.Bytes.Length == 0, "no body");
        }),
    ];

    private static string Operation(string op, string path, string value, string boss) =>
        $"{{\"op\":\"{op}\",\"path\":\"{path}\",\"value\":{value.Replace("{boss}", boss, StringComparison.Ordinal)}}}";

    private static async Task<(Resource User, Resource Boss)> Managed(Attempt t)
    {
        t.NeedsAttribute(Urns.Enterprise, "manager");
        var boss = await t.NewUser();
        return (await t.NewUserWith(Urns.InEnterprise($$"""{"manager":{"value":"{{boss.Id}}"} }""")), boss);
    }

    private static async Task<(Resource Group, Dictionary<string, Resource> Users, string Operation)> Prepared(Attempt t, string operation)
    {
        var users = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var key in (string[])["a", "b", "c"])
        {
            users.Add(key, await t.NewUser());
        }

        return (await t.NewGroup(users["a"], users["b"]), users, users.Aggregate(operation, (text, user) => text.Replace($"{{{user.Key}}}", user.Value.Id, StringComparison.Ordinal)));
    }
}
