using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Patching;

/// <summary>What a PATCH does with the values of a multi-valued attribute as a list (RFC 7644 §3.5.2).</summary>
internal static class ValueList
{
    private const string Primary = "primary";

    // Below this, comparing each with each is cheaper than hashing.
    private const int FewElements = 4;

    /// <summary>Adds clones of the values that are not there yet.</summary>
    public static void Append(JsonArray values, List<JsonNode> elements)
    {
        if (values.Count <= FewElements)
        {
            foreach (var value in values)
            {
                if (!Contains(elements, value!))
                {
                    elements.Add(value!.DeepClone());
                }
            }

            return;
        }

        var present = new HashSet<JsonNode>(elements, JsonNodeComparer.Instance);
        foreach (var value in values)
        {
            if (present.Add(value!))
            {
                elements.Add(value!.DeepClone());
            }
        }
    }

    public static bool Contains(List<JsonNode> elements, JsonNode value) => elements.Exists(element => JsonEquality.DeepEquals(element, value));

    public static void RemoveListed(JsonArray? listed, List<JsonNode> elements, AttributeDefinition attribute)
    {
        if (listed is null)
        {
            elements.Clear();
        }
        else
        {
            elements.RemoveAll(element => listed.Any(value => Describes(value!, element, attribute)));
        }
    }

    /// <summary>Whether an element has all that a listed value says: <c>{"value":"x"}</c> describes each element with that value.</summary>
    public static bool Describes(JsonNode listed, JsonNode element, AttributeDefinition attribute)
    {
        if (listed is not JsonObject values || element is not JsonObject complex)
        {
            return SameValue(listed, element, attribute);
        }

        return values.Count > 0
            && values.All(member => SameValue(member.Value, complex[member.Key], attribute.FindSubAttribute(member.Key) ?? attribute));
    }

    private static bool SameValue(JsonNode? left, JsonNode? right, AttributeDefinition attribute)
    {
        if (attribute.CaseExact || left?.GetValueKind() != JsonValueKind.String || right?.GetValueKind() != JsonValueKind.String)
        {
            return JsonEquality.DeepEquals(left, right);
        }

        return string.Equals(left.GetValue<string>(), right.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsPrimary(JsonNode element) => element is JsonObject complex && complex[Primary]?.GetValueKind() == JsonValueKind.True;

    /// <summary>
    /// RFC 7644 §3.5.2: where a value becomes primary, "the server SHALL set the value of the existing attribute to false".
    /// </summary>
    public static void KeepOnePrimary(List<JsonNode> elements, HashSet<JsonNode> before)
    {
        var primaries = elements.FindAll(IsPrimary);
        if (primaries.Count < 2)
        {
            return;
        }

        var kept = primaries.Find(element => !before.Contains(element)) ?? primaries[0];
        foreach (var element in primaries)
        {
            if (element != kept)
            {
                element[Primary] = false;
            }
        }
    }
}
