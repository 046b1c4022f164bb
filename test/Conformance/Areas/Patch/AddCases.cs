using static Conformance.Areas.Patch.PatchCheck;

namespace Conformance.Areas.Patch;

/// <summary><c>add</c> (RFC 7644 §3.5.2.1).</summary>
internal static class AddCases
{
    private const string Source = "RFC 7644 §3.5.2.1";
    private const string Home = """{"emails":[{"value":"h@example.org","type":"home"}]}""";

    public static IEnumerable<Case> All =>
    [
        .. Sample.All.Select(s => Must($"patch.add.each.{s.Key}", $"add of '{s.Path}' to a user without it sets it", Source + "; scim2-tester", async t =>
        {
            t.NeedsAttribute(s.Schema, s.Name);
            (await t.Patched(await t.NewUser(), $$"""{"op":"add","path":"{{s.Path}}","value":{{s.First}}}""")).HasJson(s.Place, s.First);
        })),
        Changes("patch.add.existing-replaced", "add to a single-valued attribute that has a value replaces it", Source, """{"title":"A"}""",
            """{"op":"add","path":"title","value":"B"}""", a => a.Has("title", "B")),
        Changes("patch.add.multivalued-merges", "add to a multi-valued attribute keeps the values it has", Source, Home,
            """{"op":"add","path":"emails","value":[{"value":"w@example.org","type":"work"}]}""", a => a.HasValues("emails", ["h@example.org", "w@example.org"])),
        Changes("patch.add.multivalued-several", "add of several values", Source, Home,
            """{"op":"add","path":"emails","value":[{"value":"w@example.org"},{"value":"x@example.org"}]}""", a => a.HasValues("emails", ["h@example.org", "w@example.org", "x@example.org"])),
        Changes("patch.add.multivalued-one-object", "add of one value that is not in an array", Source, Home,
            """{"op":"add","path":"emails","value":{"value":"w@example.org","type":"work"}}""", a => a.HasValues("emails", ["h@example.org", "w@example.org"])),
        Changes("patch.add.multivalued-existing", "add of a value that is there already adds nothing", Source, Home,
            """{"op":"add","path":"emails","value":[{"value":"h@example.org","type":"home"}]}""", a => a.HasValues("emails", ["h@example.org"])),
        Changes("patch.add.multivalued-none", "add to a multi-valued attribute that has no values", Source, "{}",
            """{"op":"add","path":"emails","value":[{"value":"w@example.org"}]}""", a => a.HasValues("emails", ["w@example.org"])),
        Changes("patch.add.sub-attribute", "add to a sub-attribute keeps the others", Source, """{"name":{"familyName":"F"}}""",
            """{"op":"add","path":"name.givenName","value":"G"}""", a => a.HasJson("name", """{"familyName":"F","givenName":"G"}""")),
        Changes("patch.add.complex", "add to a complex attribute keeps the sub-attributes that are not given", Source, """{"name":{"familyName":"F","givenName":"Old"}}""",
            """{"op":"add","path":"name","value":{"givenName":"G"}}""", a => a.HasJson("name", """{"familyName":"F","givenName":"G"}""")),
        Changes("patch.add.no-path", "add without a path adds each attribute of the value", Source, """{"title":"A"}""",
            """{"op":"add","value":{"title":"B","nickName":"N","active":true}}""", a => a.Has("title", "B").Has("nickName", "N").Has("active", true)),
        Changes("patch.add.no-path-multivalued", "add without a path keeps values of a multi-valued attribute", Source, Home,
            """{"op":"add","value":{"emails":[{"value":"w@example.org"}],"nickName":"N"}}""", a => a.HasValues("emails", ["h@example.org", "w@example.org"]).Has("nickName", "N")),
        Changes("patch.add.no-path-complex", "add without a path keeps the sub-attributes that are not given", Source, """{"name":{"familyName":"F"}}""",
            """{"op":"add","value":{"name":{"givenName":"G"}}}""", a => a.HasJson("name", """{"familyName":"F","givenName":"G"}""")),
        Changes("patch.add.no-path-extension", "add without a path of an extension, by its URN", Source, Urns.InEnterprise("""{"costCenter":"C"}"""),
            WithoutPath("add", Urns.InEnterprise("""{"department":"D"}""")), a => a.HasJson(Urns.Enterprise, """{"costCenter":"C","department":"D"}""")),
        Changes("patch.add.extension", "add to an attribute of an extension", "RFC 7644 §3.10", "{}",
            $$"""{"op":"add","path":"{{Urns.Enterprise}}:department","value":"D"}""", a => a.Has($"{Urns.Enterprise}/department", "D")),
        Changes("patch.add.extension-schemas", "add to an extension that was not there adds it to 'schemas'", "RFC 7643 §3", "{}",
            $$"""{"op":"add","path":"{{Urns.Enterprise}}:department","value":"D"}""", a => a.True(a.Text.Contains($"\"{Urns.Enterprise}\",", StringComparison.Ordinal) || a.Array("schemas").Any(s => s!.ToString() == Urns.Enterprise), "the URN in 'schemas'")),
        Changes("patch.add.extension-whole", "add to a whole extension by its URN", "RFC 7644 §3.10", Urns.InEnterprise("""{"costCenter":"C"}"""),
            $$"""{"op":"add","path":"{{Urns.Enterprise}}","value":{"department":"D"} }""", a => a.HasJson(Urns.Enterprise, """{"costCenter":"C","department":"D"}""")),
        Changes("patch.add.core-urn", "add to an attribute of the core schema by its full name", "RFC 7644 §3.10", "{}",
            $$"""{"op":"add","path":"{{Urns.User}}:title","value":"T"}""", a => a.Has("title", "T")),
        Changes("patch.add.core-urn-sub", "add to a sub-attribute by its full name", "RFC 7644 §3.10", "{}",
            $$"""{"op":"add","path":"{{Urns.User}}:name.givenName","value":"G"}""", a => a.Has("name/givenName", "G")),
        Changes("patch.add.any-case", "Names in a path do not regard case", "RFC 7643 §2.1", "{}",
            """{"op":"add","path":"NAME.GIVENNAME","value":"G"}""", a => a.Has("name/givenName", "G")),
        Changes("patch.add.filter-sub", "add to a sub-attribute of the values that match", Source, """{"emails":[{"value":"h@example.org","type":"home"},{"value":"w@example.org","type":"work"}]}""",
            """{"op":"add","path":"emails[type eq \"work\"].display","value":"W"}""", a => a.True(a.Element("emails", "type", "work")["display"]?.ToString() == "W" && a.Element("emails", "type", "home")["display"] is null, "display of the work address only")),
        Changes("patch.add.primary", "A new primary value takes it from the one that had it", "RFC 7644 §3.5.2", """{"emails":[{"value":"a@example.org","primary":true}]}""",
            """{"op":"add","path":"emails","value":[{"value":"b@example.org","primary":true}]}""",
            a => a.True(a.Element("emails", "value", "b@example.org")["primary"]?.ToString() == "true" && a.Element("emails", "value", "a@example.org")["primary"]?.ToString() != "true", "the new value is primary, the old one is not")),
        Changes("patch.add.primary-by-filter", "primary that is set on one value is taken from the other", "RFC 7644 §3.5.2", """{"emails":[{"value":"a@example.org","primary":true},{"value":"b@example.org","type":"work"}]}""",
            """{"op":"add","path":"emails[type eq \"work\"].primary","value":true}""",
            a => a.True(a.Element("emails", "value", "b@example.org")["primary"]?.ToString() == "true" && a.Element("emails", "value", "a@example.org")["primary"]?.ToString() != "true", "one is primary")),
        Should("patch.add.existing-keeps-time", "add of what is there does not change meta.lastModified", Source, async t =>
        {
            var user = await t.NewUser("""{"title":"T","emails":[{"value":"a@example.org"}]}""");
            (await t.Patched(user, """{"op":"add","path":"title","value":"T"}""", """{"op":"add","path":"emails","value":[{"value":"a@example.org"}]}"""))
                .Has("meta/lastModified", user.Created.String("meta/lastModified"));
        }),
        Refused("patch.add.read-only", "add to a readOnly attribute is 400 mutability", "RFC 7644 §3.5.2", "{}", ["""{"op":"add","path":"id","value":"x"}"""], 400, "mutability"),
        Refused("patch.add.read-only-meta", "add to meta.created is 400 mutability", "RFC 7644 §3.5.2", "{}", ["""{"op":"add","path":"meta.created","value":"1999-01-01T00:00:00Z"}"""], 400, "mutability"),
        Refused("patch.add.no-value", "add without a value is 400", Source, "{}", ["""{"op":"add","path":"title"}"""], 400, "invalidValue", "invalidSyntax"),
        Refused("patch.add.no-path-no-object", "add without a path of text is 400", Source, "{}", ["""{"op":"add","value":"x"}"""], 400, "invalidValue", "invalidSyntax"),
        Refused("patch.add.type", "add of the wrong type is 400 invalidValue", Source, "{}", ["""{"op":"add","path":"active","value":7}"""], 400, "invalidValue"),
        Must("patch.add.read-only-groups", "add to 'groups' of a user is 400 mutability", "RFC 7643 §4.1.2", async t =>
        {
            t.NeedsAttribute(Urns.User, "groups");
            await CheckRefused(t, "{}", ["""{"op":"add","path":"groups","value":[{"value":"x"}]}"""], 400, "mutability");
        }),
        Must("patch.add.taken", "add of a userName that another has is 409 uniqueness", "RFC 7644 §3.12", async t =>
        {
            var other = await t.NewUser();
            await CheckRefused(t, "{}", [$$"""{"op":"add","path":"userName","value":"{{other.Name}}"}"""], 409, "uniqueness");
        }),
    ];
}
