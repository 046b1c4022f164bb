namespace Conformance.Areas.Validators;

/// <summary>
/// The flows of Microsoft's SCIM validator and of its validation for the gallery, from end to end; single attributes are with
/// <c>create.round-trip</c> and <c>patch.*.each</c>.
/// </summary>
internal static class ValidatorCases
{
    private const string Microsoft = "Microsoft validator";

    public static IEnumerable<Case> All =>
    [
        Provider("validator.user.life", "A user is created, updated, disabled, restored and deleted", Microsoft, async t =>
        {
            var user = await t.NewUser("""{"active":true,"name":{"givenName":"G"}}""");
            (await t.Patched(user, """{"op":"Replace","path":"name.givenName","value":"H"}""")).Has("name/givenName", "H");
            (await t.Patched(user, """{"op":"Replace","path":"active","value":false}""")).Has("active", false);
            (await t.Patched(user, """{"op":"Replace","path":"active","value":true}""")).Has("active", true);
            (await t.Delete(user.Path)).Is(204);
            (await t.Get(user.Path)).IsError(404);
        }),
        Provider("validator.user.duplicate", "A user that is there already is 409, with a detail, each time", Microsoft, async t =>
        {
            var body = t.UserJson();
            (await t.Post("/Users", body)).Is(201);
            (await t.Post("/Users", body)).IsError(409).Has("detail");
            (await t.Post("/Users", body)).IsError(409).Has("detail");
        }),
        Provider("validator.user.filter-existing", "A user is found by each attribute it can be matched by", Microsoft, async t =>
        {
            var mark = t.Name();
            var user = await t.NewUser($$"""{"externalId":"{{mark}}","displayName":"D {{mark}}","emails":[{"type":"work","value":"{{mark}}@example.org"}]}""");
            foreach (var filter in (string[])[$"userName eq \"{user.Name}\"", $"externalId eq \"{mark}\"", $"displayName eq \"D {mark}\"", $"emails.value eq \"{mark}@example.org\"", $"emails[type eq \"work\"].value eq \"{mark}@example.org\""])
            {
                (await t.Find("/Users", filter)).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
            }
        }),
        Provider("validator.user.any-case", "A user is found by its name in another case", Microsoft, async t =>
            (await t.Find("/Users", $"userName eq \"{(await t.NewUser()).Name.ToUpperInvariant()}\"")).Is(200).Has("totalResults", 1)),
        Provider("validator.user.rename-back", "A name is changed, and changed back", Microsoft, async t =>
        {
            var user = await t.NewUser();
            await t.Patched(user, $$"""{"op":"Replace","path":"userName","value":"{{t.Name()}}"}""");
            (await t.Patched(user, $$"""{"op":"Replace","path":"userName","value":"{{user.Name}}"}""")).Has("userName", user.Name);
        }),
        Provider("validator.user.all-removed", "All that can be removed is removed, by one request", Microsoft, async t =>
        {
            var user = await t.NewUser("""{"displayName":"D","title":"T","name":{"givenName":"G"},"emails":[{"value":"a@example.org"}]}""");
            (await t.Patched(user, [.. ((string[])["displayName", "title", "name", "emails"]).Select(p => $$"""{"op":"Remove","path":"{{p}}"}""")]))
                .Lacks("displayName").Lacks("title").Lacks("name").Lacks("emails").Has("userName", user.Name);
        }),
        Provider("validator.manager", "A manager is added, replaced, and replaced with nothing", Microsoft, async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "manager");
            var (user, first, second) = (await t.NewUser(), await t.NewUser(), await t.NewUser());
            const string Path = Urns.Enterprise + ":manager";
            const string Place = Urns.Enterprise + "/manager/value";
            (await t.Patched(user, $$"""{"op":"Add","path":"{{Path}}","value":"{{first.Id}}"}""")).Has(Place, first.Id);
            (await t.Patched(user, $$"""{"op":"Replace","path":"{{Path}}","value":"{{second.Id}}"}""")).Has(Place, second.Id);
            (await t.Patched(user, $$"""{"op":"Replace","path":"{{Path}}","value":""}""")).Lacks(Place);
        }),
        Provider("validator.group.life", "A group is created, renamed, given a member, deprived of it, and deleted", Microsoft, async t =>
        {
            var (user, group) = (await t.NewUser(), await t.NewGroup());
            var name = t.Name();
            (await t.Patched(group, $$"""{"op":"Replace","path":"displayName","value":"{{name}}"}""")).Has("displayName", name);
            (await t.Patched(group, $$"""{"op":"Add","path":"members","value":[{"value":"{{user.Id}}"}]}""")).HasValues("members", [user.Id]);
            (await t.Patched(group, $$"""{"op":"Remove","path":"members","value":[{"value":"{{user.Id}}"}]}""")).Lacks("members");
            (await t.Delete(group.Path)).Is(204);
            (await t.Get(group.Path)).IsError(404);
        }),
        Provider("validator.group.not-found", "A look-up of a group that is not there: 200 and nothing", Microsoft, async t =>
        {
            Attempt.Needs(t.Server.Groups, "groups");
            (await t.Get($"/Groups?excludedAttributes=members&filter={Uri.EscapeDataString($"displayName eq \"{t.Name()}\"")}")).Is(200).Has("totalResults", 0);
        }),
        Provider("validator.schemas", "/Schemas lists the attributes that are mapped by default, groups too", Microsoft, async t =>
        {
            var answer = (await t.Get("/Schemas")).Is(200);
            foreach (var name in (string[])["userName", "active", "displayName", "title", "emails", "preferredLanguage", "name/givenName", "name/familyName", "name/formatted", "addresses", "phoneNumbers"])
            {
                answer.True(t.Server.Attribute(Urns.User, name) is not null, $"'{name}' in the User schema");
            }

            answer.True(t.Server.Attribute(Urns.Enterprise, "manager") is not null && t.Server.Attribute(Urns.Group, "members") is not null, "manager and members");
        }),
        Provider("validator.null-update", "An update with null leaves the rest as it was", Microsoft, async t =>
            (await t.Patched(await t.NewUserWith("""{"title":"T","displayName":"D"}"""), """{"op":"Replace","path":"title","value":null}""")).Lacks("title").Has("displayName", "D")),
        Provider("validator.paging", "Eleven users, five at a time, with startIndex in each answer", Microsoft, async t =>
        {
            var tag = t.Name("page");
            var users = await Task.WhenAll(Enumerable.Range(0, 11).Select(i => t.NewUser(userName: $"{tag}-{i}")));
            var met = new List<string>();
            foreach (var start in (int[])[1, 6, 11])
            {
                var page = (await t.Find("/Users", $"userName sw \"{tag}-\"", $"&startIndex={start}&count=5")).Is(200).Has("totalResults", 11).Has("startIndex", start);
                met.AddRange(page.Ids);
                page.True(page.Resources.Count == (start == 11 ? 1 : 5), "five, five and one");
            }

            users[0].Created.True(met.Order(StringComparer.Ordinal).SequenceEqual(users.Select(u => u.Id).Order(StringComparer.Ordinal), StringComparer.Ordinal), "each of the eleven met once");
        }),
        Provider("validator.enterprise", "All attributes of the enterprise extension by their full names in one PATCH", Microsoft, async t =>
        {
            var samples = Sample.All.Where(s => s.Schema == Urns.Enterprise && t.Server.Attribute(s.Schema, s.Name) is not null).ToList();
            Attempt.Needs(samples.Count > 0, "the enterprise extension");
            var after = await t.Patched(await t.NewUser(), [.. samples.Select(s => $$"""{"op":"Add","path":"{{s.Path}}","value":{{s.First}}}""")]);
            samples.ForEach(s => after.HasJson(s.Place, s.First));
        }),
        Provider("validator.reference.filter-logic", "a eq and (b co or c co), as the reference code's collection asks", "SCIMReferenceCode, Postman", async t =>
        {
            var mark = t.Name();
            await t.NewUser($$"""{"name":{"familyName":"{{mark}}"},"emails":[{"value":"a@example.com"}]}""");
            await t.NewUser($$"""{"name":{"familyName":"{{mark}}"},"emails":[{"value":"a@example.net"}]}""");
            (await t.Find("/Users", $"name.FamilyName eq \"{mark}\" and (emails.Value co \"example.com\" or emails.Value co \"example.org\")")).Is(200).Has("totalResults", 1);
        }),
        Provider("validator.reference.delta", "meta.lastModified between two times, paged", "SCIMReferenceCode, Postman", async t =>
        {
            var user = await t.NewUser();
            var now = DateTimeOffset.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
            (await t.Find("/Users", $"userName eq \"{user.Name}\" and (meta.lastModified ge \"2021-11-03T00:00:00.0000000Z\" and meta.lastModified le \"{now}\")", "&count=5&startIndex=1")).Is(200).Has("totalResults", 1);
        }),
        Provider("validator.reference.attributes", "A list of all with userName and emails alone", "SCIMReferenceCode, Postman", async t =>
        {
            var user = await t.NewUser("""{"title":"T","emails":[{"value":"a@example.org"}]}""");
            (await t.Find("/Users", $"userName eq \"{user.Name}\"", "&attributes=userName,emails")).Is(200).Part("Resources/0").Has("userName", user.Name).Has("emails").Omits("title");
        }),
    ];
}
