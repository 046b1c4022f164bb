using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Paths;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Sorting;

/// <summary>The attribute that <c>sortBy</c> names (RFC 7644 §3.4.2.3), bound to a resource type. Immutable.</summary>
public sealed class SortAttribute
{
    private const string ValueName = "value";
    private const string PrimaryName = "primary";

    private readonly ResolvedPath path;
    private readonly AttributeDefinition? sub;

    private SortAttribute(ResolvedPath path, AttributeDefinition? sub)
    {
        this.path = path;
        this.sub = sub;
    }

    /// <summary>The attribute's canonical path, without the sub-attribute: <c>name</c>, and with its URN in an extension.</summary>
    public string Attribute => path.Extension is null ? path.Attribute!.Name : $"{path.Extension.Id}:{path.Attribute!.Name}";

    /// <summary>Finds what <c>sortBy</c> names, or says why nothing can be sorted by it (400 <c>invalidPath</c>).</summary>
    /// <param name="sortBy">An attribute or sub-attribute: <c>userName</c>, <c>name.familyName</c>, <c>urn:…:User:department</c>, <c>emails</c>.</param>
    /// <param name="type">The type of the resources to be sorted.</param>
    /// <param name="dialect">How tolerant to be with names: see <see cref="AttributePath.Resolve"/>.</param>
    /// <param name="others">Types listed together with this one: an attribute of theirs alone is missing from this type's resources.</param>
    public static Result<SortAttribute> Parse(string sortBy, ResourceType type, Dialect dialect = Dialect.Entra, IReadOnlyList<ResourceType>? others = null)
    {
        if (!AttributePath.Parse(sortBy).TryGet(out var parsed, out var error))
        {
            return error;
        }

        if (!parsed.ResolveAmong(type, others, dialect).TryGet(out var path, out error))
        {
            return error;
        }

        if (path.Attribute is not { } attribute)
        {
            return ScimError.InvalidPath($"'{Shown.Text(sortBy)}' is an extension; name one of its attributes to sort by.");
        }

        var compared = path.SubAttribute ?? (attribute.Type == AttributeType.Complex ? attribute.FindSubAttribute(ValueName) : null);
        if (attribute.Type == AttributeType.Complex && compared is null)
        {
            return ScimError.InvalidPath(
                $"'{path.Canonical}' is complex and has no 'value'; sort by one of its sub-attributes: {string.Join(", ", attribute.SubAttributes.Select(s => s.Name))}.");
        }

        return attribute.Returned == Returned.Never || compared?.Returned == Returned.Never
            ? ScimError.InvalidPath($"'{path.Canonical}' is never returned, so nothing is sorted by it.")
            : new SortAttribute(path, compared);
    }

    /// <summary>
    /// The key of a resource: of a multi-valued attribute that of its <c>primary</c> value, else of the first; of a complex one that of its
    /// <c>value</c>. Null where there is none.
    /// </summary>
    /// <param name="resource">The resource as served.</param>
    public string? KeyOf(JsonObject resource)
    {
        var owner = path.Extension is null ? resource : resource[path.Extension.Id] as JsonObject;
        var value = owner?[path.Attribute!.Name];
        if (value is JsonArray values)
        {
            value = values.FirstOrDefault(IsPrimary) ?? values.FirstOrDefault();
        }

        return sub is null ? SortKey.Of(value, path.Attribute!) : SortKey.Of((value as JsonObject)?[sub.Name], sub);
    }

    private static bool IsPrimary(JsonNode? value) =>
        value is JsonObject members && members[PrimaryName] is JsonValue primary && primary.TryGetValue<bool>(out var isPrimary) && isPrimary;
}
