using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.Client;

/// <summary>JSON as cases write and read it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Parse(string json) => JsonNode.Parse(json);

    /// <summary>As it is sent: no needless escapes.</summary>
    public static string Text(JsonNode? node) => node?.ToJsonString(Plain) ?? "null";

    public static string Quote(string text) => Text(JsonValue.Create(text));

    /// <summary>Goes down by names and positions, parted by <c>/</c>; null where there is nothing.</summary>
    public static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node switch
            {
                JsonObject members => members[name],
                JsonArray elements when int.TryParse(name, out var position) && position < elements.Count => elements[position],
                _ => null,
            };
        }

        return node;
    }

    /// <summary>An object with these members, the later ones over the earlier ones.</summary>
    public static JsonObject Merge(JsonObject first, string second)
    {
        foreach (var (name, value) in JsonNode.Parse(second)!.AsObject())
        {
            first[name] = value?.DeepClone();
        }

        return first;
    }
}
