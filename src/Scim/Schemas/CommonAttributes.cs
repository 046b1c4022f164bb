namespace Scim.Schemas;

/// <summary>
/// The attributes that every resource has and no schema lists: <c>schemas</c>, <c>id</c>, <c>externalId</c> and <c>meta</c>
/// (RFC 7643 §3 and §3.1).
/// </summary>
public static class CommonAttributes
{
    private static readonly Schema Definitions = StandardDefinitions.Load("Common");

    public static AttributeDefinition Schemas { get; } = Find("schemas")!;

    public static AttributeDefinition Id { get; } = Find("id")!;

    public static AttributeDefinition ExternalId { get; } = Find("externalId")!;

    public static AttributeDefinition Meta { get; } = Find("meta")!;

    /// <summary>All four.</summary>
    public static IReadOnlyList<AttributeDefinition> All => Definitions.Attributes;

    /// <summary>The common attribute of that name, whatever its case, or null.</summary>
    public static AttributeDefinition? Find(string name) => Definitions.FindAttribute(name);
}
