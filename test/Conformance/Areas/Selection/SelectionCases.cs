namespace Conformance.Areas.Selection;

/// <summary><c>attributes</c> and <c>excludedAttributes</c> (RFC 7644 §3.9; RFC 7643 §2.2, <c>returned</c>).</summary>
internal static class SelectionCases
{
    private const string Source = "RFC 7644 §3.9";

    private const string Members = """
        {"title":"T","nickName":"N","name":{"givenName":"G","familyName":"F"},"emails":[{"value":"a@example.org","type":"work"}]}
        """;

    private static readonly (string Id, string Title, string Query, Action<Answer> Check)[] Selections =
    [
        ("one", "One attribute, besides those that are always returned", "attributes=title", a => a.Has("title", "T").Has("id").Omits("nickName").Omits("userName").Omits("meta").Omits("emails")),
        ("two", "Two attributes", "attributes=title,nickName", a => a.Has("title", "T").Has("nickName", "N").Omits("userName")),
        ("schemas", "'schemas' is returned, whatever is asked for", "attributes=title", a => a.Has("schemas")),
        ("sub", "A sub-attribute alone", "attributes=name.givenName", a => a.HasJson("name", """{"givenName":"G"}""").Omits("title")),
        ("sub-multi", "A sub-attribute of each value", "attributes=emails.value", a => a.HasJson("emails", """[{"value":"a@example.org"}]""")),
        ("complex", "A complex attribute with all it has", "attributes=name", a => a.HasJson("name", """{"givenName":"G","familyName":"F"}""")),
        ("multi", "A multi-valued attribute with all it has", "attributes=emails", a => a.HasJson("emails", """[{"value":"a@example.org","type":"work"}]""")),
        ("meta", "'meta'", "attributes=meta", a => a.Has("meta/location").Has("meta/created").Omits("title")),
        ("meta-sub", "A sub-attribute of 'meta'", "attributes=meta.location", a => a.Has("meta/location").Lacks("meta/created")),
        ("any-case", "Names do not regard case", "attributes=TITLE,Name.GIVENNAME", a => a.Has("title", "T").Has("name/givenName", "G").Lacks("name/familyName")),
        ("core-urn", "An attribute by its full name", $"attributes={Urns.User}:title", a => a.Has("title", "T").Omits("nickName")),
        ("core-urn-sub", "A sub-attribute by its full name", $"attributes={Urns.User}:name.givenName", a => a.HasJson("name", """{"givenName":"G"}""")),
        ("unknown", "An unknown attribute is ignored", "attributes=title,shoeSize", a => a.Has("title", "T").Omits("nickName")),
        ("absent", "An attribute that has no value is not there", "attributes=displayName", a => a.Has("id").Omits("displayName").Omits("title")),
        ("excluded-one", "One attribute is left out", "excludedAttributes=title", a => a.Omits("title").Has("nickName", "N").Has("userName").Has("meta")),
        ("excluded-two", "Two attributes are left out", "excludedAttributes=title,emails", a => a.Omits("title").Omits("emails").Has("nickName", "N")),
        ("excluded-sub", "A sub-attribute is left out", "excludedAttributes=name.givenName", a => a.HasJson("name", """{"familyName":"F"}""").Has("title", "T")),
        ("excluded-sub-multi", "A sub-attribute of each value is left out", "excludedAttributes=emails.type", a => a.HasJson("emails", """[{"value":"a@example.org"}]""")),
        ("excluded-id", "'id' cannot be left out", "excludedAttributes=id", a => a.Has("id")),
        ("excluded-schemas", "'schemas' cannot be left out", "excludedAttributes=schemas", a => a.Has("schemas")),
        ("excluded-meta", "'meta' can be left out", "excludedAttributes=meta", a => a.Omits("meta").Has("title")),
        ("excluded-username", "'userName' can be left out", "excludedAttributes=userName", a => a.Omits("userName").Has("title")),
        ("excluded-any-case", "Names do not regard case", "excludedAttributes=TITLE", a => a.Omits("title").Has("nickName")),
        ("excluded-core-urn", "An attribute is left out by its full name", $"excludedAttributes={Urns.User}:title", a => a.Omits("title").Has("nickName")),
        ("excluded-unknown", "An unknown attribute is ignored", "excludedAttributes=shoeSize", a => a.Has("title").Has("nickName")),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Selections.Select(s => Must($"attributes.read.{s.Id}", s.Title, Source, async t => s.Check(await t.Read(await t.NewUser(Members), "?" + s.Query)))),
        .. Selections.Where(s => s.Id is "one" or "sub" or "excluded-one" or "excluded-id" or "excluded-sub").SelectMany(s => (Case[])
        [
            Must($"attributes.create.{s.Id}", $"POST: {s.Title}", Source, async t => s.Check((await t.Post("/Users?" + s.Query, t.UserJson(Members))).Is(201))),
            Must($"attributes.put.{s.Id}", $"PUT: {s.Title}", Source, async t =>
            {
                var user = await t.NewUser();
                s.Check((await t.Put($"{user.Path}?{s.Query}", t.UserJson(Members, user.Name))).Is(200));
            }),
            Must($"attributes.list.{s.Id}", $"In a list: {s.Title}", Source + "; scim2-tester", async t =>
            {
                var user = await t.NewUser(Members);
                var list = (await t.Find("/Users", $"userName eq \"{user.Name}\"", "&" + s.Query)).Is(200).Has("totalResults", 1);
                s.Check(list.Part("Resources/0"));
            }),
        ]),
        Must("attributes.extension.one", "An attribute of an extension alone", "RFC 7644 §3.10", t => Extended(t, $"attributes={Urns.Enterprise}:department", a =>
            a.HasJson(Urns.Enterprise, """{"department":"D"}""").Omits("userName"))),
        Must("attributes.extension.whole", "A whole extension by its URN", "RFC 7644 §3.10", t => Extended(t, $"attributes={Urns.Enterprise}", a =>
            a.HasJson(Urns.Enterprise, """{"department":"D","costCenter":"C"}""").Omits("userName"))),
        Must("attributes.extension.excluded-one", "An attribute of an extension is left out", "RFC 7644 §3.10", t => Extended(t, $"excludedAttributes={Urns.Enterprise}:department", a =>
            a.HasJson(Urns.Enterprise, """{"costCenter":"C"}""").Has("userName"))),
        Must("attributes.extension.excluded-whole", "A whole extension is left out by its URN", "RFC 7644 §3.10", t => Extended(t, $"excludedAttributes={Urns.Enterprise}", a =>
            a.Omits(Urns.Enterprise).Has("userName"))),
        Must("attributes.extension.not-asked-for", "An extension is not returned where other attributes are asked for", Source, t => Extended(t, "attributes=userName", a =>
            a.Omits(Urns.Enterprise).Has("userName"))),
        Must("attributes.groups.excluded-members", "Members of a group are left out", Source + "; Entra: groups", async t =>
            (await t.Read(await t.NewGroup(await t.NewUser()), "?excludedAttributes=members")).Omits("members").Has("displayName")),
        Must("attributes.groups.members", "Members of a group alone", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Read(await t.NewGroup(user), "?attributes=members")).HasValues("members", [user.Id]).Omits("displayName");
        }),
        Must("attributes.groups.list-excluded-members", "In a list, members are left out, too", Source + "; Entra: groups", async t =>
        {
            var group = await t.NewGroup(await t.NewUser());
            (await t.Find("/Groups", $"displayName eq \"{group.Name}\"", "&excludedAttributes=members")).Is(200).Has("totalResults", 1).Part("Resources/0").Omits("members").Has("displayName");
        }),
        Must("attributes.filter-apart", "What is filtered by need not be what is returned", Source, async t =>
        {
            var user = await t.NewUser(Members);
            (await t.Find("/Users", $"userName eq \"{user.Name}\" and title eq \"T\"", "&attributes=nickName")).Is(200).Part("Resources/0").Has("nickName", "N").Omits("title");
        }),
    ];

    private static async Task Extended(Attempt t, string query, Action<Answer> check)
    {
        t.NeedsAttribute(Urns.Enterprise, "department");
        check(await t.Read(await t.NewUser(Urns.InEnterprise("""{"department":"D","costCenter":"C"}""")), "?" + query));
    }
}
