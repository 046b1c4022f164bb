using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Schemas;

namespace Scim.Resources;

/// <summary>
/// Validates a value against its attribute's definition and gives it the form it is kept in (RFC 7643 §2): sub-attribute names in
/// canonical spelling, unassigned values (<c>null</c>, <c>[]</c>, <c>{}</c>) left out, readOnly sub-attributes left out, all else
/// exactly as sent. The tolerant dialects also accept the forms that identity providers send beside the standards.
/// </summary>
/// <remarks>
/// Takes what <see cref="JsonBody"/> parsed; the result is a new node that shares nothing with the input. The mutability of the
/// attribute itself, and whether a required one may be unassigned, is for the caller to judge.
/// </remarks>
public static class ValueNormaliser
{
    private const string Value = "value";
    private const string Primary = "primary";

    /// <summary>Normalises the value of an attribute: for a multi-valued one, all of its values.</summary>
    /// <param name="value">The value as parsed; null is JSON's null.</param>
    /// <param name="attribute">The definition of the attribute or sub-attribute.</param>
    /// <param name="path">Its full name, for the error's text: <c>name.givenName</c>.</param>
    /// <param name="dialect">How tolerant to be.</param>
    /// <param name="normalised">The value to keep (a <see cref="JsonArray"/> for a multi-valued attribute), or null for unassigned.</param>
    /// <returns>The fault, or null.</returns>
    public static ScimError? Normalise(JsonNode? value, AttributeDefinition attribute, string path, Dialect dialect, out JsonNode? normalised)
    {
        if (!attribute.MultiValued)
        {
            return NormaliseElement(value, attribute, path, dialect, out normalised);
        }

        normalised = null;
        if (value is null)
        {
            return null;
        }

        if (value is not JsonArray elements)
        {
            if (dialect == Dialect.Strict)
            {
                return WrongType(value, path, "an array");
            }

            var alone = NormaliseElement(value, attribute, path, dialect, out var element);
            normalised = element is null ? null : new JsonArray(element);
            return alone;
        }

        var result = new JsonArray();
        for (var i = 0; i < elements.Count; i++)
        {
            if (NormaliseElement(elements[i], attribute, $"{path}[{i}]", dialect, out var element) is { } error)
            {
                return error;
            }

            if (element is not null)
            {
                result.Add(element);
            }
        }

        normalised = result.Count == 0 ? null : result;
        return CheckPrimary(result, path);
    }

    /// <summary>Normalises one element of a multi-valued attribute, or the value of a single-valued one. Parameters as for <see cref="Normalise"/>.</summary>
    public static ScimError? NormaliseElement(JsonNode? value, AttributeDefinition attribute, string path, Dialect dialect, out JsonNode? normalised)
    {
        normalised = null;
        if (value is null)
        {
            return null;
        }

        return attribute.Type == AttributeType.Complex
            ? NormaliseComplex(value, attribute, path, dialect, out normalised)
            : NormaliseSimple(value, attribute, path, dialect, out normalised);
    }

    /// <summary>RFC 7643 §2.4: "The primary attribute value 'true' MUST appear no more than once."</summary>
    private static ScimError? CheckPrimary(JsonArray elements, string path)
    {
        var primaries = 0;
        foreach (var element in elements)
        {
            if (element is JsonObject complex && complex[Primary]?.GetValueKind() == JsonValueKind.True && ++primaries > 1)
            {
                return ScimError.InvalidValue($"'{path}' has more than one value whose 'primary' is true.");
            }
        }

        return null;
    }

    private static ScimError? NormaliseComplex(JsonNode value, AttributeDefinition attribute, string path, Dialect dialect, out JsonNode? normalised)
    {
        normalised = null;
        if (value is JsonObject members)
        {
            return NormaliseMembers(members, attribute, path, dialect, out normalised);
        }

        if (dialect != Dialect.Strict)
        {
            // Entra ID sends a manager as "id" and as [{"value":"id"}], and Okta members as plain ids.
            if (value is JsonArray { Count: <= 1 } wrapped && !attribute.MultiValued)
            {
                var inner = wrapped.Count == 0 ? null : wrapped[0];
                return inner is JsonArray ? WrongType(inner, path, "an object") : NormaliseElement(inner, attribute, path, dialect, out normalised);
            }

            if (value.GetValueKind() == JsonValueKind.String && attribute.FindSubAttribute(Value) is not null)
            {
                return value.GetValue<string>().Length == 0
                    ? null
                    : NormaliseMembers(new JsonObject { [Value] = value.DeepClone() }, attribute, path, dialect, out normalised);
            }
        }

        return WrongType(value, path, "an object");
    }

    private static ScimError? NormaliseMembers(JsonObject members, AttributeDefinition attribute, string path, Dialect dialect, out JsonNode? normalised)
    {
        normalised = null;
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (attribute.FindSubAttribute(name) is not { } sub)
            {
                if (dialect == Dialect.Strict)
                {
                    return ScimError.InvalidSyntax($"'{path}' has no sub-attribute '{Shown.Text(name)}'.");
                }

                continue;
            }

            if (sub.Mutability == Mutability.ReadOnly || IsMadeFromValue(sub, attribute))
            {
                continue;
            }

            var subPath = $"{path}.{sub.Name}";
            if (Normalise(value, sub, subPath, dialect, out var kept) is { } error)
            {
                return error;
            }

            if (kept is not null && !result.TryAdd(sub.Name, kept))
            {
                return ScimError.InvalidSyntax($"'{subPath}' stands twice; names are compared without regard to case.");
            }
        }

        if (members.Count > 0 && MissingSubAttribute(result, attribute) is { } missing)
        {
            return ScimError.InvalidValue($"'{path}.{missing}' is required.");
        }

        normalised = result.Count == 0 ? null : result;
        return null;
    }

    /// <summary>
    /// Whether a sub-attribute is the address of a resource served here, which is rendered from <c>value</c> beside it and so not kept:
    /// what a client sends there may name another host, or nothing.
    /// </summary>
    internal static bool IsMadeFromValue(AttributeDefinition sub, AttributeDefinition attribute) =>
        sub.Name == "$ref" && attribute.FindSubAttribute(Value) is not null && !sub.ReferenceTypes.Any(type => type is "external" or "uri");

    internal static string? MissingSubAttribute(JsonObject value, AttributeDefinition attribute)
    {
        foreach (var sub in attribute.SubAttributes)
        {
            if (sub.Required && sub.Mutability != Mutability.ReadOnly && !value.ContainsKey(sub.Name))
            {
                return sub.Name;
            }
        }

        return null;
    }

    private static ScimError? NormaliseSimple(JsonNode value, AttributeDefinition attribute, string path, Dialect dialect, out JsonNode? normalised)
    {
        normalised = null;
        var kind = value.GetValueKind();
        var text = kind == JsonValueKind.String ? value.GetValue<string>() : null;
        if (text is not null && attribute.Required && string.IsNullOrWhiteSpace(text))
        {
            return ScimError.InvalidValue($"'{path}' is required and must not be blank.");
        }

        // An identity provider that has no null clears an attribute with "".
        if (text is "" && dialect != Dialect.Strict)
        {
            return null;
        }

        switch (attribute.Type)
        {
            case AttributeType.Boolean when kind is JsonValueKind.True or JsonValueKind.False:
            case AttributeType.Decimal when kind == JsonValueKind.Number:
            case AttributeType.Integer when kind == JsonValueKind.Number && IsWhole(value):
                normalised = value.DeepClone();
                return null;
            case AttributeType.Boolean when text is not null && dialect != Dialect.Strict && bool.TryParse(text, out var truth):
                normalised = JsonValue.Create(truth);
                return null;
            case AttributeType.String or AttributeType.Reference when text is not null:
            case AttributeType.DateTime when text is not null && XsdDateTime.IsValid(text):
            case AttributeType.Binary when text is not null && Base64Text.IsValid(text):
                normalised = JsonValue.Create(text);
                return null;
            default:
                return WrongType(value, path, Wanted(attribute.Type));
        }
    }

    /// <summary>RFC 7643 §2.3.4: "A whole number with no fractional digits or decimal."</summary>
    private static bool IsWhole(JsonNode number) => !number.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E');

    private static string Wanted(AttributeType type) => type switch
    {
        AttributeType.Boolean => "true or false",
        AttributeType.Decimal => "a number",
        AttributeType.Integer => "a whole number, without fraction or exponent",
        AttributeType.DateTime => "a dateTime such as \"2026-01-31T09:30:00Z\"",
        AttributeType.Binary => "base64 text",
        AttributeType.Complex => "an object",
        _ => "a string",
    };

    private static ScimError WrongType(JsonNode value, string path, string wanted)
    {
        var found = value.GetValueKind() switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            var kind => kind == JsonValueKind.True ? "true" : "false",
        };

        // "must be base64 text, not a string" would not help: say that the form is wrong.
        return ScimError.InvalidValue(wanted == found || (found is "a string" or "a number" && IsFormOf(found, wanted))
            ? $"'{path}' must be {wanted}."
            : $"'{path}' must be {wanted}, not {found}.");
    }

    private static bool IsFormOf(string found, string wanted) => found == "a number"
        ? wanted.StartsWith("a whole number", StringComparison.Ordinal)
        : wanted.StartsWith("a dateTime", StringComparison.Ordinal) || wanted == "base64 text";
}
