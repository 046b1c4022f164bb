using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Scim.Errors;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Paths;

/// <summary>
/// The name of an attribute or sub-attribute (RFC 7644 §3.10 and Figure 1, <c>attrPath</c>): <c>userName</c>, <c>name.givenName</c>,
/// <c>urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value</c>. Names are kept as they were written; only
/// <see cref="Resolve"/> knows their canonical spelling.
/// </summary>
/// <remarks>
/// A URN alone cannot be told from an attribute of a shorter URN until the schemas are known: it is parsed as the latter, and
/// <see cref="Resolve"/> finds out.
/// </remarks>
/// <param name="Schema">The URN of the attribute's schema, or null.</param>
/// <param name="Attribute">The attribute's name, or null where the whole text can only be a URN.</param>
/// <param name="SubAttribute">The sub-attribute's name, or null.</param>
public sealed record AttributePath(string? Schema, string? Attribute, string? SubAttribute)
{
    // The URI characters of RFC 3986 less those that end a name in a filter or a path.
    private static readonly SearchValues<char> UrnCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789:.-_~/?#@!$&'*+,;=%");

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_$");

    /// <summary>Parses a name, or says why it is none (400 <c>invalidPath</c>).</summary>
    public static Result<AttributePath> Parse(string text) => TryParse(text) is { } path
        ? path
        : ScimError.InvalidPath($"'{Shown.Text(text)}' is not the name of an attribute.");

    /// <summary>Finds what the path names (RFC 7644 §3.10), or says that it names nothing (400 <c>invalidPath</c>).</summary>
    /// <param name="type">The type whose schemas to look in.</param>
    /// <param name="dialect">
    /// Identity providers name extension attributes without their URN (<c>manager eq "…"</c>), so the tolerant dialects look there
    /// for what the core schema does not have.
    /// </param>
    public Result<ResolvedPath> Resolve(ResourceType type, Dialect dialect = Dialect.Entra)
    {
        if (Schema is not null && type.FindExtension(ToString())?.Schema is { } whole)
        {
            return new ResolvedPath(Attribute: null, SubAttribute: null, whole, whole.Id);
        }

        if (Attribute is null || !Find(type, dialect, out var attribute, out var extension))
        {
            return ScimError.InvalidPath($"'{Shown.Text(ToString())}' is not an attribute of {type.Name}.");
        }

        var canonical = extension is null ? attribute.Name : $"{extension.Id}:{attribute.Name}";
        if (SubAttribute is null)
        {
            return new ResolvedPath(attribute, SubAttribute: null, extension, canonical);
        }

        return attribute.FindSubAttribute(SubAttribute) is { } sub
            ? new ResolvedPath(attribute, sub, extension, $"{canonical}.{sub.Name}")
            : ScimError.InvalidPath($"'{canonical}' of {type.Name} has no sub-attribute '{Shown.Text(SubAttribute)}'.");
    }

    /// <summary>As <see cref="Resolve"/>; what this type does not have is looked for in types that are queried together with it (RFC 7644 §3.4.2.1).</summary>
    internal Result<ResolvedPath> ResolveAmong(ResourceType type, IReadOnlyList<ResourceType>? others, Dialect dialect)
    {
        var own = Resolve(type, dialect);
        if (own.Error is null || others is null)
        {
            return own;
        }

        foreach (var other in others)
        {
            if (other != type && Resolve(other, dialect) is { Error: null } foreign)
            {
                return foreign;
            }
        }

        return own;
    }

    /// <summary>The path as text; <see cref="Parse"/> reads it back to an equal path.</summary>
    public override string ToString()
    {
        var name = SubAttribute is null ? Attribute : $"{Attribute}.{SubAttribute}";
        return (Schema, name) switch
        {
            (null, _) => name ?? "",
            (_, null) => Schema,
            _ => $"{Schema}:{name}",
        };
    }

    internal static AttributePath? TryParse(ReadOnlySpan<char> text)
    {
        var colon = text.LastIndexOf(':');
        string? schema = null;
        if (colon >= 0)
        {
            if (colon == 0 || colon == text.Length - 1 || text.ContainsAnyExcept(UrnCharacters))
            {
                return null;
            }

            if (text.Equals(SchemaUrns.EnterpriseUserMisspelt, StringComparison.OrdinalIgnoreCase))
            {
                return TryParse(SchemaUrns.EnterpriseUser);
            }

            // "2.0" begins no attribute's name, so such a text is a URN as a whole.
            if (!char.IsAsciiLetter(text[colon + 1]) && text[colon + 1] != '$')
            {
                return new AttributePath(text.ToString(), Attribute: null, SubAttribute: null);
            }

            schema = text[..colon].Equals(SchemaUrns.EnterpriseUserMisspelt, StringComparison.OrdinalIgnoreCase) ? SchemaUrns.EnterpriseUser : text[..colon].ToString();
            text = text[(colon + 1)..];
        }

        var dot = text.IndexOf('.');
        var attribute = dot < 0 ? text : text[..dot];
        var sub = dot < 0 ? default : text[(dot + 1)..];
        return IsName(attribute) && (dot < 0 || IsName(sub))
            ? new AttributePath(schema, attribute.ToString(), dot < 0 ? null : sub.ToString())
            : null;
    }

    /// <summary>RFC 7643 §2.1: <c>ATTRNAME = ALPHA *(nameChar)</c>; <c>$ref</c> is the one name that begins otherwise.</summary>
    internal static bool IsName(ReadOnlySpan<char> text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || (text[0] == '$' && text.Length > 1)) && !text.ContainsAnyExcept(NameCharacters);

    private bool Find(
        ResourceType type,
        Dialect dialect,
        [NotNullWhen(true)] out AttributeDefinition? attribute,
        out Schema? extension)
    {
        extension = null;
        if (Schema is null || string.Equals(Schema, type.Schema.Id, StringComparison.OrdinalIgnoreCase))
        {
            attribute = type.FindAttribute(Attribute!);
            if (attribute is not null || Schema is not null || dialect == Dialect.Strict)
            {
                return attribute is not null;
            }

            foreach (var candidate in type.Extensions)
            {
                attribute = candidate.Schema.FindAttribute(Attribute!);
                if (attribute is not null)
                {
                    extension = candidate.Schema;
                    return true;
                }
            }

            return false;
        }

        extension = type.FindExtension(Schema)?.Schema;
        attribute = extension?.FindAttribute(Attribute!);
        return attribute is not null;
    }
}
