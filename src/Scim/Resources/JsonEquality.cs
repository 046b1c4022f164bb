using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scim.Resources;

/// <summary>
/// Whether two JSON values are the same to a client: the order of members does not matter, that of array elements does, and numbers
/// are the same only where their text is, because values are returned as they were sent.
/// </summary>
public static class JsonEquality
{
    /// <summary>Compares two values of any kind; null is JSON's null.</summary>
    public static bool DeepEquals(JsonNode? left, JsonNode? right)
    {
        if (ReferenceEquals(left, right))
        {
            return true;
        }

        return (left, right) switch
        {
            (null, _) or (_, null) => false,
            (JsonObject a, JsonObject b) => ObjectsEqual(a, b),
            (JsonArray a, JsonArray b) => ArraysEqual(a, b),
            (JsonValue a, JsonValue b) => ValuesEqual(a, b),
            _ => false,
        };
    }

    private static bool ObjectsEqual(JsonObject left, JsonObject right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var (name, value) in left)
        {
            if (!right.TryGetPropertyValue(name, out var other) || !DeepEquals(value, other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ArraysEqual(JsonArray left, JsonArray right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!DeepEquals(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool ValuesEqual(JsonValue left, JsonValue right)
    {
        var kind = left.GetValueKind();
        return kind == right.GetValueKind() && kind switch
        {
            JsonValueKind.String => left.GetValue<string>() == right.GetValue<string>(),
            JsonValueKind.Number => left.ToJsonString() == right.ToJsonString(),
            _ => true,
        };
    }
}
