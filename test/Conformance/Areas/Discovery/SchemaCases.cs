using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.Areas.Discovery;

/// <summary><c>/Schemas</c>: every attribute says all that a client must know (RFC 7643 §7).</summary>
internal static class SchemaCases
{
    private const string Path = "/Schemas";
    private const string Source = "RFC 7643 §7";

    private static readonly (string Name, string[] Values)[] Enumerations =
    [
        ("type", ["string", "boolean", "decimal", "integer", "dateTime", "reference", "complex", "binary"]),
        ("mutability", ["readOnly", "readWrite", "immutable", "writeOnly"]),
        ("returned", ["always", "never", "default", "request"]),
        ("uniqueness", ["none", "server", "global"]),
    ];

    public static IEnumerable<Case> All =>
    [
        Must("discovery.schemas.urns", "The id of each schema is a URN", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.Ids.All(id => id.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)), "each id is a URN");
        }),
        Must("discovery.schemas.no-duplicates", "No schema stands in the list twice", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.Ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() == answer.Ids.Count, "each id once");
        }),
        Must("discovery.schemas.user", "The User schema is served", "RFC 7643 §8.7.1; Microsoft validator", async t =>
            (await t.Get($"{Path}/{Urns.User}")).Is(200).Has("name", "User")),
        Must("discovery.schemas.group", "The Group schema is served", "RFC 7643 §8.7.1; Microsoft validator", async t =>
        {
            Attempt.Needs(t.Server.Groups, "groups");
            (await t.Get($"{Path}/{Urns.Group}")).Is(200).Has("name", "Group");
        }),
        Must("discovery.schemas.enterprise", "The enterprise extension is served, where /Users has it", "RFC 7643 §8.7.1", async t =>
        {
            Attempt.Needs(t.Server.ResourceTypes.Any(r => Json.Text(r["schemaExtensions"]).Contains(Urns.Enterprise, StringComparison.Ordinal)), "the enterprise extension");
            (await t.Get($"{Path}/{Urns.Enterprise}")).Is(200).Has("attributes");
        }),
        Must("discovery.schemas.names-unique", "No schema has an attribute twice, whatever the case", "RFC 7643 §2.1", t => EachSchema(t, (answer, schema) =>
        {
            var names = schema["attributes"]!.AsArray().Select(a => a!["name"]!.ToString()).ToList();
            answer.True(names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count, $"attribute names of {schema["id"]} once each");
        })),
        Must("discovery.schemas.name-form", "Names of attributes are made of letters, digits, - and _, after a letter or $", "RFC 7643 §2.1", t => EachAttribute(t, (answer, attribute, path) =>
            answer.True(System.Text.RegularExpressions.Regex.IsMatch(attribute["name"]?.ToString() ?? "", @"^[A-Za-z$][A-Za-z0-9_\-$]*$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)), $"{path} has a valid name"))),
        .. Enumerations.Select(e => Must($"discovery.schemas.{e.Name}", $"Each attribute's '{e.Name}' is of {string.Join(", ", e.Values)}", Source, t => EachAttribute(t, (answer, attribute, path) =>
            answer.True(e.Values.Contains(attribute[e.Name]?.ToString() ?? "", StringComparer.Ordinal), $"'{e.Name}' of {path} is one of them, and not '{attribute[e.Name]}'")))),
        .. ((string[])["multiValued", "required", "caseExact"]).Select(name => Must($"discovery.schemas.{name.ToLowerInvariant()}", $"Each attribute's '{name}' is true or false", Source, t => EachAttribute(t, (answer, attribute, path) =>
        {
            // caseExact says nothing of a boolean or a complex value.
            var said = attribute[name]?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;
            answer.True(said || (name == "caseExact" && attribute["type"]?.ToString() is not ("string" or "reference" or "binary")), $"'{name}' of {path} is a boolean");
        }))),
        Should("discovery.schemas.description", "Each attribute has a description", Source, t => EachAttribute(t, (answer, attribute, path) =>
            answer.True(!string.IsNullOrWhiteSpace(attribute["description"]?.ToString()), $"{path} has a description"))),
        Must("discovery.schemas.subattributes", "Complex attributes have sub-attributes; others and sub-attributes have none", "RFC 7643 §2.3.8", t => EachAttribute(t, (answer, attribute, path) =>
        {
            var hasSubs = attribute["subAttributes"] is JsonArray { Count: > 0 };
            answer.True(hasSubs == (attribute["type"]?.ToString() == "complex"), $"{path}: sub-attributes exactly where the type is complex");
            
            // The definition of schemas itself is the exception (RFC 7643 §8.7.2).
            var isNested = hasSubs && path.Count(c => c == '/') > 1;
            answer.True(!isNested || path.StartsWith("urn:ietf:params:scim:schemas:core:2.0:Schema/", StringComparison.Ordinal), $"{path}: no complex attribute within another");
        })),
        Must("discovery.schemas.reference-types", "References say what they refer to", Source, t => EachAttribute(t, (answer, attribute, path) =>
            answer.True(attribute["type"]?.ToString() != "reference" || attribute["referenceTypes"] is JsonArray { Count: > 0 }, $"{path} has 'referenceTypes'"))),
        Must("discovery.schemas.readonly-not-required", "'groups' of a user is readOnly", "RFC 7643 §4.1.2", async t =>
        {
            var groups = t.NeedsAttribute(Urns.User, "groups");
            var answer = (await t.Get($"{Path}/{Urns.User}")).Is(200);
            answer.True(groups["mutability"]?.ToString() == "readOnly", "'groups' is readOnly");
        }),
    ];

    private static async Task EachSchema(Attempt t, Action<Answer, JsonNode> check)
    {
        var answer = (await t.Get(Path)).Is(200);
        foreach (var schema in answer.Resources)
        {
            check(answer, schema);
        }
    }

    private static Task EachAttribute(Attempt t, Action<Answer, JsonNode, string> check) => EachSchema(t, (answer, schema) =>
    {
        foreach (var attribute in schema["attributes"]!.AsArray())
        {
            var path = $"{schema["id"]}/{attribute!["name"]}";
            check(answer, attribute, path);
            foreach (var sub in attribute["subAttributes"] as JsonArray ?? [])
            {
                check(answer, sub!, $"{path}/{sub!["name"]}");
            }
        }
    });
}
