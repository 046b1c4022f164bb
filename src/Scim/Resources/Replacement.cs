using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Schemas;

namespace Scim.Resources;

/// <summary>Replaces a resource by PUT (RFC 7644 §3.5.1).</summary>
public static class Replacement
{
    /// <summary>
    /// Makes the resource as it stands after the PUT: readWrite and writeOnly attributes are those of the request, and cleared where it
    /// has none; readOnly ones stay; immutable ones that are set must match, and stay where the request has none.
    /// </summary>
    /// <param name="existing">The resource as it is kept. Left as it is.</param>
    /// <param name="incoming">What <see cref="ResourceReader"/> read from the request. Left as it is.</param>
    /// <param name="type">The type of both.</param>
    /// <returns>The resource and whether it changed, or 400 <c>mutability</c> that names the attribute.</returns>
    public static Result<Replaced> Apply(JsonObject existing, JsonObject incoming, ResourceType type)
    {
        if (Merge(existing, incoming, [.. type.Schema.Attributes, .. CommonAttributes.All], "", out var resource) is { } error)
        {
            return error;
        }

        foreach (var extension in type.Extensions)
        {
            var urn = extension.Schema.Id;
            if (Merge(existing[urn] as JsonObject ?? [], incoming[urn] as JsonObject ?? [], extension.Schema.Attributes, urn + ":", out var values) is { } extensionError)
            {
                return extensionError;
            }

            if (values.Count > 0)
            {
                resource[urn] = values;
            }
        }

        ResourceRules.SetSchemas(resource, type);
        var before = (JsonObject)existing.DeepClone();
        ResourceRules.SetSchemas(before, type);
        return JsonEquality.DeepEquals(before, resource) ? new Replaced(existing, Changed: false) : new Replaced(resource, Changed: true);
    }

    private static ScimError? Merge(JsonObject existing, JsonObject incoming, IReadOnlyList<AttributeDefinition> attributes, string prefix, out JsonObject merged)
    {
        merged = [];

        // In the order of the request, then what stays without having been sent.
        foreach (var name in incoming.Select(member => member.Key).Concat(existing.Select(member => member.Key)))
        {
            if (merged.ContainsKey(name) || attributes.FirstOrDefault(attribute => attribute.Name == name) is not { } attribute)
            {
                continue;
            }

            if (MergeAttribute(existing[name], incoming[name], attribute, prefix + name, out var value) is { } error)
            {
                return error;
            }

            if (value is not null)
            {
                merged[name] = value;
            }
        }

        return null;
    }

    private static ScimError? MergeAttribute(JsonNode? existing, JsonNode? incoming, AttributeDefinition attribute, string path, out JsonNode? value)
    {
        value = null;
        switch (attribute.Mutability)
        {
            case Mutability.ReadOnly:
                value = existing?.DeepClone();
                return null;
            case Mutability.Immutable when existing is not null:
                value = existing.DeepClone();
                return incoming is null || JsonEquality.DeepEquals(existing, incoming)
                    ? null
                    : ScimError.Mutability($"'{path}' is immutable: it is set, and cannot be changed.");
            default:
                // The elements of a multi-valued attribute have no identity by which one could say that an immutable part of it changed.
                if (attribute is { MultiValued: false, Type: AttributeType.Complex } && attribute.SubAttributes.Any(sub => sub.Mutability is Mutability.ReadOnly or Mutability.Immutable))
                {
                    return MergeComplex(existing, incoming, attribute, path, out value);
                }

                value = incoming?.DeepClone();
                return null;
        }
    }

    private static ScimError? MergeComplex(JsonNode? existing, JsonNode? incoming, AttributeDefinition attribute, string path, out JsonNode? value)
    {
        var error = Merge(existing as JsonObject ?? [], incoming as JsonObject ?? [], attribute.SubAttributes, path + ".", out var merged);

        // What the provider knew of a value goes with the value.
        var onlyReadOnly = merged.All(member => attribute.FindSubAttribute(member.Key)?.Mutability == Mutability.ReadOnly);
        value = onlyReadOnly ? null : merged;
        return error;
    }
}
