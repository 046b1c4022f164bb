using static Conformance.Areas.Patch.PatchCheck;

namespace Conformance.Areas.Patch;

/// <summary><c>replace</c> (RFC 7644 §3.5.2.3).</summary>
internal static class ReplaceCases
{
    private const string Source = "RFC 7644 §3.5.2.3";
    private const string Two = """{"emails":[{"value":"h@example.org","type":"home"},{"value":"w@example.org","type":"work","display":"W"}]}""";

    public static IEnumerable<Case> All =>
    [
        .. Sample.All.Select(s => Must($"patch.replace.each.{s.Key}", $"replace of '{s.Path}'", Source + "; scim2-tester", async t =>
        {
            t.NeedsAttribute(s.Schema, s.Name);
            (await t.Patched(await t.NewUserWith(s.Members(s.First)), $$"""{"op":"replace","path":"{{s.Path}}","value":{{s.Second}}}""")).HasJson(s.Place, s.Second);
        })),
        Changes("patch.replace.absent", "replace of what is not there adds it", Source, "{}",
            """{"op":"replace","path":"title","value":"T"}""", a => a.Has("title", "T")),
        Changes("patch.replace.absent-sub", "replace of a sub-attribute that is not there adds it", Source, "{}",
            """{"op":"replace","path":"name.givenName","value":"G"}""", a => a.HasJson("name", """{"givenName":"G"}""")),
        Changes("patch.replace.absent-multivalued", "replace of a multi-valued attribute that is not there adds it", Source, "{}",
            """{"op":"replace","path":"emails","value":[{"value":"a@example.org"}]}""", a => a.HasValues("emails", ["a@example.org"])),
        Changes("patch.replace.absent-extension", "replace in an extension that is not there adds it", Source, "{}",
            $$"""{"op":"replace","path":"{{Urns.Enterprise}}:department","value":"D"}""", a => a.Has($"{Urns.Enterprise}/department", "D")),
        Changes("patch.replace.multivalued", "replace of a multi-valued attribute replaces all values", Source, Two,
            """{"op":"replace","path":"emails","value":[{"value":"n@example.org"}]}""", a => a.HasValues("emails", ["n@example.org"])),
        Changes("patch.replace.multivalued-empty", "replace with an empty array clears", "RFC 7643 §2.5", Two,
            """{"op":"replace","path":"emails","value":[]}""", a => a.Lacks("emails")),
        Changes("patch.replace.complex", "replace of a complex attribute sets the sub-attributes given, and leaves the others", Source, """{"name":{"familyName":"F","givenName":"Old"}}""",
            """{"op":"replace","path":"name","value":{"givenName":"G"}}""", a => a.HasJson("name", """{"familyName":"F","givenName":"G"}""")),
        Changes("patch.replace.sub-attribute", "replace of a sub-attribute leaves the others", Source, """{"name":{"familyName":"F","givenName":"Old"}}""",
            """{"op":"replace","path":"name.givenName","value":"G"}""", a => a.HasJson("name", """{"familyName":"F","givenName":"G"}""")),
        Changes("patch.replace.no-path", "replace without a path replaces each attribute of the value", Source, """{"title":"A","nickName":"N"}""",
            """{"op":"replace","value":{"title":"B","active":false}}""", a => a.Has("title", "B").Has("active", false).Has("nickName", "N")),
        Changes("patch.replace.no-path-multivalued", "replace without a path replaces all values of a multi-valued attribute", Source, Two,
            """{"op":"replace","value":{"emails":[{"value":"n@example.org"}]}}""", a => a.HasValues("emails", ["n@example.org"])),
        Changes("patch.replace.no-path-extension", "replace without a path in an extension, by its URN", Source, Urns.InEnterprise("""{"department":"Old","costCenter":"C"}"""),
            WithoutPath("replace", Urns.InEnterprise("""{"department":"D"}""")), a => a.Has($"{Urns.Enterprise}/department", "D")),
        Changes("patch.replace.filter-sub", "replace of a sub-attribute of the values that match", Source, Two,
            """{"op":"replace","path":"emails[type eq \"work\"].value","value":"n@example.org"}""", a => a.HasValues("emails", ["h@example.org", "n@example.org"]).True(a.Element("emails", "type", "work")["display"]?.ToString() == "W", "display as before")),
        Changes("patch.replace.filter-sub-all", "replace of a sub-attribute of all values that match", Source, """{"emails":[{"value":"a@example.org","type":"work"},{"value":"b@example.org","type":"work"},{"value":"c@example.org","type":"home"}]}""",
            """{"op":"replace","path":"emails[type eq \"work\"].display","value":"W"}""", a => a.True(a.Values("emails", "display").Count(d => d == "W") == 2, "two with the display")),
        Changes("patch.replace.sub-of-all", "replace of a sub-attribute without a filter is of all values", Source, Two,
            """{"op":"replace","path":"emails.display","value":"D"}""", a => a.HasValues("emails", ["D", "D"], "display")),
        Changes("patch.replace.filter-element", "replace of the values that match, whole", Source, Two,
            """{"op":"replace","path":"emails[type eq \"work\"]","value":{"value":"n@example.org","type":"work"}}""",
            a => a.HasValues("emails", ["h@example.org", "n@example.org"]).True(a.Element("emails", "type", "home")["value"]?.ToString() == "h@example.org", "the other as before")),
        Changes("patch.replace.filter-and", "replace by two conditions", Source, """{"emails":[{"value":"a@example.org","type":"work"},{"value":"b@example.org","type":"work"}]}""",
            """{"op":"replace","path":"emails[type eq \"work\" and value sw \"b\"].display","value":"B"}""", a => a.True(a.Element("emails", "value", "b@example.org")["display"]?.ToString() == "B" && a.Element("emails", "value", "a@example.org")["display"] is null, "the second only")),
        Changes("patch.replace.primary", "primary that is set by replace is taken from the other", "RFC 7644 §3.5.2", """{"emails":[{"value":"a@example.org","type":"home","primary":true},{"value":"b@example.org","type":"work"}]}""",
            """{"op":"replace","path":"emails[type eq \"work\"].primary","value":true}""", a => a.True(a.Element("emails", "type", "home")["primary"]?.ToString() != "true" && a.Element("emails", "type", "work")["primary"]?.ToString() == "true", "one is primary")),
        Changes("patch.replace.null-clears", "replace with null clears", "RFC 7643 §2.5; Microsoft validator", """{"title":"T"}""",
            """{"op":"replace","path":"title","value":null}""", a => a.Lacks("title")),
        Must("patch.replace.rename", "userName that is replaced is found, and the old one is not", Source, async t =>
        {
            var user = await t.NewUser();
            var name = t.Name();
            (await t.Patched(user, $$"""{"op":"replace","path":"userName","value":"{{name}}"}""")).Has("userName", name);
            (await t.Find("/Users", $"userName eq \"{name}\"")).Is(200).Has("totalResults", 1);
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 0);
        }),
        Must("patch.replace.taken", "replace by a userName that another has is 409 uniqueness", "RFC 7644 §3.12", async t =>
        {
            var other = await t.NewUser();
            await CheckRefused(t, "{}", [$$"""{"op":"replace","path":"userName","value":"{{other.Name.ToUpperInvariant()}}"}"""], 409, "uniqueness");
        }),
        Letter("patch.replace.filter-no-match", "replace by a filter that matches nothing is 400 noTarget", Source, t =>
            CheckRefused(t, Two, ["""{"op":"replace","path":"emails[type eq \"other\"].value","value":"x@example.org"}"""], 400, "noTarget")),
        Letter("patch.replace.filter-no-match-element", "replace of values of which none matches is 400 noTarget", Source, t =>
            CheckRefused(t, Two, ["""{"op":"replace","path":"emails[type eq \"other\"]","value":{"value":"x@example.org"}}"""], 400, "noTarget")),
        Refused("patch.replace.required-null", "replace of a required attribute with null is 400", Source, "{}", ["""{"op":"replace","path":"userName","value":null}"""], 400, "invalidValue", "mutability", "invalidSyntax"),
        Refused("patch.replace.read-only", "replace of a readOnly attribute is 400 mutability", Source, "{}", ["""{"op":"replace","path":"meta.resourceType","value":"Shoe"}"""], 400, "mutability"),
        Refused("patch.replace.id", "replace of 'id' is 400 mutability", Source, "{}", ["""{"op":"replace","path":"id","value":"x"}"""], 400, "mutability"),
        Refused("patch.replace.type", "replace by the wrong type is 400 invalidValue", Source, """{"title":"T"}""", ["""{"op":"replace","path":"title","value":7}"""], 400, "invalidValue"),
        Refused("patch.replace.type-complex", "replace of a complex attribute by text is 400 invalidValue", Source, "{}", ["""{"op":"replace","path":"name","value":"Barbara"}"""], 400, "invalidValue"),
        Refused("patch.replace.type-multivalued", "replace of a multi-valued attribute by a number is 400 invalidValue", Source, Two, ["""{"op":"replace","path":"emails","value":7}"""], 400, "invalidValue"),
    ];
}
