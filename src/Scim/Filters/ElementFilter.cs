using System.Text.Json.Nodes;
using Scim.Paths;

namespace Scim.Filters;

/// <summary>The filter within the brackets of a value path, bound to its attribute.</summary>
/// <param name="Matches">The test of one element.</param>
/// <param name="Equalities">What every element chosen satisfies.</param>
/// <param name="Filter">The filter it was made of.</param>
internal sealed record ElementFilter(Func<JsonNode?, bool> Matches, IReadOnlyList<ElementEquality> Equalities, Filter Filter)
{
    // Each pair of equalities makes a term; more than a few together is nobody's index.
    private const int MaxPaired = 8;

    /// <summary>Whether the filter is nothing but equalities joined by <c>and</c>, so that an element satisfying it can be made.</summary>
    public bool IsConjunctionOfEqualities => OnlyEqualities(Filter);

    /// <summary>The equalities of text as terms of the attribute: <c>emails.value</c> and <c>emails[type eq "work"].value</c>.</summary>
    public IEnumerable<EqualityTerm> EqualityTerms(ResolvedPath attribute)
    {
        foreach (var target in Equalities.Where(equality => equality.IsText))
        {
            if (Equalities.Count <= MaxPaired)
            {
                foreach (var condition in Equalities.Where(condition => condition.SubAttribute != target.SubAttribute))
                {
                    yield return new EqualityTerm($"{attribute.Canonical}[{condition.Canonical}].{target.SubAttribute.Name}", target.Literal.Text);
                }
            }

            var isValueItself = target.SubAttribute == attribute.Attribute;
            yield return new EqualityTerm(
                isValueItself ? attribute.Canonical : $"{attribute.Canonical}.{target.SubAttribute.Name}",
                target.Literal.Text);
        }
    }

    private static bool OnlyEqualities(Filter filter) => filter switch
    {
        AndFilter and => OnlyEqualities(and.Left) && OnlyEqualities(and.Right),
        ComparisonFilter comparison => comparison.Operator == ComparisonOperator.Equal && comparison.Value.Kind != FilterLiteralKind.Null,
        _ => false,
    };
}
