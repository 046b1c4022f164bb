using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scim.Resources;

/// <summary>
/// Texts of white space alone, taken for null where a directory's blanks clear: an admin of Entra, which does not send what was cleared,
/// puts a blank in its place.
/// </summary>
internal static class BlankValues
{
    /// <summary>A copy of a request's body in which each blank text is null. The body is left as it is.</summary>
    public static JsonObject Cleared(JsonObject body)
    {
        var copy = (JsonObject)body.DeepClone();
        Clear(copy);
        return copy;
    }

    private static void Clear(JsonNode node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in members.Select(m => m.Key).ToList())
                {
                    if (IsBlank(members[name]))
                    {
                        members[name] = null;
                    }
                    else if (members[name] is { } inner)
                    {
                        Clear(inner);
                    }
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    if (IsBlank(elements[i]))
                    {
                        elements[i] = null;
                    }
                    else if (elements[i] is { } inner)
                    {
                        Clear(inner);
                    }
                }

                break;
        }
    }

    private static bool IsBlank(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetValue<string>());
}
