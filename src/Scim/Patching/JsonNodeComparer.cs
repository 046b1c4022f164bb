using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Resources;

namespace Scim.Patching;

/// <summary>Compares as <see cref="JsonEquality"/> does, for sets: the hash does not depend on the order of members.</summary>
internal sealed class JsonNodeComparer : IEqualityComparer<JsonNode>
{
    public static JsonNodeComparer Instance { get; } = new();

    public bool Equals(JsonNode? x, JsonNode? y) => JsonEquality.DeepEquals(x, y);

    public int GetHashCode(JsonNode obj)
    {
        switch (obj)
        {
            case JsonObject members:
                var sum = members.Count;
                foreach (var (name, value) in members)
                {
                    sum = unchecked(sum + HashCode.Combine(name, value is null ? 0 : GetHashCode(value)));
                }

                return sum;
            case JsonArray elements:
                var hash = new HashCode();
                foreach (var element in elements)
                {
                    hash.Add(element is null ? 0 : GetHashCode(element));
                }

                return hash.ToHashCode();
            default:
                return obj.GetValueKind() == JsonValueKind.String
                    ? obj.GetValue<string>().GetHashCode(StringComparison.Ordinal)
                    : obj.ToJsonString().GetHashCode(StringComparison.Ordinal);
        }
    }
}
