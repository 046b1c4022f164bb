using System.Text.Json.Nodes;

namespace Conformance.Client;

/// <summary>What a server says of itself in <c>/ServiceProviderConfig</c>, <c>/ResourceTypes</c> and <c>/Schemas</c>.</summary>
/// <param name="Config">The first document.</param>
/// <param name="ResourceTypes">The resource types.</param>
/// <param name="Schemas">The schemas.</param>
internal sealed record ServerFeatures(JsonNode Config, IReadOnlyList<JsonNode> ResourceTypes, IReadOnlyList<JsonNode> Schemas)
{
    public bool Patch => Supports("patch");

    public bool Bulk => Supports("bulk");

    public bool Filter => Supports("filter");

    public bool ChangePassword => Supports("changePassword");

    public bool Sort => Supports("sort");

    public bool ETag => Supports("etag");

    public bool Cursor => Json.At(Config, "pagination/cursor")?.ToString() == "true";

    public int MaxOperations => (int?)Json.At(Config, "bulk/maxOperations") ?? 0;

    public int MaxPayloadSize => (int?)Json.At(Config, "bulk/maxPayloadSize") ?? 0;

    public int MaxResults => (int?)Json.At(Config, "filter/maxResults") ?? 0;

    public bool Groups => ResourceTypes.Any(t => t["endpoint"]?.ToString() == "/Groups");

    /// <summary>The schema of users, and those of its extensions.</summary>
    public IEnumerable<JsonNode> UserSchemas
    {
        get
        {
            var type = ResourceTypes.FirstOrDefault(t => t["endpoint"]?.ToString() == "/Users");
            var extensions = (type?["schemaExtensions"] as JsonArray ?? []).Select(e => e?["schema"]?.ToString());
            return Schemas.Where(s => s["id"]?.ToString() is { } id && (id == type?["schema"]?.ToString() || extensions.Contains(id, StringComparer.Ordinal)));
        }
    }

    /// <summary>Asks the server.</summary>
    /// <exception cref="CannotRunException">It does not answer, or does not let the client in.</exception>
    public static async Task<ServerFeatures> Read(ScimClient client)
    {
        var config = await Document(client, "/ServiceProviderConfig");
        var types = await Document(client, "/ResourceTypes");
        var schemas = await Document(client, "/Schemas");
        var users = await client.Send("GET", "/Users?count=1", body: null);
        return users.Status is 200
            ? new ServerFeatures(config.Json!, types.Resources, schemas.Resources)
            : throw new CannotRunException($"GET {client.Url}/Users was answered {users.Status}: {Exchange.Short(users.Text)}");
    }

    /// <summary>The definition of an attribute of a schema, or of a sub-attribute: <c>name/givenName</c>. Null where there is none.</summary>
    public JsonNode? Attribute(string schema, string path)
    {
        var node = Schemas.FirstOrDefault(s => s["id"]?.ToString() == schema);
        var list = "attributes";
        foreach (var name in path.Split('/'))
        {
            node = (node?[list] as JsonArray)?.FirstOrDefault(a => string.Equals(a?["name"]?.ToString(), name, StringComparison.OrdinalIgnoreCase));
            list = "subAttributes";
        }

        return node;
    }

    private bool Supports(string feature) => Json.At(Config, feature + "/supported")?.ToString() == "true";

    private static async Task<Answer> Document(ScimClient client, string path)
    {
        Answer answer;
        try
        {
            answer = await client.Send("GET", path, body: null);
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new CannotRunException($"{client.Url} does not answer: {exception.Message}", exception);
        }

        return answer.Status == 200 && answer.Json is JsonObject
            ? answer
            : throw new CannotRunException($"GET {client.Url}{path} was answered {answer.Status}: {Exchange.Short(answer.Text)}");
    }
}
