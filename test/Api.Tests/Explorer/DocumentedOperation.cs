using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Api.Tests.Explorer;

/// <summary>An operation of one of the server's OpenAPI documents.</summary>
internal sealed partial record DocumentedOperation(JsonObject Document, string Method, string Path, JsonObject Item, JsonObject Operation)
{
    public static readonly string[] Documents = ["/openapi/v1.json", "/openapi/scim.json"];

    /// <summary>Method and path, whatever the names of what varies in the path.</summary>
    public string Key => Normal(Method, Path);

    public JsonArray Security => (Operation["security"] ?? Document["security"]) as JsonArray ?? [];

    public IEnumerable<JsonObject> Parameters =>
        (Operation["parameters"] as JsonArray ?? []).Concat(Item["parameters"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>Whether it takes a header.</summary>
    public bool Has(string header) => Parameters.Any(p => (string?)p["in"] == "header" && (string?)p["name"] == header);

    public IReadOnlyDictionary<string, JsonObject> Responses =>
        ((JsonObject)Operation["responses"]!).ToDictionary(r => r.Key, r => Resolved((JsonObject)r.Value!), StringComparer.Ordinal);

    public static string Normal(string method, string path)
    {
        var trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
        return $"{method} {Variable().Replace(trimmed, "{}")}";
    }

    /// <summary>All of them, as a server shows them.</summary>
    public static async Task<List<DocumentedOperation>> Read(TestServer server)
    {
        var all = new List<DocumentedOperation>();
        foreach (var address in Documents)
        {
            var document = (JsonObject)JsonNode.Parse(await server.Http.GetStringAsync(server.Url + address))!;
            foreach (var (path, item) in (JsonObject)document["paths"]!)
            {
                all.AddRange(((JsonObject)item!)
                    .Where(o => o.Key is "get" or "post" or "put" or "patch" or "delete")
                    .Select(o => new DocumentedOperation(document, o.Key.ToUpperInvariant(), path, (JsonObject)item!, (JsonObject)o.Value!)));
            }
        }

        return all;
    }

    private JsonObject Resolved(JsonObject response) =>
        (string?)response["$ref"] is { } reference ? (JsonObject)Document["components"]!["responses"]![reference.Split('/')[^1]]! : response;

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, 1000)]
    private static partial Regex Variable();
}
