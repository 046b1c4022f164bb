using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Schemas;

namespace Scim.Resources;

/// <summary>What must hold of a whole resource, however it came to be: by create, replacement or PATCH.</summary>
public static class ResourceRules
{
    /// <summary>Looks for required attributes that are missing (RFC 7643 §2.2) and for values beyond the limits.</summary>
    /// <param name="resource">A normalised resource.</param>
    /// <param name="type">Its type.</param>
    /// <param name="limits">The limits, or null for the defaults.</param>
    /// <returns>The first fault, or null.</returns>
    public static ScimError? Check(JsonObject resource, ResourceType type, ResourceLimits? limits = null) =>
        CheckMembers(resource, type, static _ => true, limits ?? ResourceLimits.Default);

    /// <summary>As <see cref="Check"/>, for a resource that was valid before some of its members changed: the others are not measured again.</summary>
    internal static ScimError? CheckMembers(JsonObject resource, ResourceType type, Func<string, bool> mayHaveChanged, ResourceLimits limits)
    {
        if (CheckRequired(resource, type.Schema, "") is { } missing)
        {
            return missing;
        }

        foreach (var extension in type.Extensions)
        {
            if (mayHaveChanged(extension.Schema.Id) && CheckExtension(resource[extension.Schema.Id] as JsonObject, extension, limits) is { } error)
            {
                return error;
            }
        }

        foreach (var (name, value) in resource)
        {
            if (mayHaveChanged(name) && CheckSize(name, value, type.FindAttribute(name), "", limits) is { } error)
            {
                return error;
            }
        }

        foreach (var demand in type.Demands)
        {
            if (demand.Check(resource) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    /// <summary>Sets <c>schemas</c> to the core URN and those of the extensions that have values (RFC 7643 §3), in the order of the type.</summary>
    public static void SetSchemas(JsonObject resource, ResourceType type)
    {
        var urns = new JsonArray(type.Schema.Id);
        foreach (var extension in type.Extensions)
        {
            if (resource.ContainsKey(extension.Schema.Id))
            {
                urns.Add(extension.Schema.Id);
            }
        }

        resource[CommonAttributes.Schemas.Name] = urns;
    }

    private static ScimError? CheckExtension(JsonObject? values, SchemaExtension extension, ResourceLimits limits)
    {
        var schema = extension.Schema;
        if (values is null)
        {
            return extension.Required ? ScimError.InvalidValue($"The extension '{schema.Id}' is required.") : null;
        }

        return CheckRequired(values, schema, schema.Id + ":") ?? CheckSizes(values, schema, limits);
    }

    private static ScimError? CheckRequired(JsonObject values, Schema schema, string prefix)
    {
        foreach (var attribute in schema.Attributes)
        {
            if (attribute.Required && attribute.Mutability != Mutability.ReadOnly && !values.ContainsKey(attribute.Name))
            {
                return ScimError.InvalidValue($"'{prefix}{attribute.Name}' is required.");
            }
        }

        return null;
    }

    private static ScimError? CheckSizes(JsonObject values, Schema schema, ResourceLimits limits)
    {
        foreach (var (name, value) in values)
        {
            if (CheckSize(name, value, schema.FindAttribute(name), schema.Id + ":", limits) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ScimError? CheckSize(string name, JsonNode? value, AttributeDefinition? attribute, string prefix, ResourceLimits limits) =>
        attribute is null || attribute == CommonAttributes.Schemas ? null : CheckSize(value, attribute, prefix + name, limits);

    private static ScimError? CheckSize(JsonNode? value, AttributeDefinition attribute, string path, ResourceLimits limits)
    {
        switch (value)
        {
            case JsonArray elements:
                var max = attribute.Name == GroupMembers.Attribute ? limits.MaxMembers : limits.MaxValues;
                if (elements.Count > max)
                {
                    return ScimError.InvalidValue($"'{path}' has {elements.Count} values; the limit is {max}.");
                }

                foreach (var element in elements)
                {
                    if (CheckSize(element, attribute, path, limits) is { } error)
                    {
                        return error;
                    }
                }

                return null;
            case JsonObject complex:
                foreach (var (name, inner) in complex)
                {
                    if (attribute.FindSubAttribute(name) is { } sub && CheckSize(inner, sub, $"{path}.{name}", limits) is { } error)
                    {
                        return error;
                    }
                }

                return null;
            case JsonValue text when text.GetValueKind() is JsonValueKind.String or JsonValueKind.Number:
                var length = text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>().Length : text.ToJsonString().Length;
                var isKey = attribute.Required || attribute.Uniqueness != Uniqueness.None || attribute == CommonAttributes.ExternalId;
                var maxLength = isKey ? limits.MaxKeyLength : limits.MaxTextLength;
                return length > maxLength ? ScimError.InvalidValue($"'{path}' is {length} characters long; the limit is {maxLength}.") : null;
            default:
                return null;
        }
    }
}
