namespace Scim.Schemas;

/// <summary>Shows in a schema what a directory requires: the attribute itself, and a sub-attribute where the path chooses no value.</summary>
internal static class RequiredAttributes
{
    public static Schema Mark(Schema schema, IEnumerable<ValueDemand> required)
    {
        var demands = required.ToList();
        return demands.Count == 0 ? schema : new Schema
        {
            Id = schema.Id,
            Name = schema.Name,
            Description = schema.Description,
            Attributes = [.. schema.Attributes.Select(a => Mark(a, demands.Where(d => d.Target.Attribute == a).ToList()))],
        };
    }

    private static AttributeDefinition Mark(AttributeDefinition attribute, List<ValueDemand> demands)
    {
        if (demands.Count == 0)
        {
            return attribute;
        }

        // Of all values of an attribute no sub-attribute is required because of those that a path chooses.
        var subs = attribute.MultiValued ? [] : demands.Where(d => !d.Chooses).Select(d => d.Target.SubAttribute).OfType<AttributeDefinition>().ToHashSet();
        return Required(attribute, [.. attribute.SubAttributes.Select(s => subs.Contains(s) ? Required(s, s.SubAttributes) : s)]);
    }

    private static AttributeDefinition Required(AttributeDefinition attribute, IReadOnlyList<AttributeDefinition> subAttributes) => new()
    {
        Name = attribute.Name,
        Type = attribute.Type,
        MultiValued = attribute.MultiValued,
        Required = true,
        CaseExact = attribute.CaseExact,
        Mutability = attribute.Mutability,
        Returned = attribute.Returned,
        Uniqueness = attribute.Uniqueness,
        Description = attribute.Description,
        CanonicalValues = attribute.CanonicalValues,
        ReferenceTypes = attribute.ReferenceTypes,
        SubAttributes = subAttributes,
    };
}
