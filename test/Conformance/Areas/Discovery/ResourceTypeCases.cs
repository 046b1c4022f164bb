using System.Text.Json;

namespace Conformance.Areas.Discovery;

/// <summary><c>/ResourceTypes</c> (RFC 7643 §6).</summary>
internal static class ResourceTypeCases
{
    private const string Path = "/ResourceTypes";
    private const string Source = "RFC 7643 §6";

    public static IEnumerable<Case> All =>
    [
        .. ((string[])["name", "endpoint", "schema"]).Select(name => Must($"discovery.types.has-{name}", $"Each resource type has '{name}'", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.Resources.All(r => r[name]?.GetValueKind() == JsonValueKind.String), $"each has a string '{name}'");
        })),
        Must("discovery.types.schemas", "Each resource type has the ResourceType schema", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(
                answer.Resources.All(r => Json.Text(r["schemas"]) == """["urn:ietf:params:scim:schemas:core:2.0:ResourceType"]"""),
                "each has 'schemas' with the URN of ResourceType");
        }),
        Must("discovery.types.schema-served", "The schema of each resource type is served by /Schemas", "RFC 7643 §6; scim2-tester", async t =>
        {
            foreach (var type in (await t.Get(Path)).Is(200).Resources)
            {
                (await t.Get($"/Schemas/{type["schema"]}")).Is(200).Has("id", type["schema"]!.ToString());
            }
        }),
        Must("discovery.types.extensions-served", "Each extension has 'required', and its schema is served by /Schemas", Source, async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            foreach (var extension in answer.Resources.SelectMany(r => r["schemaExtensions"] as System.Text.Json.Nodes.JsonArray ?? []))
            {
                answer.True(extension?["required"]?.GetValueKind() is JsonValueKind.True or JsonValueKind.False, "'required' is a boolean");
                (await t.Get($"/Schemas/{extension!["schema"]}")).Is(200);
            }
        }),
        Must("discovery.types.user", "There is a resource type with the endpoint /Users and the User schema", "RFC 7644 §3.2; Microsoft validator", async t =>
        {
            var answer = (await t.Get(Path)).Is(200);
            answer.True(answer.Resources.Any(r => r["endpoint"]?.ToString() == "/Users" && r["schema"]?.ToString() == Urns.User), "one of them is /Users");
        }),
        Must("discovery.types.endpoints-answer", "The endpoint of each resource type answers a query", "RFC 7644 §3.2", async t =>
        {
            foreach (var type in (await t.Get(Path)).Is(200).Resources)
            {
                (await t.Get($"{type["endpoint"]}?count=1")).Is(200).HasJson("schemas", $"""["{Urns.List}"]""");
            }
        }),
        Should("discovery.types.id-is-name", "A resource type's id is often its name; it is found under its name", Source, async t =>
        {
            foreach (var type in (await t.Get(Path)).Is(200).Resources)
            {
                (await t.Get($"{Path}/{type["name"]}")).Is(200).Has("name", type["name"]!.ToString());
            }
        }),
    ];
}
