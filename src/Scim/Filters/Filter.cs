using Scim.Errors;
using Scim.Schemas;

namespace Scim.Filters;

/// <summary>
/// A filter (RFC 7644 §3.4.2.2, Figure 1) as a tree. Parsing knows no schema: whether the names exist and can be compared so is for
/// <see cref="Compile"/> to say.
/// </summary>
public abstract record Filter
{
    private protected Filter()
    {
    }

    /// <summary>Parses a filter, or says at which character what was expected (400 <c>invalidFilter</c>). Throws on no text whatever.</summary>
    /// <param name="text">The filter, percent-decoded.</param>
    /// <param name="limits">How long and how deep it may be; null for the defaults.</param>
    public static Result<Filter> Parse(string text, FilterLimits? limits = null) =>
        new FilterParser(text, limits ?? FilterLimits.Default).ParseFilter();

    /// <summary>
    /// Resolves names against the schemas of a resource type and checks each comparison against the type of its attribute
    /// (400 <c>invalidFilter</c>, naming the attribute).
    /// </summary>
    /// <param name="type">The type of the resources to match.</param>
    /// <param name="dialect">
    /// The tolerant dialects also compare booleans and numbers with their text, and find an extension's attribute by its bare name.
    /// </param>
    /// <param name="others">
    /// Types queried together with this one (RFC 7644 §3.4.2.1): an attribute that only they have is absent from this type's resources,
    /// and no fault.
    /// </param>
    public Result<CompiledFilter> Compile(ResourceType type, Dialect dialect = Dialect.Entra, IReadOnlyList<ResourceType>? others = null) =>
        FilterCompiler.Compile(this, type, dialect, others);

    /// <summary>The filter in canonical text: lower-case operators, single spaces, no parentheses but those needed.</summary>
    public sealed override string ToString() => FilterPrinter.Print(this);
}
