namespace Conformance.Areas.Replace;

/// <summary>PUT (RFC 7644 §3.5.1).</summary>
internal static class PutCases
{
    private const string Source = "RFC 7644 §3.5.1";

    public static IEnumerable<Case> All =>
    [
        .. Sample.All.Select(s => Must($"put.replaces.{s.Key}", $"'{s.Path}' is replaced", Source + "; scim2-tester", async t =>
        {
            t.NeedsAttribute(s.Schema, s.Name);
            var user = await t.NewUser(s.Members(s.First));
            (await t.Put(user.Path, t.UserJson(s.Members(s.Second), user.Name))).Is(200).HasJson(s.Place, s.Second);
            (await t.Read(user)).HasJson(s.Place, s.Second);
        })),
        .. ((string[])["title", "active", "name", "emails", Urns.Enterprise]).Select(name => Should($"put.clears.{(name == Urns.Enterprise ? "extension" : name)}", $"'{name}' that is left out is cleared", Source, async t =>
        {
            if (name == Urns.Enterprise)
            {
                t.NeedsAttribute(Urns.Enterprise, "department");
            }

            var user = await t.NewUserWith(name == Urns.Enterprise
                ? Urns.InEnterprise("""{"department":"D"}""")
                : """{"title":"T","active":false,"name":{"givenName":"G"},"emails":[{"value":"a@example.org"}]}""");
            (await t.Put(user.Path, t.UserJson(userName: user.Name))).Is(200);
            var read = await t.Read(user);
            read.True(read.At(name) is null || (name == "active" && read.Boolean("active") == true), $"no '{name}'");
        })),
        Must("put.answer", "The answer is the resource as a GET then has it", Source, async t =>
        {
            var user = await t.NewUser();
            var answer = (await t.Put(user.Path, t.UserJson("""{"title":"T"}""", user.Name))).Is(200);
            (await t.Read(user)).Has("", answer.Json);
        }),
        Must("put.unknown", "PUT of nobody is 404 and makes nobody", Source, async t =>
        {
            var id = Guid.NewGuid();
            (await t.Put($"/Users/{id}", t.UserJson())).IsError(404);
            (await t.Get($"/Users/{id}")).IsError(404);
        }),
        Must("put.id-kept", "An id in the body is ignored", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Put(user.Path, t.UserJson($$"""{"id":"{{t.Name()}}"}""", user.Name))).Is(200).Has("id", user.Id);
        }),
        Must("put.meta-kept", "'meta' in the body is ignored; created and location stay", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Put(user.Path, t.UserJson("""{"title":"T","meta":{"created":"1999-01-01T00:00:00Z","location":"http://x.example/"}}""", user.Name))).Is(200)
                .Has("meta/created", user.Created.String("meta/created")).Has("meta/location", user.Created.String("meta/location"));
        }),
        Must("put.last-modified", "meta.lastModified is not before that of the create", "RFC 7643 §3.1", async t =>
        {
            var user = await t.NewUser();
            var answer = (await t.Put(user.Path, t.UserJson("""{"title":"T"}""", user.Name))).Is(200);
            var culture = System.Globalization.CultureInfo.InvariantCulture;
            answer.True(DateTimeOffset.Parse(answer.String("meta/lastModified"), culture) >= DateTimeOffset.Parse(user.Created.String("meta/lastModified"), culture), "a later time");
        }),
        Must("put.groups-kept", "'groups' in the body is ignored", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            var user = await t.NewUser();
            var group = await t.NewGroup(user);
            (await t.Put(user.Path, t.UserJson("""{"groups":[]}""", user.Name))).Is(200);
            (await t.Read(user)).HasValues("groups", [group.Id]);
        }),
        Must("put.required", "PUT without userName is 400", Source, async t =>
            (await t.Put((await t.NewUser()).Path, $$"""{"schemas":["{{Urns.User}}"],"title":"T"}""")).IsError(400, "invalidValue")),
        Must("put.required-unchanged", "PUT that is refused changes nothing", Source, async t =>
        {
            var user = await t.NewUser("""{"title":"T"}""");
            (await t.Put(user.Path, t.UserJson("""{"title":7}""", user.Name))).IsError(400);
            (await t.Read(user)).Has("", user.Created.Json);
        }),
        Must("put.rename", "userName can be replaced", Source, async t =>
        {
            var user = await t.NewUser();
            var name = t.Name();
            (await t.Put(user.Path, t.UserJson(userName: name))).Is(200).Has("userName", name);
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 0);
            (await t.Find("/Users", $"userName eq \"{name}\"")).Is(200).Has("totalResults", 1);
        }),
        Must("put.rename-case", "The case of one's own userName can be changed", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Put(user.Path, t.UserJson(userName: user.Name.ToUpperInvariant()))).Is(200).Has("userName", user.Name.ToUpperInvariant());
        }),
        Must("put.taken", "PUT of a userName that another has is 409 uniqueness", Source, async t =>
        {
            var other = await t.NewUser();
            var user = await t.NewUser();
            (await t.Put(user.Path, t.UserJson(userName: other.Name.ToUpperInvariant()))).IsError(409, "uniqueness");
            (await t.Read(user)).Has("userName", user.Name);
        }),
        Must("put.null", "null clears", "RFC 7643 §2.5", async t =>
        {
            var user = await t.NewUserWith("""{"title":"T"}""");
            (await t.Put(user.Path, t.UserJson("""{"title":null}""", user.Name))).Is(200);
            (await t.Read(user)).Lacks("title");
        }),
        Must("put.type", "A value of the wrong type is 400 invalidValue", Source, async t =>
            (await t.Put((await t.NewUser()).Path, t.UserJson("""{"active":{}}"""))).IsError(400, "invalidValue", "invalidSyntax")),
        Must("put.primary-twice", "Two primary values are refused with 400, or one is left", "RFC 7643 §2.4", async t =>
        {
            var user = await t.NewUser();
            var answer = (await t.Put(user.Path, t.UserJson("""{"emails":[{"value":"a@example.org","primary":true},{"value":"b@example.org","primary":true}]}""", user.Name))).Is(200, 400);
            answer.True(answer.Status == 400 || answer.Values("emails", "primary").Count(p => p == "true") <= 1, "one primary value at most");
        }),
        Must("put.group", "A group's name and members are replaced", Source, async t =>
        {
            var user = await t.NewUser();
            var group = await t.NewGroup(await t.NewUser());
            var name = t.Name();
            (await t.Put(group.Path, t.GroupJson($$"""{"members":[{"value":"{{user.Id}}"}]}""", name))).Is(200).Has("displayName", name);
            (await t.Read(group)).HasValues("members", [user.Id]);
        }),
        Must("put.group-empties", "A group that is replaced with no members has none", Source, async t =>
        {
            var group = await t.NewGroup(await t.NewUser());
            (await t.Put(group.Path, t.GroupJson("""{"members":[]}""", group.Name))).Is(200);
            (await t.Read(group)).Lacks("members");
        }),
        Must("put.immutable", "An immutable attribute that is set cannot be replaced: 400 mutability", Source, async t =>
        {
            var immutable = t.Server.UserSchemas
                .SelectMany(s => s["attributes"]!.AsArray().Select(a => (Schema: s["id"]!.ToString(), Attribute: a!)))
                .FirstOrDefault(a => a.Attribute["mutability"]?.ToString() == "immutable" && a.Attribute["type"]?.ToString() == "string" && a.Attribute["multiValued"]?.ToString() != "true");
            Attempt.Needs(immutable.Attribute is not null, "an immutable text of users");
            var sample = new Sample(immutable.Schema, immutable.Attribute!["name"]!.ToString(), "\"first\"", "\"second\"");
            var user = await t.NewUser(sample.Members(sample.First));
            (await t.Put(user.Path, t.UserJson(sample.Members(sample.Second), user.Name))).IsError(400, "mutability");
        }),
    ];
}
