using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Filters;
using Scim.Paths;
using Scim.Resources;

namespace Scim.Schemas;

/// <summary>
/// What a directory asks of an attribute of a type beyond what its schema says: that a value is there, or that it has a shape. A path
/// may choose among the values of an attribute, as no schema can: <c>emails[type eq "work"].value</c>.
/// </summary>
public sealed class ValueDemand
{
    private const int MaxEmailLength = 254;

    private readonly ElementFilter? elements;
    private readonly AttributeDefinition? sub;

    private ValueDemand(ResolvedPath path, ElementFilter? elements, AttributeDefinition? sub, string text, bool required, ValueFormat format) =>
        (Target, this.elements, this.sub, Path, Required, Format) = (path, elements, sub, text, required, format);

    /// <summary>The path, in canonical spelling.</summary>
    public string Path { get; }

    /// <summary>A resource in which no value stands there is refused.</summary>
    public bool Required { get; }

    /// <summary>The shape of each value that stands there.</summary>
    public ValueFormat Format { get; }

    /// <summary>What the path names, without its brackets.</summary>
    internal ResolvedPath Target { get; }

    /// <summary>Whether the path chooses among values.</summary>
    internal bool Chooses => elements is not null;

    /// <summary>Reads a path, or says why nothing can be asked of it (400 <c>invalidPath</c>, <c>invalidFilter</c> or <c>invalidValue</c>).</summary>
    /// <param name="expression">An attribute, a sub-attribute, or one of these with a filter in brackets.</param>
    /// <param name="type">The type of the resources.</param>
    /// <param name="required">Whether a value must stand there.</param>
    /// <param name="format">The shape of its values; only a text has one.</param>
    public static Result<ValueDemand> Parse(string expression, ResourceType type, bool required, ValueFormat format)
    {
        if (!PatchPath.Parse(expression).TryGet(out var parsed, out var error) || !parsed.Path.Resolve(type).TryGet(out var path, out error))
        {
            return error;
        }

        if (path.Attribute is not { } attribute || attribute.Mutability == Mutability.ReadOnly || path.SubAttribute?.Mutability == Mutability.ReadOnly)
        {
            return ScimError.InvalidPath($"Nothing can be asked of '{Shown.Text(expression)}': clients do not set it.");
        }

        if (format != ValueFormat.None && (path.SubAttribute ?? attribute).Type is not (AttributeType.String or AttributeType.Reference))
        {
            return ScimError.InvalidValue($"'{Shown.Text(expression)}' cannot have a format: it is not a text.");
        }

        if (parsed.ValueFilter is null)
        {
            return new ValueDemand(path, elements: null, path.SubAttribute, path.Canonical, required, format);
        }

        var name = path.SubAttribute is null ? path.Canonical : path.Canonical[..^(path.SubAttribute.Name.Length + 1)];
        return ElementFilterCompiler.Compile(parsed.ValueFilter, attribute, name, Dialect.Entra).TryGet(out var elements, out error)
            ? new ValueDemand(path, elements, path.SubAttribute, $"{name}[{parsed.ValueFilter}]{(path.SubAttribute is null ? "" : "." + path.SubAttribute.Name)}", required, format)
            : error;
    }

    /// <summary>What a resource lacks of what is asked (400 <c>invalidValue</c> that names the path), or null.</summary>
    /// <param name="resource">A normalised resource.</param>
    public ScimError? Check(JsonObject resource)
    {
        var owner = Target.Extension is null ? resource : resource[Target.Extension.Id] as JsonObject;
        var stands = false;
        switch (owner?[Target.Attribute!.Name])
        {
            case null:
                break;
            case JsonArray values:
                foreach (var value in values)
                {
                    if (CheckValue(value, ref stands) is { } error)
                    {
                        return error;
                    }
                }

                break;
            case var value:
                if (CheckValue(value, ref stands) is { } fault)
                {
                    return fault;
                }

                break;
        }

        return Required && !stands ? ScimError.InvalidValue($"'{Path}' is required.") : null;
    }

    private ScimError? CheckValue(JsonNode? element, ref bool stands)
    {
        if (elements is not null && !elements.Matches(element))
        {
            return null;
        }

        var value = sub is null ? element : (element as JsonObject)?[sub.Name];
        if (value is null)
        {
            return null;
        }

        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        stands |= text is null || !string.IsNullOrWhiteSpace(text);
        return text is not null && Format == ValueFormat.Email && !IsEmail(text)
            ? ScimError.InvalidValue($"'{Path}' must be an e-mail address, not '{Shown.Text(text)}'.")
            : null;
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var domain = text.AsSpan(at + 1);
        return at > 0
            && text.Length <= MaxEmailLength
            && !domain.Contains('@')
            && domain.IndexOf('.') > 0
            && domain[^1] is not ('.' or '-')
            && !domain.Contains("..", StringComparison.Ordinal)
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
    }
}
