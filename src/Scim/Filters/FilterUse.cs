namespace Scim.Filters;

/// <summary>One place where a filter looks at an attribute.</summary>
/// <param name="Attribute">The attribute, canonical, with the URN of its extension.</param>
/// <param name="Named">
/// For each sub-attribute (<c>""</c> for the value of a simple attribute) by which the elements concerned are fully named, the values
/// that name them: any other element of the attribute makes no difference here. No values for <c>pr</c>.
/// </param>
internal sealed record FilterUse(string Attribute, IReadOnlyDictionary<string, IReadOnlyList<string>> Named);
