using Scim.Errors;
using Scim.Filters;

namespace Scim.Paths;

/// <summary>
/// The target of a PATCH operation (RFC 7644 §3.5.2, Figure 7): <c>name.givenName</c>, <c>emails[type eq "work"]</c>,
/// <c>emails[type eq "work"].value</c>, or an extension's URN.
/// </summary>
/// <param name="Path">The attribute and, written after the value filter where there is one, the sub-attribute.</param>
/// <param name="ValueFilter">Which values of the attribute are meant; its names are those of sub-attributes. Null for all.</param>
public sealed record PatchPath(AttributePath Path, Filter? ValueFilter)
{
    /// <summary>Parses a path. What is wrong within the brackets is an <c>invalidFilter</c>, all else an <c>invalidPath</c>.</summary>
    public static Result<PatchPath> Parse(string text, FilterLimits? limits = null) =>
        new FilterParser(text, limits ?? FilterLimits.Default).ParsePatchPath();

    /// <summary>The path as text; <see cref="Parse"/> reads it back to an equal path.</summary>
    public override string ToString()
    {
        if (ValueFilter is null)
        {
            return Path.ToString();
        }

        var attribute = Path with { SubAttribute = null };
        return Path.SubAttribute is null ? $"{attribute}[{ValueFilter}]" : $"{attribute}[{ValueFilter}].{Path.SubAttribute}";
    }
}
