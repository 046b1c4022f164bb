using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Paths;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Filters;

/// <summary>
/// A text by which resources are found: <c>userName</c>, <c>externalId</c>, <c>emails[type eq "work"].value</c>. Its keys agree with
/// filters: a resource satisfies <c>path eq "x"</c> exactly where <c>Normalise("x")</c> is among <see cref="KeysOf"/>, for any
/// text but the empty one, which is not indexed.
/// </summary>
public sealed class IndexedAttribute
{
    private readonly ResolvedPath path;
    private readonly ElementFilter? elements;
    private readonly AttributeDefinition text;

    private IndexedAttribute(ResolvedPath path, ElementFilter? elements, AttributeDefinition text, string canonical)
    {
        this.path = path;
        this.elements = elements;
        this.text = text;
        Path = canonical;
    }

    /// <summary>The canonical key, as in <see cref="EqualityTerm.Path"/>.</summary>
    public string Path { get; }

    /// <summary>The name of the attribute where it is a core attribute of one text and nothing else, so that it is found without a tree; else null.</summary>
    public string? PlainName =>
        elements is null && path.Extension is null && text == path.Attribute && !text.MultiValued ? text.Name : null;

    /// <summary>
    /// Whether a resource's attributes hold it, so that <see cref="KeysOf"/> finds all its values. Not what the server keeps elsewhere
    /// (<c>id</c>, <c>schemas</c>, <c>meta</c>, <c>members</c>, <c>groups</c>), and not what nobody may read or write.
    /// </summary>
    public bool IsStored =>
        !IsKeptElsewhere(path.Attribute!)
        && new[] { path.Attribute!, text }.All(a => a.Mutability is Mutability.ReadWrite or Mutability.Immutable && a.Returned != Returned.Never);

    /// <summary>Reads an expression, or says why no index can be made of it (400 <c>invalidPath</c> or <c>invalidFilter</c>).</summary>
    /// <param name="expression">
    /// An attribute or sub-attribute of type string or reference, a complex attribute for its <c>value</c>, with one equality in
    /// brackets or none.
    /// </param>
    /// <param name="type">The type of the resources to be found.</param>
    public static Result<IndexedAttribute> Parse(string expression, ResourceType type)
    {
        if (!PatchPath.Parse(expression).TryGet(out var parsed, out var error) || !parsed.Path.Resolve(type).TryGet(out var path, out error))
        {
            return error;
        }

        var attribute = path.Attribute;
        var key = path.SubAttribute ?? (attribute?.Type == AttributeType.Complex ? attribute.FindSubAttribute("value") : attribute);
        if (attribute is null || key is not { Type: AttributeType.String or AttributeType.Reference })
        {
            return ScimError.InvalidPath($"'{Shown.Text(expression)}' cannot be indexed: it is not a text.");
        }

        var name = path.SubAttribute is null ? path.Canonical : path.Canonical[..^(path.SubAttribute.Name.Length + 1)];
        var suffix = key == attribute ? "" : "." + key.Name;
        if (parsed.ValueFilter is null)
        {
            return new IndexedAttribute(path, elements: null, key, name + suffix);
        }

        if (attribute.Type != AttributeType.Complex)
        {
            return ScimError.InvalidFilter($"'{Shown.Text(expression)}' cannot be indexed: only a complex attribute has sub-attributes to choose by.");
        }

        if (!ElementFilterCompiler.Compile(parsed.ValueFilter, attribute, name, Dialect.Entra).TryGet(out var elements, out error))
        {
            return error;
        }

        return parsed.ValueFilter is ComparisonFilter && elements.IsConjunctionOfEqualities
            ? new IndexedAttribute(path, elements, key, $"{name}[{elements.Equalities[0].Canonical}]{suffix}")
            : ScimError.InvalidFilter($"'{Shown.Text(expression)}' cannot be indexed: the brackets may hold one equality.");
    }

    /// <summary>The keys of a resource, distinct, in the order of its values; none for what is unassigned or empty.</summary>
    /// <param name="attributes">A normalised resource.</param>
    public IReadOnlyList<string> KeysOf(JsonObject attributes)
    {
        var owner = path.Extension is null ? attributes : attributes[path.Extension.Id] as JsonObject;
        var keys = new List<string>();
        switch (owner?[path.Attribute!.Name])
        {
            case null:
                break;
            case JsonArray values:
                foreach (var value in values)
                {
                    AddKey(value, keys);
                }

                break;
            case var value:
                AddKey(value, keys);
                break;
        }

        return keys.Count < 2 ? keys : [.. keys.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The key of a value: as it is where the attribute is <c>caseExact</c>, otherwise one spelling for all that are equal but for case.</summary>
    public string Normalise(string value) => text.CaseExact ? value : CaseFolding.Fold(value);

    /// <summary>The first value that is not blank, as it stands in a resource, without white space at its ends; or null.</summary>
    /// <param name="attributes">A normalised resource.</param>
    public string? FirstText(JsonObject attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var owner = path.Extension is null ? attributes : attributes[path.Extension.Id] as JsonObject;
        return owner?[path.Attribute!.Name] switch
        {
            null => null,
            JsonArray values => values.Select(TextOf).FirstOrDefault(t => t is not null),
            var value => TextOf(value),
        };
    }

    /// <summary>Whether a path is one of the attribute, of its values or of their parts.</summary>
    internal bool IsOf(ResolvedPath other) =>
        other.Extension?.Id == path.Extension?.Id && (other.Attribute is null || other.Attribute.Name == path.Attribute!.Name);

    private string? TextOf(JsonNode? element)
    {
        if (elements is not null && !elements.Matches(element))
        {
            return null;
        }

        var value = text == path.Attribute ? element : (element as JsonObject)?[text.Name];
        return value?.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Trim() is { Length: > 0 } found ? found : null;
    }

    private bool IsKeptElsewhere(AttributeDefinition attribute) =>
        path.Extension is null && (attribute == CommonAttributes.Id || attribute == CommonAttributes.Schemas || attribute == CommonAttributes.Meta || attribute.Name == "members");

    private void AddKey(JsonNode? element, List<string> keys)
    {
        if (elements is not null && !elements.Matches(element))
        {
            return;
        }

        var value = text == path.Attribute ? element : (element as JsonObject)?[text.Name];
        if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } key)
        {
            keys.Add(Normalise(key));
        }
    }
}
