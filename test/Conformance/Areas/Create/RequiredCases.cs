namespace Conformance.Areas.Create;

/// <summary>Required attributes, uniqueness, and what counts as unassigned (RFC 7643 §2.2, §2.5).</summary>
internal static class RequiredCases
{
    private static readonly (string Id, string Json)[] Unassigned = [("null", "null"), ("empty-array", "[]")];

    public static IEnumerable<Case> All =>
    [
        Must("create.required.missing", "A user without userName is 400 invalidValue", "RFC 7644 §3.12", async t =>
            (await t.Post("/Users", $$"""{"schemas":["{{Urns.User}}"],"title":"T"}""")).IsError(400, "invalidValue")),
        .. ((string[])["null", "\"\"", "[]", "{}"]).Select((json, i) => Must($"create.required.{((string[])["null", "empty-text", "array", "object"])[i]}", $"A user whose userName is {json} is 400", "RFC 7643 §2.5", async t =>
            (await t.Post("/Users", t.UserJson($$"""{"userName":{{json}}}"""))).IsError(400, "invalidValue", "invalidSyntax"))),
        Must("create.required.group-name", "A group without displayName is 400, where the schema requires it", "RFC 7643 §4.2", async t =>
        {
            Attempt.Needs(t.NeedsAttribute(Urns.Group, "displayName")["required"]?.ToString() == "true", "a required displayName of groups");
            (await t.Post("/Groups", $$"""{"schemas":["{{Urns.Group}}"]}""")).IsError(400, "invalidValue");
        }),
        Must("create.unique.same", "A userName that is taken is 409 uniqueness, and nothing is made", "RFC 7644 §3.3", async t =>
        {
            var user = await t.NewUser();
            (await t.Post("/Users", t.UserJson(userName: user.Name))).IsError(409, "uniqueness");
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1);
        }),
        Must("create.unique.any-case", "userName is unique without regard to case", "RFC 7643 §4.1.1", async t =>
            (await t.Post("/Users", t.UserJson(userName: (await t.NewUser()).Name.ToUpperInvariant()))).IsError(409, "uniqueness")),
        Must("create.unique.at-once", "Of several creates of one name at once, one succeeds", "RFC 7644 §3.3", async t =>
        {
            var body = t.UserJson();
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => t.Post("/Users", body)));
            answers[0].True(answers.Count(a => a.Status == 201) == 1, $"one 201 among {string.Join(", ", answers.Select(a => a.Status))}");
            answers[0].True(answers.Count(a => a.Status == 409) == 4, $"four 409 among {string.Join(", ", answers.Select(a => a.Status))}");
        }),
        Must("create.unique.after-delete", "The name of a deleted user is free", "RFC 7644 §3.6", async t =>
        {
            var user = await t.NewUser();
            (await t.Delete(user.Path)).Is(204);
            (await t.Post("/Users", t.UserJson(userName: user.Name))).Is(201);
        }),
        Must("create.unique.not-display-name", "Two users may have the same displayName and e-mail address", "RFC 7643 §4.1", async t =>
        {
            const string Members = """{"displayName":"Same","emails":[{"value":"same@example.org"}]}""";
            await t.NewUser(Members);
            await t.NewUser(Members);
        }),
        .. Unassigned.SelectMany(u => ((string[])["emails", "title", "name", "active"]).Where(a => u.Id == "null" || a == "emails").Select(a => Must(
            $"create.unassigned.{a}-{u.Id}", $"'{a}' sent as {u.Json} is unassigned, and not returned", "RFC 7643 §2.5", async t =>
            {
                var read = await t.Read(await t.NewUser($$"""{"{{a}}":{{u.Json}}}"""));
                read.True(read.At(a) is null or System.Text.Json.Nodes.JsonArray { Count: 0 }, $"no '{a}'");
            }))),
        Must("create.unassigned.sub-null", "A sub-attribute that is null is unassigned", "RFC 7643 §2.5", async t =>
            (await t.Read(await t.NewUser("""{"name":{"givenName":"G","familyName":null}}"""))).HasJson("name", """{"givenName":"G"}""")),
        Must("create.unassigned.extension-empty", "An extension without values is not in 'schemas'", "RFC 7643 §3.3", async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "department");
            (await t.Read(await t.NewUser(Urns.InEnterprise("""{"department":null}""")))).Lacks(Urns.Enterprise).HasJson("schemas", $"""["{Urns.User}"]""");
        }),
    ];
}
