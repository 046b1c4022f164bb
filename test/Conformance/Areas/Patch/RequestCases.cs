using static Conformance.Areas.Patch.PatchCheck;

namespace Conformance.Areas.Patch;

/// <summary>The PatchOp message as a whole, its paths and its answers (RFC 7644 §3.5.2).</summary>
internal static class RequestCases
{
    private const string Source = "RFC 7644 §3.5.2";
    private const string Set = """{"op":"replace","path":"title","value":"New"}""";

    private static readonly (string Id, string What, string Body)[] Malformed =
    [
        ("no-operations", "no Operations", $$"""{"schemas":["{{Urns.PatchOp}}"]}"""),
        ("empty-operations", "empty Operations", $$"""{"schemas":["{{Urns.PatchOp}}"],"Operations":[]}"""),
        ("operations-object", "Operations that are an object", $$"""{"schemas":["{{Urns.PatchOp}}"],"Operations":{{Set}}}"""),
        ("operation-text", "an operation that is text", $$"""{"schemas":["{{Urns.PatchOp}}"],"Operations":["replace"]}"""),
        ("no-op", "an operation without op", Attempt.PatchJson("""{"path":"title","value":"T"}""")),
        ("unknown-op", "an unknown operation", Attempt.PatchJson("""{"op":"frobnicate","path":"title","value":"T"}""")),
        ("json-patch-test", "an operation of JSON Patch that SCIM does not have", Attempt.PatchJson("""{"op":"test","path":"title","value":"T"}""")),
        ("json-patch-move", "another one", Attempt.PatchJson("""{"op":"move","path":"title","from":"nickName"}""")),
        ("op-number", "op that is a number", Attempt.PatchJson("""{"op":7,"path":"title","value":"T"}""")),
    ];

    private static readonly (string Id, string What, string Path)[] BadPaths =
    [
        ("unknown", "an unknown attribute", "shoeSize"),
        ("unknown-sub", "an unknown sub-attribute", "name.shoeSize"),
        ("unknown-urn", "an unknown schema", "urn:example:params:nothing:User:title"),
        ("too-deep", "a sub-attribute of a sub-attribute", "name.givenName.length"),
        ("json-pointer", "a JSON pointer", "/title"),
        ("unclosed", "a bracket that does not close", "emails[type eq \\\"work\\\""),
        ("empty-filter", "empty brackets", "emails[]"),
        ("index", "an index", "emails[0]"),
        ("spaces", "spaces", "title nickName"),
        ("trailing-dot", "a dot at the end", "name."),
        ("after-filter", "text behind the brackets", "emails[type eq \\\"work\\\"]value"),
        ("filter-on-simple", "a filter on a simple attribute", "title[value eq \\\"x\\\"]"),
        ("filter-unknown-sub", "a filter by an unknown sub-attribute", "emails[shoeSize eq \\\"9\\\"].value"),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Malformed.Select(m => Must($"patch.request.{m.Id}", $"A PATCH with {m.What} is 400", Source, async t =>
        {
            Attempt.Needs(t.Server.Patch, "PATCH");
            var user = await t.NewUser("""{"title":"T"}""");
            (await t.Send("PATCH", user.Path, m.Body)).IsError(400, "invalidSyntax", "invalidValue");
            (await t.Read(user)).Has("title", "T");
        })),
        .. BadPaths.Select(p => Refused($"patch.path.{p.Id}", $"A path with {p.What} is 400 invalidPath", "RFC 7644 §3.12", """{"emails":[{"value":"w@example.org","type":"work"}]}""",
            [$$"""{"op":"replace","path":"{{p.Path}}","value":"x"}"""], 400, "invalidPath", "invalidFilter", "noTarget")),
        Refused("patch.path.number", "A path that is a number is 400", Source, "{}", ["""{"op":"replace","path":7,"value":"x"}"""], 400, "invalidPath", "invalidSyntax", "invalidValue"),
        Letter("patch.request.no-schemas", "A PATCH without 'schemas' is 400", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Send("PATCH", user.Path, $$"""{"Operations":[{{Set}}]}""")).IsError(400);
        }),
        Must("patch.request.wrong-schemas", "A PATCH whose 'schemas' are of something else is 400", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Send("PATCH", user.Path, $$"""{"schemas":["{{Urns.User}}"],"Operations":[{{Set}}]}""")).IsError(400, "invalidSyntax", "invalidValue");
        }),
        Letter("patch.op.capitalised", "An operation in capitals is 400", Source, t => CheckRefused(t, "{}", ["""{"op":"REPLACE","path":"title","value":"T"}"""], 400, "invalidSyntax")),
        Changes("patch.order.one-after-the-other", "Each operation goes on from the one before it", Source, "{}",
            ["""{"op":"add","path":"title","value":"A"}""", """{"op":"replace","path":"title","value":"B"}""", """{"op":"add","path":"nickName","value":"N"}""", """{"op":"remove","path":"nickName"}"""],
            a => a.Has("title", "B").Lacks("nickName")),
        Changes("patch.order.add-then-filter", "A value that one operation adds is found by the next", Source, "{}",
            ["""{"op":"add","path":"emails","value":[{"value":"a@example.org","type":"work"}]}""", """{"op":"replace","path":"emails[type eq \"work\"].value","value":"b@example.org"}"""],
            a => a.HasValues("emails", ["b@example.org"])),
        Changes("patch.order.remove-then-add", "remove of all, then add", Source, """{"emails":[{"value":"a@example.org"}]}""",
            ["""{"op":"remove","path":"emails"}""", """{"op":"add","path":"emails","value":[{"value":"b@example.org"}]}"""], a => a.HasValues("emails", ["b@example.org"])),
        Changes("patch.order.many", "Fifty operations", Source, "{}",
            [.. Enumerable.Range(1, 50).Select(i => $$"""{"op":"add","path":"emails","value":[{"value":"m{{i}}@example.org"}]}""")],
            a => a.True(a.Values("emails").Count == 50, "fifty addresses")),
        Refused("patch.atomic.last-fails", "Where the last operation fails, none is done", Source, """{"title":"T"}""",
            [Set, """{"op":"add","path":"nickName","value":"N"}""", """{"op":"replace","path":"active","value":7}"""], 400, "invalidValue"),
        Refused("patch.atomic.path-fails", "Where a path is none, no operation is done", Source, """{"title":"T"}""", [Set, """{"op":"replace","path":"shoeSize","value":"9"}"""], 400, "invalidPath", "noTarget"),
        Refused("patch.atomic.read-only-fails", "Where an attribute is readOnly, no operation is done", Source, """{"title":"T"}""", [Set, """{"op":"replace","path":"id","value":"9"}"""], 400, "mutability"),
        Must("patch.atomic.taken", "Where a name is taken, no operation is done", Source, async t =>
        {
            var other = await t.NewUser();
            await CheckRefused(t, """{"title":"T"}""", [Set, $$"""{"op":"replace","path":"userName","value":"{{other.Name}}"}"""], 409, "uniqueness");
        }),
        Must("patch.answer.unknown", "PATCH of nobody is 404", Source, async t =>
            (await t.Send("PATCH", $"/Users/{Guid.NewGuid()}", Attempt.PatchJson(Set))).IsError(404)),
        Must("patch.answer.whole", "The answer is 204, or 200 with the whole resource", Source, async t =>
        {
            var user = await t.NewUser("""{"nickName":"N"}""");
            var answer = (await t.Patch(user, Set)).IsDone();
            var read = await t.Read(user);
            answer.True(answer.Status == 204 ? answer.Bytes.Length == 0 : System.Text.Json.Nodes.JsonNode.DeepEquals(answer.Json, read.Json), "nothing, or the resource as it is read");
        }),
        Must("patch.answer.attributes", "With 'attributes', the answer is 200 with these", Source, async t =>
        {
            var user = await t.NewUser("""{"nickName":"N"}""");
            (await t.Send("PATCH", user.Path + "?attributes=title", Attempt.PatchJson(Set))).Is(200).Has("title", "New").Omits("nickName");
        }),
        Must("patch.answer.meta", "meta.created, location and type stay, lastModified is not earlier", "RFC 7643 §3.1", async t =>
        {
            var user = await t.NewUser();
            var after = await t.Patched(user, Set);
            after.Has("meta/created", user.Created.String("meta/created")).Has("meta/location", user.Created.String("meta/location")).Has("meta/resourceType", "User");
            var culture = System.Globalization.CultureInfo.InvariantCulture;
            after.True(DateTimeOffset.Parse(after.String("meta/lastModified"), culture) >= DateTimeOffset.Parse(user.Created.String("meta/lastModified"), culture), "a later time");
        }),
        Must("patch.answer.names-any-case", "Names of the message do not regard case", "RFC 7643 §2.1", async t =>
        {
            var user = await t.NewUser();
            (await t.Send("PATCH", user.Path, $$"""{"SCHEMAS":["{{Urns.PatchOp}}"],"operations":[{"OP":"replace","Path":"title","VALUE":"T"}]}""")).IsDone();
            (await t.Read(user)).Has("title", "T");
        }),
        Must("patch.not-offered", "A server without PATCH answers it with 501", "RFC 7644 §3.12", async t =>
        {
            Attempt.NeedsNo(t.Server.Patch, "PATCH");
            (await t.Send("PATCH", (await t.NewUser()).Path, Attempt.PatchJson(Set))).IsError([501, 405]);
        }),
    ];
}
