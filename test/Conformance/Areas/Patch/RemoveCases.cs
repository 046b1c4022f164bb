using static Conformance.Areas.Patch.PatchCheck;

namespace Conformance.Areas.Patch;

/// <summary><c>remove</c> (RFC 7644 §3.5.2.2).</summary>
internal static class RemoveCases
{
    private const string Source = "RFC 7644 §3.5.2.2";
    private const string Two = """{"emails":[{"value":"h@example.org","type":"home"},{"value":"w@example.org","type":"work","display":"W"}]}""";

    public static IEnumerable<Case> All =>
    [
        .. Sample.All.Select(s => Must($"patch.remove.each.{s.Key}", $"remove of '{s.Path}'", Source + "; scim2-tester", async t =>
        {
            t.NeedsAttribute(s.Schema, s.Name);
            var after = await t.Patched(await t.NewUserWith(s.Members(s.First)), $$"""{"op":"remove","path":"{{s.Path}}"}""");
            after.True(after.At(s.Place) is null or System.Text.Json.Nodes.JsonArray { Count: 0 } || (s.Name == "active" && after.Boolean("active") == true), $"no '{s.Path}'");
        })),
        Changes("patch.remove.sub-attribute", "remove of a sub-attribute keeps the others", Source, """{"name":{"familyName":"F","givenName":"G"}}""",
            """{"op":"remove","path":"name.givenName"}""", a => a.HasJson("name", """{"familyName":"F"}""")),
        Changes("patch.remove.complex", "remove of a complex attribute", Source, """{"name":{"familyName":"F","givenName":"G"}}""",
            """{"op":"remove","path":"name"}""", a => a.Lacks("name")),
        Changes("patch.remove.filter", "remove by a filter removes what matches", Source, Two,
            """{"op":"remove","path":"emails[type eq \"home\"]"}""", a => a.HasValues("emails", ["w@example.org"])),
        Changes("patch.remove.filter-value", "remove by the value", Source, Two,
            """{"op":"remove","path":"emails[value eq \"w@example.org\"]"}""", a => a.HasValues("emails", ["h@example.org"])),
        Changes("patch.remove.filter-and", "remove by two conditions", Source, Two,
            """{"op":"remove","path":"emails[type eq \"home\" and value ew \".org\"]"}""", a => a.HasValues("emails", ["w@example.org"])),
        Changes("patch.remove.filter-or", "remove by one condition or another", Source, Two,
            """{"op":"remove","path":"emails[type eq \"home\" or type eq \"work\"]"}""", a => a.Lacks("emails")),
        Changes("patch.remove.filter-not", "remove by a condition that is not so", Source, Two,
            """{"op":"remove","path":"emails[not (type eq \"home\")]"}""", a => a.HasValues("emails", ["h@example.org"])),
        Changes("patch.remove.filter-pr", "remove of what has a sub-attribute", Source, Two,
            """{"op":"remove","path":"emails[display pr]"}""", a => a.HasValues("emails", ["h@example.org"])),
        Changes("patch.remove.filter-last", "remove of the last value leaves the attribute unassigned", Source, """{"emails":[{"value":"h@example.org","type":"home"}]}""",
            """{"op":"remove","path":"emails[type eq \"home\"]"}""", a => a.Lacks("emails")),
        Changes("patch.remove.filter-sub", "remove of a sub-attribute of what matches", Source, Two,
            """{"op":"remove","path":"emails[type eq \"work\"].display"}""", a => a.HasValues("emails", ["h@example.org", "w@example.org"]).True(a.Element("emails", "type", "work")["display"] is null, "no display")),
        Changes("patch.remove.filter-any-case", "Names and values in the filter do not regard case", Source, Two,
            """{"op":"remove","path":"EMAILS[TYPE EQ \"HOME\"]"}""", a => a.HasValues("emails", ["w@example.org"])),
        Changes("patch.remove.extension", "remove of an attribute of an extension keeps the others", Source, Urns.InEnterprise("""{"department":"D","costCenter":"C"}"""),
            $$"""{"op":"remove","path":"{{Urns.Enterprise}}:department"}""", a => a.HasJson(Urns.Enterprise, """{"costCenter":"C"}""")),
        Changes("patch.remove.extension-last", "remove of the last attribute of an extension takes it from 'schemas'", "RFC 7643 §3", Urns.InEnterprise("""{"department":"D"}"""),
            $$"""{"op":"remove","path":"{{Urns.Enterprise}}:department"}""", a => a.Lacks(Urns.Enterprise).HasJson("schemas", $"""["{Urns.User}"]""")),
        Changes("patch.remove.extension-whole", "remove of a whole extension by its URN", "RFC 7644 §3.10", Urns.InEnterprise("""{"department":"D","costCenter":"C"}"""),
            $$"""{"op":"remove","path":"{{Urns.Enterprise}}"}""", a => a.Lacks(Urns.Enterprise)),
        Changes("patch.remove.absent", "remove of what is not there is no error", Source, "{}",
            """{"op":"remove","path":"title"}""", a => a.Lacks("title")),
        Must("patch.remove.filter-no-match", "remove by a filter that matches nothing changes nothing: 200, 204 or 400 noTarget", Source, async t =>
        {
            var user = await t.NewUser(Two);
            var answer = await t.Patch(user, """{"op":"remove","path":"emails[type eq \"other\"]"}""");
            answer.Is(200, 204, 400);
            (await t.Read(user)).HasValues("emails", ["h@example.org", "w@example.org"]);
        }),
        Refused("patch.remove.no-path", "remove without a path is 400 noTarget", Source, """{"title":"T"}""", ["""{"op":"remove"}"""], 400, "noTarget"),
        Refused("patch.remove.required", "remove of a required attribute is 400 mutability", Source, "{}", ["""{"op":"remove","path":"userName"}"""], 400, "mutability", "invalidValue"),
        Refused("patch.remove.read-only", "remove of a readOnly attribute is 400 mutability", Source, "{}", ["""{"op":"remove","path":"id"}"""], 400, "mutability"),
        Refused("patch.remove.read-only-meta", "remove of meta.version is 400 mutability", Source, "{}", ["""{"op":"remove","path":"meta.version"}"""], 400, "mutability"),
        Refused("patch.remove.unknown", "remove of an unknown attribute is 400 invalidPath", "RFC 7644 §3.12", "{}", ["""{"op":"remove","path":"shoeSize"}"""], 400, "invalidPath", "noTarget"),
    ];
}
