using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Schemas;

namespace Scim.Resources;

/// <summary>
/// Reads a resource that a client sends, by POST or PUT (RFC 7644 §3.3, §3.5.1), into the form it is kept in: names in canonical
/// spelling, <c>schemas</c> in order, unassigned and readOnly attributes left out, everything valid by its schema.
/// </summary>
public static class ResourceReader
{
    /// <summary>Reads the body of a request. Throws on no bytes whatever.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="type">What it must be.</param>
    /// <param name="dialect">How tolerant to be.</param>
    /// <param name="limits">The limits, or null for the defaults.</param>
    /// <returns>The normalised resource, or 400 <c>invalidSyntax</c> or <c>invalidValue</c> with the attribute's full name.</returns>
    public static Result<JsonObject> Read(ReadOnlySpan<byte> utf8, ResourceType type, Dialect dialect, ResourceLimits? limits = null) =>
        JsonBody.Parse(utf8, (limits ?? ResourceLimits.Default).MaxDepth).TryGet(out var body, out var error)
            ? Read(body, type, dialect, limits)
            : error;

    /// <summary>Reads a resource that <see cref="JsonBody"/> has parsed already: the data of a bulk operation, say. The body is left as it is.</summary>
    public static Result<JsonObject> Read(JsonObject body, ResourceType type, Dialect dialect, ResourceLimits? limits = null)
    {
        if (type.BlankClears)
        {
            body = BlankValues.Cleared(body);
        }

        var resource = new JsonObject { [CommonAttributes.Schemas.Name] = null };
        ScimError? error = CheckSchemas(body, type, dialect);
        foreach (var (name, value) in body)
        {
            error ??= ReadMember(resource, name, value, type, dialect);
        }

        ResourceRules.SetSchemas(resource, type);
        error ??= ResourceRules.Check(resource, type, limits);
        return error is null ? resource : error;
    }

    private static ScimError? ReadMember(JsonObject resource, string name, JsonNode? value, ResourceType type, Dialect dialect)
    {
        if (type.FindAttribute(name) is { } attribute)
        {
            return attribute == CommonAttributes.Schemas ? null : ReadAttribute(resource, attribute, value, attribute.Name, dialect);
        }

        if (type.FindExtension(SchemaUrns.Respell(name, dialect)) is { } extension)
        {
            return ReadExtension(resource, extension.Schema, value, dialect);
        }

        return Unknown(name, type.Name, dialect);
    }

    private static ScimError? ReadExtension(JsonObject resource, Schema schema, JsonNode? value, Dialect dialect)
    {
        if (value is null)
        {
            return null;
        }

        if (value is not JsonObject members)
        {
            return ScimError.InvalidValue($"'{schema.Id}' must be an object.");
        }

        var values = new JsonObject();
        foreach (var (name, inner) in members)
        {
            var error = schema.FindAttribute(name) is { } attribute
                ? ReadAttribute(values, attribute, inner, $"{schema.Id}:{attribute.Name}", dialect)
                : Unknown(name, $"'{schema.Id}'", dialect);
            if (error is not null)
            {
                return error;
            }
        }

        // The misspelling and the right spelling may both be there.
        return values.Count == 0 || resource.TryAdd(schema.Id, values)
            ? null
            : ScimError.InvalidSyntax($"'{schema.Id}' stands twice.");
    }

    private static ScimError? ReadAttribute(JsonObject owner, AttributeDefinition attribute, JsonNode? value, string path, Dialect dialect)
    {
        // RFC 7644 §3.3: "Attributes whose mutability is 'readOnly' ... SHALL be ignored."
        if (attribute.Mutability == Mutability.ReadOnly)
        {
            return null;
        }

        if (ValueNormaliser.Normalise(value, attribute, path, dialect, out var normalised) is { } error)
        {
            return error;
        }

        return normalised is null || owner.TryAdd(attribute.Name, normalised)
            ? null
            : ScimError.InvalidSyntax($"'{path}' stands twice; names are compared without regard to case.");
    }

    private static ScimError? Unknown(string name, string owner, Dialect dialect)
    {
        if (dialect != Dialect.Strict)
        {
            return null;
        }

        return ScimError.InvalidSyntax(string.Equals(name, "password", StringComparison.OrdinalIgnoreCase)
            ? "Passwords are not taken: leave 'password' out. This directory is provisioned and does not sign users in."
            : $"{owner} has no attribute '{Shown.Text(name)}'.");
    }

    /// <summary>RFC 7643 §3: <c>schemas</c> names the core schema and every extension in use. Identity providers take it less seriously.</summary>
    private static ScimError? CheckSchemas(JsonObject body, ResourceType type, Dialect dialect)
    {
        var urns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in body.FirstOrDefault(IsSchemas).Value switch
        {
            null => [],
            JsonArray array => array,
            JsonValue alone when dialect != Dialect.Strict => new JsonArray(alone.DeepClone()),
            _ => new JsonArray((JsonNode?)null),
        })
        {
            if (element?.GetValueKind() != JsonValueKind.String)
            {
                return ScimError.InvalidValue("'schemas' must be an array of strings.");
            }

            if (!urns.Add(element.GetValue<string>()) && dialect == Dialect.Strict)
            {
                return ScimError.InvalidValue($"'schemas' has '{Shown.Text(element.GetValue<string>())}' twice.");
            }
        }

        if (dialect != Dialect.Strict)
        {
            return null;
        }

        if (!urns.Remove(type.Schema.Id))
        {
            return ScimError.InvalidValue($"'schemas' must include '{type.Schema.Id}'.");
        }

        foreach (var extension in type.Extensions)
        {
            if (!urns.Remove(extension.Schema.Id) && body.Any(member => string.Equals(member.Key, extension.Schema.Id, StringComparison.OrdinalIgnoreCase)))
            {
                return ScimError.InvalidValue($"'schemas' must include '{extension.Schema.Id}', whose attributes are sent.");
            }
        }

        return urns.Count == 0 ? null : ScimError.InvalidValue($"'schemas' names '{Shown.Text(urns.First())}', which {type.Name} does not have.");
    }

    private static bool IsSchemas(KeyValuePair<string, JsonNode?> member) =>
        string.Equals(member.Key, CommonAttributes.Schemas.Name, StringComparison.OrdinalIgnoreCase);
}
