using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Resources;

namespace Scim.Schemas;

/// <summary>
/// Reads a schema document (RFC 7643 §7). A characteristic that is left out has the default of RFC 7643 §2.2; members that are not
/// characteristics (<c>schemas</c>, <c>meta</c>) are ignored.
/// </summary>
public static class SchemaReader
{
    /// <summary>The most attributes in a schema, and sub-attributes in an attribute.</summary>
    public const int MaxAttributes = 500;

    /// <summary>The longest name of an attribute, and the longest URN.</summary>
    public const int MaxNameLength = 256;

    private static readonly Dictionary<string, AttributeType> Types = Keywords<AttributeType>();
    private static readonly Dictionary<string, Mutability> Mutabilities = Keywords<Mutability>();
    private static readonly Dictionary<string, Returned> Returns = Keywords<Returned>();
    private static readonly Dictionary<string, Uniqueness> Uniquenesses = Keywords<Uniqueness>();

    /// <summary>Reads one schema, or says which attribute's which characteristic is wrong. Throws on no bytes whatever.</summary>
    public static Result<Schema> Read(ReadOnlySpan<byte> utf8) => Read(utf8, nested: false);

    /// <summary>
    /// Reads one of the library's own documents. In those a sub-attribute may be complex: the schema of schemas (RFC 7643 §8.7.2) has
    /// one, which RFC 7643 §2.3.8 forbids to everyone else.
    /// </summary>
    internal static Result<Schema> ReadStandard(ReadOnlySpan<byte> utf8) => Read(utf8, nested: true);

    private static Result<Schema> Read(ReadOnlySpan<byte> utf8, bool nested)
    {
        if (!JsonBody.Parse(utf8).TryGet(out var document, out var error))
        {
            return error;
        }

        try
        {
            var id = Text(document, "id", "The schema") ?? throw Fault("The schema has no 'id'.");
            if (!id.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) || id.Length > MaxNameLength || id.Any(c => c is <= ' ' or '"' or '\\' or > '~'))
            {
                throw Fault($"The schema's 'id' must be a URN of at most {MaxNameLength} printable ASCII characters, not '{Shown.Text(id)}'.");
            }

            return new Schema
            {
                Id = id,
                Name = Text(document, "name", "The schema") is { Length: > 0 } name ? name : throw Fault("The schema has no 'name'."),
                Description = Text(document, "description", "The schema") ?? "",
                Attributes = Attributes(document, "attributes", "", nested) is { Count: > 0 } attributes
                    ? attributes
                    : throw Fault("The schema has no 'attributes'."),
            };
        }
        catch (FaultException e)
        {
            return ScimError.InvalidValue(e.Message);
        }
    }

    private static List<AttributeDefinition> Attributes(JsonObject owner, string member, string prefix, bool nested)
    {
        if (owner[member] is not { } node)
        {
            return [];
        }

        var where = prefix.Length == 0 ? "The schema" : $"'{prefix.TrimEnd('.')}'";
        if (node is not JsonArray { Count: <= MaxAttributes } array)
        {
            throw Fault($"{where}: '{member}' must be an array of at most {MaxAttributes} attributes.");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var attributes = new List<AttributeDefinition>(array.Count);
        foreach (var element in array)
        {
            if (element is not JsonObject definition || Text(definition, "name", $"An attribute in '{prefix}{member}'") is not { } name)
            {
                throw Fault($"{where}: each of '{member}' must be an object with a 'name'.");
            }

            if (!IsAttributeName(name))
            {
                throw Fault($"'{prefix}{Shown.Text(name)}' is not an attribute name: a letter, then letters, digits, '-' and '_', at most {MaxNameLength}.");
            }

            if (!seen.Add(name))
            {
                throw Fault($"'{prefix}{name}' is defined twice; names are compared without regard to case.");
            }

            attributes.Add(Attribute(definition, name, prefix + name, isSub: prefix.Length > 0, nested));
        }

        return attributes;
    }

    private static AttributeDefinition Attribute(JsonObject definition, string name, string path, bool isSub, bool nested)
    {
        var type = Keyword(definition, "type", path, Types, AttributeType.String);
        if (type == AttributeType.Complex && isSub && !nested)
        {
            throw Fault($"'{path}' is a sub-attribute and so cannot be complex (RFC 7643 §2.3.8).");
        }

        var subAttributes = Attributes(definition, "subAttributes", path + ".", nested);
        if (type == AttributeType.Complex != subAttributes.Count > 0)
        {
            throw Fault(type == AttributeType.Complex
                ? $"'{path}' is complex and has no 'subAttributes'."
                : $"'{path}' has 'subAttributes' and is not complex.");
        }

        return new AttributeDefinition
        {
            Name = name,
            Type = type,
            MultiValued = Flag(definition, "multiValued", path),
            Required = Flag(definition, "required", path),
            CaseExact = Flag(definition, "caseExact", path),
            Mutability = Keyword(definition, "mutability", path, Mutabilities, Mutability.ReadWrite),
            Returned = Keyword(definition, "returned", path, Returns, Returned.Default),
            Uniqueness = Keyword(definition, "uniqueness", path, Uniquenesses, Uniqueness.None),
            Description = Text(definition, "description", $"'{path}'") ?? "",
            CanonicalValues = Texts(definition, "canonicalValues", path),
            ReferenceTypes = Texts(definition, "referenceTypes", path),
            SubAttributes = subAttributes,
        };
    }

    /// <summary>RFC 7643 §2.1: <c>ATTRNAME = ALPHA *(nameChar)</c>; <c>$ref</c> is the standard's own exception.</summary>
    private static bool IsAttributeName(string name) =>
        name == "$ref"
        || (name.Length is > 0 and <= MaxNameLength && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    private static string? Text(JsonObject owner, string member, string where) => owner[member] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw Fault($"{where}: '{member}' must be a string."),
    };

    private static bool Flag(JsonObject owner, string member, string path) => owner[member]?.GetValueKind() switch
    {
        null or JsonValueKind.False => false,
        JsonValueKind.True => true,
        _ => throw Fault($"'{path}': '{member}' must be true or false."),
    };

    private static T Keyword<T>(JsonObject owner, string member, string path, Dictionary<string, T> keywords, T missing)
        where T : struct, Enum
    {
        var keyword = Text(owner, member, $"'{path}'");
        if (keyword is null)
        {
            return missing;
        }

        return keywords.TryGetValue(keyword, out var value)
            ? value
            : throw Fault($"'{path}': '{member}' must be one of {string.Join(", ", keywords.Keys)}, not '{Shown.Text(keyword)}'.");
    }

    private static string[] Texts(JsonObject owner, string member, string path) => owner[member] switch
    {
        null => [],
        JsonArray { Count: <= MaxAttributes } array when array.All(element => element?.GetValueKind() == JsonValueKind.String) =>
            [.. array.Select(element => element!.GetValue<string>())],
        _ => throw Fault($"'{path}': '{member}' must be an array of at most {MaxAttributes} strings."),
    };

    private static Dictionary<string, T> Keywords<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(SchemaWriter.Keyword, StringComparer.OrdinalIgnoreCase);

    private static FaultException Fault(string detail) => new(detail);

    /// <summary>Carries the first fault out of the recursion; never leaves this type.</summary>
    private sealed class FaultException(string detail) : Exception(detail);
}
