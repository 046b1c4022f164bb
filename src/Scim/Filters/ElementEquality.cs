using Scim.Schemas;

namespace Scim.Filters;

/// <summary>An equality within the brackets of a value path that every element chosen satisfies.</summary>
internal sealed record ElementEquality(AttributeDefinition SubAttribute, FilterLiteral Literal, Dialect Dialect)
{
    public bool IsText => SubAttribute.Type is AttributeType.String or AttributeType.Reference;

    /// <summary>The equality in one spelling for all that choose the same elements: <c>type eq "work"</c>, also for <c>Type eq "WORK"</c>.</summary>
    public string Canonical
    {
        get
        {
            var literal = SubAttribute.Type switch
            {
                AttributeType.Boolean when ValueTest.AsBoolean(Literal, Dialect) is { } value => value ? FilterLiteral.True : FilterLiteral.False,
                AttributeType.String or AttributeType.Reference when !SubAttribute.CaseExact => FilterLiteral.String(CaseFolding.Fold(Literal.Text)),
                _ => Literal,
            };
            return $"{SubAttribute.Name} eq {literal}";
        }
    }
}
