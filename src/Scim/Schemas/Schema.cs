namespace Scim.Schemas;

/// <summary>A schema: a URN and the attributes it defines (RFC 7643 §7).</summary>
public sealed class Schema
{
    /// <summary>The URN, in its canonical spelling.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public required IReadOnlyList<AttributeDefinition> Attributes { get; init; }

    /// <summary>The attribute of that name, whatever its case, or null.</summary>
    public AttributeDefinition? FindAttribute(string name)
    {
        foreach (var attribute in Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return attribute;
            }
        }

        return null;
    }
}
