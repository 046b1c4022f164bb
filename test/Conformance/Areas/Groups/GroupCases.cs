namespace Conformance.Areas.Groups;

/// <summary>Groups and their members (RFC 7643 §4.2, §4.1.2).</summary>
internal static class GroupCases
{
    private const string Source = "RFC 7643 §4.2";

    public static IEnumerable<Case> All =>
    [
        Must("groups.empty", "A group without members", Source, async t => (await t.Read(await t.NewGroup())).Lacks("members")),
        Must("groups.empty-array", "A group with an empty array of members", Source, async t => (await t.Post("/Groups", t.GroupJson("""{"members":[]}"""))).Is(201).Lacks("members")),
        Must("groups.members", "Members are kept", Source, async t =>
        {
            var (a, b) = (await t.NewUser(), await t.NewUser());
            (await t.Read(await t.NewGroup(a, b))).HasValues("members", [a.Id, b.Id]);
        }),
        Must("groups.member-twice", "A member that is sent twice is there once", "RFC 7643 §2.4", async t =>
        {
            var user = await t.NewUser();
            (await t.Read(await t.NewGroup(user, user))).HasValues("members", [user.Id]);
        }),
        Must("groups.ref", "A member's $ref is the address of the user", Source, async t =>
        {
            var user = await t.NewUser();
            var read = await t.Read(await t.NewGroup(user));
            read.True(read.At("members/0/$ref") is null || read.String("members/0/$ref") == user.Created.String("meta/location"), $"no $ref, or {user.Created.String("meta/location")}");
        }),
        Must("groups.type", "A member's type, where there is one, is User or Group", Source, async t =>
        {
            var read = await t.Read(await t.NewGroup(await t.NewUser()));
            read.True(read.At("members/0/type") is null || read.String("members/0/type") == "User", "no type, or User");
        }),
        Must("groups.nested", "A group can be a member of a group, or is refused with 400", Source, async t =>
        {
            var inner = await t.NewGroup(await t.NewUser());
            var answer = (await t.Post("/Groups", t.GroupJson(Members(inner)))).Is(201, 400);
            Attempt.Needs(answer.Status == 201, "groups in groups");
            var read = (await t.Get($"/Groups/{answer.Id}")).Is(200).HasValues("members", [inner.Id]);
            read.True(read.At("members/0/type") is null || read.String("members/0/type") == "Group", "no type, or Group");
        }),
        Must("groups.nested-ref", "A member that is a group has the group's address", Source, async t =>
        {
            var inner = await t.NewGroup();
            var answer = await t.Post("/Groups", t.GroupJson(Members(inner)));
            Attempt.Needs(answer.Status == 201, "groups in groups");
            answer.True(answer.At("members/0/$ref") is null || answer.String("members/0/$ref") == inner.Created.String("meta/location"), $"no $ref, or {inner.Created.String("meta/location")}");
        }),
        Must("groups.unknown-member", "An unknown member is refused with 400 or 404, or kept; never dropped without a word", Source, async t =>
        {
            var answer = (await t.Post("/Groups", t.GroupJson($$"""{"members":[{"value":"{{Guid.NewGuid()}}"}]}"""))).Is(201, 400, 404);
            answer.True(answer.Status != 201 || answer.Values("members").Count == 1, "the member, or a refusal");
        }),
        Must("groups.member-without-value", "A member without a value is 400", Source, async t =>
            (await t.Post("/Groups", t.GroupJson("""{"members":[{"display":"x"}]}"""))).IsError(400, "invalidValue", "invalidSyntax")),
        Must("groups.same-name", "Two groups of one name, or 409", Source, async t =>
            (await t.Post("/Groups", t.GroupJson(displayName: (await t.NewGroup()).Name))).Is(201, 409)),

        Patches("groups.patch.add", "add of a member keeps the others", "add", """[{"value":"{c}"}]""", "a", "b", "c"),
        Patches("groups.patch.add-two", "add of two members", "add", """[{"value":"{c}"},{"value":"{d}"}]""", "a", "b", "c", "d"),
        Patches("groups.patch.add-object", "add of a member that is not in an array", "add", """{"value":"{c}"}""", "a", "b", "c"),
        Patches("groups.patch.add-again", "add of a member that is there already changes nothing", "add", """[{"value":"{a}"}]""", "a", "b"),
        Patches("groups.patch.add-some", "add of members of which some are there", "add", """[{"value":"{a}"},{"value":"{c}"}]""", "a", "b", "c"),
        Patches("groups.patch.replace", "replace of all members", "replace", """[{"value":"{c}"}]""", "c"),
        Patches("groups.patch.replace-overlap", "replace by members of which some are there", "replace", """[{"value":"{b}"},{"value":"{d}"}]""", "b", "d"),
        Patches("groups.patch.replace-empty", "replace by no members", "replace", "[]"),
        PatchesBy("groups.patch.remove-filter", "remove of a member by a filter", """{"op":"remove","path":"members[value eq \"{a}\"]"}""", "b"),
        PatchesBy("groups.patch.remove-filter-or", "remove of two members by one filter", """{"op":"remove","path":"members[value eq \"{a}\" or value eq \"{b}\"]"}"""),
        PatchesBy("groups.patch.remove-all", "remove of all members", """{"op":"remove","path":"members"}"""),
        PatchesBy("groups.patch.remove-stranger", "remove of who is no member changes nothing", """{"op":"remove","path":"members[value eq \"{c}\"]"}""", "a", "b"),
        PatchesBy("groups.patch.path-less-add", "add without a path", """{"op":"add","value":{"members":[{"value":"{c}"}]} }""", "a", "b", "c"),
        PatchesBy("groups.patch.path-less-replace", "replace without a path", """{"op":"replace","value":{"members":[{"value":"{c}"}]} }""", "c"),
        PatchesBy("groups.patch.urn-path", "members by their full name", $$"""{"op":"add","path":"{{Urns.Group}}:members","value":[{"value":"{c}"}]}""", "a", "b", "c"),
        PatchesBy("groups.patch.name-keeps-members", "A new name keeps the members", """{"op":"replace","path":"displayName","value":"{d}"}""", "a", "b"),
        Must("groups.patch.add-and-remove", "Adds and removes in one request", "RFC 7644 §3.5.2", async t =>
        {
            var (a, b) = (await t.NewUser(), await t.NewUser());
            var group = await t.NewGroup(a);
            (await t.Patched(group, $$"""{"op":"add","path":"members","value":[{"value":"{{b.Id}}"}]}""", $$"""{"op":"remove","path":"members[value eq \"{{a.Id}}\"]"}"""))
                .HasValues("members", [b.Id]);
        }),
        Must("groups.patch.fifty", "Fifty members in one request", "IPSIE SCIM profile", async t =>
        {
            var users = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => t.NewUser()));
            var group = await t.NewGroup();
            var values = string.Join(',', users.Select(u => $$"""{"value":"{{u.Id}}"}"""));
            (await t.Patched(group, $$"""{"op":"add","path":"members","value":[{{values}}]}""")).HasValues("members", [.. users.Select(u => u.Id)]);
        }),
        Must("groups.patch.required-name", "displayName cannot be removed where it is required: 400 mutability", "RFC 7644 §3.5.2.2", async t =>
        {
            Attempt.Needs(t.NeedsAttribute(Urns.Group, "displayName")["required"]?.ToString() == "true", "a required displayName of groups");
            (await t.Patch(await t.NewGroup(), """{"op":"remove","path":"displayName"}""")).IsError(400, "mutability", "invalidValue");
        }),
        Must("groups.patch.member-immutable", "A member's value is not changed in place: 400 mutability", "RFC 7643 §8.7.1", async t =>
        {
            Attempt.Needs(t.NeedsAttribute(Urns.Group, "members/value")["mutability"]?.ToString() == "immutable", "immutable values of members");
            var (a, b) = (await t.NewUser(), await t.NewUser());
            var group = await t.NewGroup(a);
            (await t.Patch(group, $$"""{"op":"replace","path":"members[value eq \"{{a.Id}}\"].value","value":"{{b.Id}}"}""")).IsError(400, "mutability");
            (await t.Read(group)).HasValues("members", [a.Id]);
        }),

        Must("groups.user-groups", "A member's 'groups' has the group", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            (await t.Read(user)).HasValues("groups", [group.Id]);
        }),
        Must("groups.user-groups-ends", "Who is a member no more has the group in 'groups' no more", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            await t.Patched(group, """{"op":"remove","path":"members"}""");
            (await t.Read(user)).Lacks("groups");
        }),
        Must("groups.user-groups-deleted", "The group that is deleted goes from 'groups'", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            var user = await t.NewUser();
            (await t.Delete((await t.NewGroup(user)).Path)).Is(204);
            (await t.Read(user)).Lacks("groups");
        }),
        Must("groups.user-groups-ref", "The $ref in 'groups' is the group's address", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            var read = await t.Read(user);
            read.True(read.At("groups/0/$ref") is null || read.String("groups/0/$ref") == group.Created.String("meta/location"), $"no $ref, or {group.Created.String("meta/location")}");
        }),
        Must("groups.deleted-member", "A user that is deleted is a member no more", "RFC 7644 §3.6", async t =>
        {
            var (a, b) = (await t.NewUser(), await t.NewUser());
            var group = await t.NewGroup(a, b);
            (await t.Delete(a.Path)).Is(204);
            (await t.Read(group)).HasValues("members", [b.Id]);
        }),

        Must("groups.filter.name", "Groups are found by displayName, whatever the case", "RFC 7644 §3.4.2.2", async t =>
        {
            var group = await t.NewGroup();
            (await t.Find("/Groups", $"displayName eq \"{group.Name.ToUpperInvariant()}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", group.Id);
        }),
        Must("groups.filter.sw", "Groups are found by the beginning of displayName", "RFC 7644 §3.4.2.2", async t =>
        {
            var group = await t.NewGroup();
            (await t.Find("/Groups", $"displayName sw \"{group.Name[..^2]}\"")).Is(200).Has("totalResults", 1);
        }),
        Must("groups.filter.external-id", "Groups are found by externalId", "RFC 7643 §3.1", async t =>
        {
            var id = t.Name();
            var group = (await t.Post("/Groups", t.GroupJson($$"""{"externalId":"{{id}}"}"""))).Is(201);
            (await t.Find("/Groups", $"externalId eq \"{id}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", group.Id);
        }),
        .. ((string[])["members eq \"{0}\"", "members.value eq \"{0}\"", "members[value eq \"{0}\"]"]).Select((filter, i) => Must(
            $"groups.filter.member-{i + 1}", $"Groups are found by a member: {filter.Replace("{0}", "<id>", StringComparison.Ordinal)}", "RFC 7644 §3.4.2.2", async t =>
            {
                var user = await t.NewUser();
                var group = await t.NewGroup(user);
                (await t.Find("/Groups", filter.Replace("{0}", user.Id, StringComparison.Ordinal))).Is(200).Has("totalResults", 1).Has("Resources/0/id", group.Id);
            })),
        Must("groups.filter.user-groups", "Users are found by a group they are in", "RFC 7644 §3.4.2.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            (await t.Find("/Users", $"groups.value eq \"{group.Id}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
    ];

    private static string Members(Resource member) => $$"""{"members":[{"value":"{{member.Id}}"}]}""";

    private static Case Patches(string id, string title, string op, string value, params string[] expected) =>
        PatchesBy(id, title, $"{{\"op\":\"{op}\",\"path\":\"members\",\"value\":{value}}}", expected);

    /// <summary>A group of a and b, an operation with the ids of a, b, c and d in braces, and who then are members.</summary>
    private static Case PatchesBy(string id, string title, string operation, params string[] expected) => Must(id, title, "RFC 7644 §3.5.2", async t =>
    {
        var users = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var key in (string[])["a", "b", "c", "d"])
        {
            users.Add(key, await t.NewUser());
        }

        var group = await t.NewGroup(users["a"], users["b"]);
        var written = users.Aggregate(operation, (text, user) => text.Replace($"{{{user.Key}}}", user.Value.Id, StringComparison.Ordinal));
        (await t.Patched(group, written)).HasValues("members", [.. expected.Select(key => users[key].Id)]);
    });
}
