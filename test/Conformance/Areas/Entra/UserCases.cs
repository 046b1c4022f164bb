namespace Conformance.Areas.Entra;

/// <summary>What Entra ID sends for users (learn.microsoft.com: "Develop and plan provisioning for a SCIM endpoint", "Known issues").</summary>
internal static class UserCases
{
    private const string Develop = "Entra: Develop a SCIM endpoint";
    private const string Compliance = "Entra: SCIM 2.0 compliance of the provisioning service";

    private static readonly string[] CapitalOps = ["Add", "Replace", "Remove"];
    private static readonly (string Word, bool Value)[] Words = [("True", true), ("False", false), ("true", true), ("false", false)];

    public static IEnumerable<Case> All =>
    [
        Provider("entra.connection-test", "The connection test asks for a user that is not there: 200, totalResults 0", Develop, async t =>
            (await t.Find("/Users", $"userName eq \"{Guid.NewGuid()}\"")).Is(200).Has("totalResults", 0)),
        Provider("entra.match.username", "Matching by userName", Develop, async t =>
        {
            var user = await t.NewUser();
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
        Provider("entra.match.external-id", "Matching by externalId", Develop, async t =>
        {
            var id = t.Name();
            var user = await t.NewUser($$"""{"externalId":"{{id}}"}""");
            (await t.Find("/Users", $"externalId eq \"{id}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
        Provider("entra.match.work-email", "Matching by the work address", Develop, async t =>
        {
            var mail = t.Name() + "@example.org";
            var user = await t.NewUser($$"""{"emails":[{"type":"work","value":"{{mail}}"}]}""");
            (await t.Find("/Users", $"emails[type eq \"work\"].value eq \"{mail}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
        Provider("entra.match.two", "Matching by two attributes", Develop, async t =>
        {
            var id = t.Name();
            var user = await t.NewUser($$"""{"externalId":"{{id}}"}""");
            (await t.Find("/Users", $"userName eq \"{user.Name}\" and externalId eq \"{id}\"")).Is(200).Has("totalResults", 1);
        }),
        Provider("entra.match.inactive", "A user that is not active is found and read", Develop, async t =>
        {
            var user = await t.NewUser("""{"active":false}""");
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1);
            (await t.Read(user)).Has("active", false);
        }),
        Provider("entra.flag", "A Tenant URL that ends in ?aadOptscim062020 works", Compliance, async t =>
        {
            var made = (await t.Post("/Users?aadOptscim062020", t.UserJson())).Is(201);
            (await t.Get($"/Users/{made.Id}?aadOptscim062020")).Is(200);
        }),
        Provider("entra.create.sample", "The documented create: both schemas, roles [], meta with a resourceType", Develop, async t =>
        {
            var made = (await t.Post("/Users", t.UserJson($$"""
                {"schemas":["{{Urns.User}}","{{Urns.Enterprise}}"],"externalId":"{{t.Name()}}","active":true,"emails":[{"primary":true,"type":"work","value":"e@example.org"}],
                 "meta":{"resourceType":"User"},"name":{"formatted":"G F","familyName":"F","givenName":"G"},"roles":[]}
                """))).Is(201);
            made.Has("active", true).Has("name/formatted", "G F").Lacks("roles");
        }),
        Provider("entra.create.nulls", "Attributes that are null are unassigned", Develop, async t =>
            (await t.Post("/Users", t.UserJson("""{"title":null,"displayName":null,"name":{"givenName":"G","familyName":null},"emails":null}"""))).Is(201).Lacks("title").HasJson("name", """{"givenName":"G"}""")),
        Provider("entra.create.misspelt-enterprise", "The misspelt URN of the documentation (…:2.0User) is no error", Develop, async t =>
            (await t.Post("/Users", t.UserJson($$"""{"schemas":["{{Urns.User}}","urn:ietf:params:scim:schemas:extension:enterprise:2.0User"]}"""))).Is(201)),
        Provider("entra.create.again", "A create that is sent again is 409 uniqueness, and the match finds one", Develop, async t =>
        {
            var user = await t.NewUser();
            (await t.Post("/Users", t.UserJson(userName: user.Name))).IsError(409, "uniqueness");
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1);
        }),
        .. Words.SelectMany(w => (Case[])
        [
            Provider($"entra.create.string-boolean-{w.Word}{(char.IsUpper(w.Word[0]) ? "-capital" : "")}", $"active \"{w.Word}\" is {(w.Value ? "true" : "false")}", Compliance, async t =>
                (await t.NewUser($$"""{"active":"{{w.Word}}"}""")).Created.Has("active", w.Value)),
            Provider($"entra.patch.string-boolean-{w.Word}{(char.IsUpper(w.Word[0]) ? "-capital" : "")}", $"PATCH of active with \"{w.Word}\"", Compliance, async t =>
                (await t.Patched(await t.NewUser($$"""{"active":{{(w.Value ? "false" : "true")}}}"""), $$"""{"op":"Replace","path":"active","value":"{{w.Word}}"}""")).Has("active", w.Value)),
        ]),
        Provider("entra.patch.string-boolean-primary", "\"True\" for primary", Compliance, async t =>
            (await t.NewUser("""{"emails":[{"type":"work","value":"a@example.org","primary":"True"}]}""")).Created.Has("emails/0/primary", true)),
        .. CapitalOps.Select(op => Provider($"entra.patch.capitalised-{op.ToLowerInvariant()}", $"op \"{op}\"", Compliance, async t =>
        {
            var after = await t.Patched(await t.NewUserWith("""{"title":"T"}"""), op == "Remove" ? """{"op":"Remove","path":"title"}""" : $$"""{"op":"{{op}}","path":"title","value":"New"}""");
            after.Has("title", op == "Remove" ? null : "New");
        })),
        Provider("entra.patch.several-paths", "The default form: an operation for each path", Develop, async t =>
        {
            var after = await t.Patched(
                await t.NewUser("""{"emails":[{"type":"work","value":"old@example.org"}]}"""),
                """{"op":"Replace","path":"displayName","value":"D"}""",
                """{"op":"Replace","path":"emails[type eq \"work\"].value","value":"new@example.org"}""",
                """{"op":"Replace","path":"name.familyName","value":"F"}""",
                $$"""{"op":"Add","path":"{{Urns.Enterprise}}:employeeNumber","value":"7"}""");
            after.Has("displayName", "D").HasValues("emails", ["new@example.org"]).Has("name/familyName", "F").Has($"{Urns.Enterprise}/employeeNumber", "7");
        }),
        Provider("entra.patch.dotted-keys", "The flagged form: a value without a path, with dotted keys and URNs", Compliance, async t =>
        {
            var after = await t.Patched(
                await t.NewUser("""{"emails":[{"type":"work","value":"old@example.org"}]}"""),
                """{"op":"replace","path":"emails[type eq \"work\"].value","value":"new@example.org"}""",
                $$"""{"op":"replace","value":{"displayName":"D","name.givenName":"G","name.familyName":"F","{{Urns.Enterprise}}:employeeNumber":"7"} }""");
            after.Has("displayName", "D").Has("name/givenName", "G").Has("name/familyName", "F").HasValues("emails", ["new@example.org"]).Has($"{Urns.Enterprise}/employeeNumber", "7");
        }),
        Provider("entra.patch.disable-flagged", "The flagged form of disabling", Compliance, async t =>
            (await t.Patched(await t.NewUser("""{"active":true}"""), """{"op":"replace","path":"active","value":false}""")).Has("active", false)),
        Provider("entra.patch.add-makes-element", "add to emails[type eq \"work\"].value where there is none makes the element, and leaves the others", Develop, async t =>
        {
            var after = await t.Patched(await t.NewUser("""{"emails":[{"type":"home","value":"h@example.org"}]}"""), """{"op":"Add","path":"emails[type eq \"work\"].value","value":"w@example.org"}""");
            after.HasValues("emails", ["h@example.org", "w@example.org"]).True(after.Element("emails", "type", "work")["value"]?.ToString() == "w@example.org", "of type work");
        }),
        Provider("entra.patch.replace-makes-element", "replace of emails[type eq \"work\"].value where there is none makes the element", Develop, async t =>
            (await t.Patched(await t.NewUser("""{"emails":[{"type":"home","value":"h@example.org"}]}"""), """{"op":"Replace","path":"emails[type eq \"work\"].value","value":"w@example.org"}"""))
                .HasValues("emails", ["h@example.org", "w@example.org"])),
        Provider("entra.patch.phone", "phoneNumbers[type eq \"mobile\"].value, as it is sent", Develop, async t =>
        {
            var after = await t.Patched(await t.NewUser("""{"phoneNumbers":[{"type":"work","value":"1"}]}"""), """{"op":"Add","path":"phoneNumbers[type eq \"mobile\"].value","value":"+1 (555) 010-9999 x7"}""");
            after.HasValues("phoneNumbers", ["1", "+1 (555) 010-9999 x7"]);
        }),
        Provider("entra.patch.address", "addresses[type eq \"work\"], sub-attribute by sub-attribute", Develop, async t =>
        {
            var after = await t.Patched(
                await t.NewUser(),
                """{"op":"Add","path":"addresses[type eq \"work\"].streetAddress","value":"S 1"}""",
                """{"op":"Add","path":"addresses[type eq \"work\"].locality","value":"L"}""");
            after.HasJson("addresses", """[{"type":"work","streetAddress":"S 1","locality":"L"}]""");
        }),
        Provider("entra.patch.role", "roles[primary eq \"True\"].value with a boolean in quotes", Compliance, async t =>
        {
            var after = await t.Patched(await t.NewUser("""{"roles":[{"value":"old","primary":true}]}"""), """{"op":"Replace","path":"roles[primary eq \"True\"].value","value":"new"}""");
            after.HasValues("roles", ["new"]);
        }),
        .. ((string[])["\"\"", "null"]).SelectMany(value => ((string[])["title", "name.givenName", $"{Urns.Enterprise}:department", "phoneNumbers[type eq \\\"work\\\"].value"]).Select((path, i) => Provider(
            $"entra.patch.{(value == "null" ? "null" : "empty-text")}-clears-{((string[])["text", "sub-attribute", "extension", "element"])[i]}", $"{value} on {path.Replace("\\", "", StringComparison.Ordinal)} clears it", "Entra: Microsoft validator, null update", async t =>
            {
                var user = await t.NewUserWith(Json.Text(Json.Merge(
                    Json.Parse(Urns.InEnterprise("""{"department":"D"}"""))!.AsObject(),
                    """{"title":"T","name":{"givenName":"G"},"phoneNumbers":[{"type":"work","value":"1"}]}""")));
                var after = await t.Patched(user, $$"""{"op":"Replace","path":"{{path}}","value":{{value}}}""");
                string[] places = ["title", "name/givenName", $"{Urns.Enterprise}/department", "phoneNumbers/0/value"];
                after.Lacks(places[i]);
            }))),
        Provider("entra.patch.again", "A PATCH that is sent again answers the same and changes nothing", Develop, async t =>
        {
            var user = await t.NewUser();
            const string Operation = """{"op":"Replace","path":"title","value":"T"}""";
            var first = await t.Patched(user, Operation);
            (await t.Patched(user, Operation)).Has("", first.Json);
        }),
        Provider("entra.exact-values", "Values are returned as they were sent, blanks too", Develop, async t =>
            (await t.Read(await t.NewUser("""{"title":" ","phoneNumbers":[{"type":"work","value":"0043-(0)1 / 234"}]}"""))).Has("title", " ").Has("phoneNumbers/0/value", "0043-(0)1 / 234")),
        Provider("entra.soft-delete", "A disabled user stays readable and in its groups", Develop, async t =>
        {
            var user = await t.NewUser("""{"active":true}""");
            var group = await t.NewGroup(user);
            await t.Patched(user, """{"op":"Replace","path":"active","value":"False"}""");
            (await t.Read(user)).Has("active", false);
            (await t.Read(group)).HasValues("members", [user.Id]);
        }),
        Provider("entra.delete", "DELETE after that is 204, and then the user is not found", Develop, async t =>
        {
            var user = await t.NewUser("""{"active":false}""");
            (await t.Delete(user.Path)).Is(204);
            (await t.Get(user.Path)).IsError(404);
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 0);
        }),
    ];
}
