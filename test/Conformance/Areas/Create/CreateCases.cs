namespace Conformance.Areas.Create;

/// <summary>POST (RFC 7644 §3.3).</summary>
internal static class CreateCases
{
    private const string Source = "RFC 7644 §3.3";

    public static IEnumerable<Case> All =>
    [
        Must("create.status", "A user is created with 201", Source, async t => (await t.Post("/Users", t.UserJson())).Is(201).Has("id")),
        Must("create.location", "The Location header is meta.location, and finds the user", Source, async t =>
        {
            var user = await t.NewUser();
            var location = user.Created.String("meta/location");
            user.Created.HasHeader("Location", v => v == location, $"is meta.location, {location}");
            user.Created.True(location == t.Client.Url + user.Path, $"meta.location is {t.Client.Url}{user.Path}");
            (await t.Get(location[t.Client.Url.Length..])).Is(200).Has("id", user.Id);
        }),
        Must("create.schemas", "'schemas' has the core URN and no extension that is not used", "RFC 7643 §3", async t =>
            (await t.NewUser()).Created.HasJson("schemas", $"""["{Urns.User}"]""")),
        Must("create.schemas-extension", "'schemas' has the extension that is used", "RFC 7643 §3.3", async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "department");
            var made = (await t.NewUser(Urns.InEnterprise("""{"department":"D"}"""))).Created;
            made.True(made.Array("schemas").Select(s => s!.ToString()).Order(StringComparer.Ordinal).SequenceEqual([Urns.User, Urns.Enterprise], StringComparer.Ordinal), "both URNs");
        }),
        Must("create.meta-type", "meta.resourceType is the resource type's name", "RFC 7643 §3.1", async t => (await t.NewUser()).Created.Has("meta/resourceType", "User")),
        Must("create.meta-times", "meta.created and meta.lastModified are the same dateTime", "RFC 7643 §3.1", async t =>
        {
            var made = (await t.NewUser()).Created;
            made.True(DateTimeOffset.TryParse(made.String("meta/created"), System.Globalization.CultureInfo.InvariantCulture, out _), "meta.created is a dateTime");
            made.Has("meta/lastModified", made.String("meta/created"));
        }),
        Must("create.read-after", "The answer is what a GET answers", Source, async t =>
        {
            var user = await t.NewUser("""{"title":"T","emails":[{"value":"a@example.org"}]}""");
            (await t.Read(user)).Has("", user.Created.Json);
        }),
        Must("create.id-new", "Each user has an id of its own", "RFC 7643 §3.1", async t =>
        {
            var first = await t.NewUser();
            var second = await t.NewUser();
            second.Created.True(first.Id != second.Id, $"another id than {first.Id}");
        }),
        Must("create.id-not-bulkid", "An id is not 'bulkId'", "RFC 7643 §3.1", async t =>
        {
            var user = await t.NewUser();
            user.Created.True(!user.Id.StartsWith("bulkId", StringComparison.OrdinalIgnoreCase), "another word");
        }),
        Must("create.id-ignored", "An id that the client sends is ignored", Source, async t =>
        {
            var wanted = t.Name("id");
            var user = await t.NewUser($$"""{"id":"{{wanted}}"}""");
            user.Created.True(user.Id != wanted, "an id of the server's own");
        }),
        Must("create.meta-ignored", "'meta' that the client sends is ignored", Source, async t =>
        {
            var made = (await t.NewUser("""{"meta":{"created":"1999-01-01T00:00:00Z","resourceType":"Shoe","location":"http://x.example/"}}""")).Created;
            made.Has("meta/resourceType", "User").True(!made.Text.Contains("1999-01-01", StringComparison.Ordinal), "a time of its own");
        }),
        Must("create.groups-ignored", "'groups' that the client sends is ignored", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            (await t.Read(await t.NewUser("""{"groups":[{"value":"x"}]}"""))).Lacks("groups");
        }),
        Must("create.names-any-case", "Attribute names do not regard case", "RFC 7643 §2.1", async t =>
        {
            var name = t.Name();
            var made = (await t.Post("/Users", $$"""{"SCHEMAS":["{{Urns.User}}"],"USERNAME":"{{name}}","Name":{"GIVENNAME":"G"},"EMails":[{"VALUE":"a@example.org"}]}""")).Is(201);
            made.Has("userName", name).Has("name/givenName", "G").Has("emails/0/value", "a@example.org");
        }),
        Must("create.schemas-any-case", "URNs do not regard case", "RFC 8141 §3.1", async t =>
            (await t.Post("/Users", $$"""{"schemas":["{{Urns.User.ToUpperInvariant()}}"],"userName":"{{t.Name()}}"}""")).Is(201)),
        Must("create.extension-name-any-case", "The URN of an extension does not regard case", "RFC 8141 §3.1", async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "department");
            var lower = Urns.Enterprise.ToLowerInvariant();
            (await t.Post("/Users", $$"""{"schemas":["{{Urns.User}}","{{lower}}"],"userName":"{{t.Name()}}","{{lower}}":{"department":"D"} }""")).Is(201)
                .Has($"{Urns.Enterprise}/department", "D");
        }),
        Must("create.unknown-attribute", "An unknown attribute is not kept, or refused with 400", "RFC 7644 §3.3; Microsoft validator", async t =>
        {
            var answer = (await t.Post("/Users", t.UserJson("""{"shoeSize":9}"""))).Is(201, 400);
            answer.True(answer.Status == 400 || answer.At("shoeSize") is null, "no 'shoeSize'");
        }),
        Must("create.unknown-extension", "An unknown extension is not kept, or refused with 400", "RFC 7643 §3.3", async t =>
        {
            var answer = (await t.Post("/Users", t.UserJson($$"""{"schemas":["{{Urns.User}}","urn:example:shoes"],"urn:example:shoes":{"size":9} }"""))).Is(201, 400);
            answer.True(answer.Status == 400 || !answer.Text.Contains("urn:example:shoes", StringComparison.Ordinal), "nothing of it");
        }),
        Letter("create.no-schemas", "A body without 'schemas' is 400", "RFC 7643 §3", async t => (await t.Post("/Users", $$"""{"userName":"{{t.Name()}}"}""")).IsError(400)),
        Letter("create.wrong-schemas", "A body whose 'schemas' does not have the core URN is 400", "RFC 7643 §3", async t =>
            (await t.Post("/Users", t.UserJson($$"""{"schemas":["{{Urns.Group}}"]}"""))).IsError(400)),
        Must("create.schemas-not-array", "'schemas' that is a number is 400", "RFC 7643 §3", async t => (await t.Post("/Users", t.UserJson("""{"schemas":7}"""))).IsError(400, "invalidValue", "invalidSyntax")),
        May("create.canonical-values", "A type beyond the canonical values is taken as it is, or refused with 400", "RFC 7643 §7", async t =>
        {
            var answer = (await t.Post("/Users", t.UserJson("""{"emails":[{"value":"a@example.org","type":"holiday"}]}"""))).Is(201, 400);
            answer.True(answer.Status == 400 || answer.At("emails/0/type")?.ToString() == "holiday", "the type as it was sent");
        }),
        Must("create.primary-twice", "Two primary values are refused with 400, or one is left", "RFC 7643 §2.4", async t =>
        {
            var answer = (await t.Post("/Users", t.UserJson("""{"emails":[{"value":"a@example.org","primary":true},{"value":"b@example.org","primary":true}]}"""))).Is(201, 400);
            answer.True(answer.Status == 400 || answer.Values("emails", "primary").Count(p => p == "true") <= 1, "one primary value at most");
        }),
        Must("create.order", "Values of a multi-valued attribute are all there, in whatever order", "RFC 7643 §2.4", async t =>
            (await t.Read(await t.NewUser("""{"emails":[{"value":"c@example.org"},{"value":"a@example.org"},{"value":"b@example.org"}]}""")))
                .HasValues("emails", ["a@example.org", "b@example.org", "c@example.org"])),
        Must("create.large", "A body of a megabyte is taken, or refused with 413 or 400", "RFC 7644 §3.12", async t =>
            (await t.Post("/Users", t.UserJson($$"""{"title":"{{new string('x', 1 << 20)}}"}"""))).Is(201, 400, 413)),
        Must("create.password-not-returned", "A password is not returned, whether it is kept or not", "RFC 7643 §4.1.1", async t =>
        {
            var answer = (await t.Post("/Users", t.UserJson("""{"password":"t1meMa$heen-7x"}"""))).Is(201, 400);
            answer.True(!answer.Text.Contains("t1meMa$heen", StringComparison.Ordinal), "no password");
        }),
        Must("create.group", "A group is created with 201", Source, async t =>
        {
            var group = await t.NewGroup();
            group.Created.Has("displayName", group.Name).Has("meta/resourceType", "Group").HasJson("schemas", $"""["{Urns.Group}"]""");
            group.Created.HasHeader("Location", v => v == t.Client.Url + group.Path, $"is {t.Client.Url}{group.Path}");
        }),
    ];
}
