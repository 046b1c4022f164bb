using System.Buffers;
using Scim.Filters;
using Scim.Paging;
using Scim.Paths;
using Scim.Projection;
using Scim.Resources;
using Scim.Schemas;
using Scim.Sorting;

namespace Fuzz.Targets;

/// <summary>The parsers of texts: filters, paths, list parameters, and schema documents.</summary>
internal static class LibraryTargets
{
    private static readonly string[] Names =
    [
        "userName", "name.givenName", "emails.value", "emails.type", "emails", "active", "manager", "manager.value", "externalId", "id", "meta.lastModified",
        "urn:ietf:params:scim:schemas:core:2.0:User:userName", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department",
        "urn:example:scim:2.0:Custom", "urn:example:scim:2.0:Custom:ratio", "count", "ratio", "hired", "key", "flag", "tags", "rooms", "rooms.since", "desk.floor",
        "secret", "notes", "members", "members.value", "$ref", "schemas",
    ];

    private static readonly string[] FilterTokens =
    [
        .. Names, " eq ", " ne ", " co ", " sw ", " ew ", " gt ", " ge ", " lt ", " le ", " pr", " and ", " or ", "not (", "not(", "(", ")", "[", "]", "].", ".value", "\"", "\\\"", "\\u00e9",
        "\\ud83d\\ude00", "\\ud800", "\"work\"", "\"\"", "true", "false", "null", "12", "-1.5e10", "1e999999999", "0.00000000000000000000000001", "\"2011-05-13T04:42:34Z\"",
        "\"24:00:00\"", "type eq \"work\" and value co \"@\"", ":", " ", "  ", "é", "\U0001F600", "\0",
    ];

    public static IReadOnlyList<FuzzTarget> List { get; } =
    [
        new("filter",
        [
            "userName eq \"bjensen\"", "externalId eq \"00ujl29u0le5T6Aj10h7\"", "emails[type eq \"work\"].value eq \"a@example.com\"",
            "id eq \"2819\" and manager eq \"26118915\"", "displayName eq \"a \\\"b\\\" \\\\ c\"",
            "userType eq \"Employee\" and (emails co \"example.com\" or emails.value co \"example.org\")",
            "emails[type eq \"work\" and value co \"@example.com\"] or not (ims[type eq \"xmpp\"].value pr)",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value ne \"\\u00e9\\ud83d\\ude00\\\"\"",
            "meta.lastModified ge \"2011-05-13T04:42:34.5+02:00\" and active eq true and count gt -1.5e10 or ratio le 3 and flag ne \"False\"",
            "members[value eq \"2819c223\"]", "members eq \"2819c223\"", "not (active eq true) and title pr", "key eq \"AAEC\" or tags eq \"a\" and rooms[value gt 1 and primary eq true]",
        ],
        FilterTokens, TryFilter),
        new("path",
        [
            "userName", "name.givenName", "emails[type eq \"work\"].value", "addresses[type eq \"work\"]", "members[value eq \"2819c223\"]", "manager[value eq \"2611\"]",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0User:manager.value", "rooms[value gt 1 or not (primary eq true)].since",
        ],
        FilterTokens, TryPath),
        new("attribute-lists", ["userName,name.givenName", "id,emails.type,meta.version", "urn:example:scim:2.0:Custom,secret,notes", SchemaUrns.User + ",none", " , ,,members"], [.. Names, ",", ", ", ".", ":", ",,"], TryLists),
        new("list-parameters", ["1\n100\n\nascending", "0\n0\n\n", "-99999999999999999999\n99999999999999999999", "\n5\nabc\ndescending", "201\n100"], ["\n", "0", "-", "+", "9", "99999999999", "ascending", "DESCENDING", " ", "1e3", "0x1"], TryParameters),
        new("schema", [Samples.CustomSchema, .. Samples.Set.Schemas.Select(schema => Samples.Text(DiscoveryDocuments.Schema(schema)))],
        [
            "\"id\":", "\"name\":", "\"attributes\":[", "\"subAttributes\":[", "\"type\":\"complex\"", "\"type\":\"string\"", "\"type\":\"reference\"", "\"multiValued\":true", "\"returned\":\"never\"", "\"mutability\":\"immutable\"",
            "\"uniqueness\":\"global\"", "\"canonicalValues\":[\"a\"]", "\"referenceTypes\":[\"User\"]", "urn:", "$ref", "null", "{}", "[]", ",", "\"",
        ],
        TrySchema),
    ];

    private static string TryFilter(byte[] input)
    {
        var text = Samples.Text(input);
        if (!Filter.Parse(text).TryGet(out var filter, out var error))
        {
            return Outcome.Of(error, "invalidFilter");
        }

        var printed = filter.ToString();

        // Printed, escapes and spaces may take more room than the limits of a request leave.
        var again = Filter.Parse(printed, FilterLimits.Default with { MaxLength = int.MaxValue });
        BrokenRuleException.Unless(again.Error is null && again.Value == filter && again.Value.ToString() == printed, $"the filter printed is another: {printed}");
        var outcome = Outcome.Accepted;
        foreach (var dialect in Samples.Dialects)
        {
            foreach (var (type, resource) in new[] { (Samples.Set.User, Samples.User), (Samples.Set.Group, Samples.Group) })
            {
                if (filter.Compile(type, dialect).TryGet(out var compiled, out error))
                {
                    var matches = compiled.Matches(resource);
                    BrokenRuleException.Unless(compiled.RequiredEqualities.Count >= 0, "equalities");
                    outcome += matches ? "+" : "-";
                }
                else
                {
                    outcome += Outcome.Of(error, "invalidFilter", "invalidPath");
                }
            }
        }

        return outcome;
    }

    private static string TryPath(byte[] input)
    {
        var text = Samples.Text(input);
        if (SortAttribute.Parse(text, Samples.Set.User).TryGet(out var sort, out var error))
        {
            sort.KeyOf(Samples.User);
        }
        else
        {
            Outcome.Of(error);
        }

        if (IndexedAttribute.Parse(text, Samples.Set.User).TryGet(out var indexed, out error))
        {
            BrokenRuleException.Unless(IndexedAttribute.Parse(indexed.Path, Samples.Set.User).Value.Path == indexed.Path, $"the index's path is another: {indexed.Path}");
            indexed.KeysOf(Samples.User).Count();
        }
        else
        {
            Outcome.Of(error);
        }

        if (!PatchPath.Parse(text).TryGet(out var path, out error))
        {
            return Outcome.Of(error, "invalidPath", "invalidFilter");
        }

        var printed = path.ToString();
        var again = PatchPath.Parse(printed, FilterLimits.Default with { MaxLength = int.MaxValue });
        BrokenRuleException.Unless(again.Error is null && again.Value == path, $"the path printed is another: {printed}");
        return path.Path.Resolve(Samples.Set.User).TryGet(out var resolved, out error)
            ? $"{Outcome.Accepted} {resolved.Canonical} {path.ValueFilter is not null}"
            : Outcome.Of(error, "invalidPath");
    }

    private static string TryLists(byte[] input)
    {
        var text = Samples.Text(input);
        var rendered = Rendered;
        var whole = Project(AttributeSelection.Default(Samples.Set.User), rendered);
        foreach (var (only, left) in new[] { (text, (string?)null), (null, text) })
        {
            if (!AttributeSelection.Parse(only, left, Samples.Set.User).TryGet(out var selection, out var error))
            {
                return Outcome.Of(error, "invalidValue");
            }

            var projected = Project(selection, rendered);
            BrokenRuleException.Unless(JsonBody.Parse(projected).TryGet(out var shown, out _), "the projection is not JSON");
            BrokenRuleException.Unless(shown!.ContainsKey("id") && shown.ContainsKey("schemas"), "what is always returned is not there");
            BrokenRuleException.Unless(!Samples.Text(projected).Contains("\"secret\"", StringComparison.Ordinal), "what is never returned is there");
            if (only is null)
            {
                BrokenRuleException.Unless(projected.Length <= whole.Length, "what is left out makes it longer");
            }
        }

        return Outcome.Accepted;
    }

    private static byte[] Rendered { get; } = Render();

    private static byte[] Render()
    {
        var output = new ArrayBufferWriter<byte>();
        AddressMark.Fill(ResourceRenderer.Render(Samples.Set.User, JsonBody.ToUtf8(Samples.User), Samples.Meta), "https://a.example"u8, output);
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Project(AttributeSelection selection, byte[] resource)
    {
        var output = new ArrayBufferWriter<byte>(resource.Length);
        selection.Project(resource, output);
        return output.WrittenSpan.ToArray();
    }

    private static string TryParameters(byte[] input)
    {
        var parts = Samples.Text(input).Split('\n');
        var start = Part(0);
        if (!SearchRequest.Of(null, null, null, null, Part(3), start, Part(1), Part(2)).TryGet(out var request, out var error))
        {
            return Outcome.Of(error, "invalidValue", "invalidCount");
        }

        var page = request.Page;
        BrokenRuleException.Unless(page.StartIndex >= 1 && page.Count is >= 0 and <= ListLimits.StandardMaxCount, $"out of range: {page}");
        var again = ListRequest.Parse(start is null ? null : $"{page.StartIndex}", $"{page.Count}", cursor: page.Cursor);
        BrokenRuleException.Unless(again.Error is null && again.Value == page, $"the page is another: {page}");
        return $"{Outcome.Accepted} {request.Descending} {page.Cursor is null} {start is null} {page.StartIndex is 1 or int.MaxValue} {page.Count is 0 or 1000}";

        string? Part(int number) => number < parts.Length && parts[number].Length > 0 ? parts[number] : null;
    }

    private static string TrySchema(byte[] input)
    {
        if (!SchemaReader.Read(input).TryGet(out var schema, out var error))
        {
            return Outcome.Of(error, "invalidSyntax", "invalidValue");
        }

        var written = DiscoveryDocuments.Schema(schema);
        var document = new ArrayBufferWriter<byte>();
        AddressMark.Fill(written, "https://a.example"u8, document);
        var again = SchemaReader.Read(document.WrittenSpan);
        BrokenRuleException.Unless(again.Error is null, $"the schema written is refused: {again.Error?.Detail}");
        BrokenRuleException.Unless(DiscoveryDocuments.Schema(again.Value).AsSpan().SequenceEqual(written), "the schema written is another");
        return SchemaSet.Standard.Extend("User", schema).TryGet(out _, out error) ? $"{Outcome.Accepted} {schema.Attributes.Count}" : Outcome.Of(error);
    }
}
