namespace Scim.Schemas;

/// <summary>The characteristics of one attribute or sub-attribute (RFC 7643 §2.2 and §7).</summary>
public sealed class AttributeDefinition
{
    /// <summary>The name in its canonical spelling. Names are compared without regard to case (RFC 7643 §2.1).</summary>
    public required string Name { get; init; }

    public required AttributeType Type { get; init; }

    public bool MultiValued { get; init; }

    public bool Required { get; init; }

    public bool CaseExact { get; init; }

    public Mutability Mutability { get; init; }

    public Returned Returned { get; init; }

    public Uniqueness Uniqueness { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Suggested values; other values are allowed (RFC 7643 §7).</summary>
    public IReadOnlyList<string> CanonicalValues { get; init; } = [];

    /// <summary>What a reference may point to: resource type names, <c>external</c> or <c>uri</c>.</summary>
    public IReadOnlyList<string> ReferenceTypes { get; init; } = [];

    /// <summary>The sub-attributes of a complex attribute, in the order of the schema; empty otherwise.</summary>
    public IReadOnlyList<AttributeDefinition> SubAttributes { get; init; } = [];

    /// <summary>The sub-attribute of that name, whatever its case, or null.</summary>
    public AttributeDefinition? FindSubAttribute(string name)
    {
        foreach (var sub in SubAttributes)
        {
            if (string.Equals(sub.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return sub;
            }
        }

        return null;
    }
}
