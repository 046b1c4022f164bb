namespace Scim.Schemas;

/// <summary>A kind of resource and where it is served (RFC 7643 §6).</summary>
public sealed class ResourceType
{
    /// <summary>Also its id: <c>User</c>, <c>Group</c>, or what a directory calls its own.</summary>
    public required string Name { get; init; }

    /// <summary>The endpoint below the base URL, with its slash: <c>/Users</c>.</summary>
    public required string Endpoint { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The core schema. Its attributes stand at the top of a resource.</summary>
    public required Schema Schema { get; init; }

    /// <summary>Extensions. The attributes of each stand below its URN in a resource.</summary>
    public IReadOnlyList<SchemaExtension> Extensions { get; init; } = [];

    /// <summary>What the directory asks of its resources beyond what the schemas say.</summary>
    public IReadOnlyList<ValueDemand> Demands { get; init; } = [];

    /// <summary>A text of white space alone clears its attribute.</summary>
    public bool BlankClears { get; init; }

    /// <summary>The attribute of that name, whatever its case, among those at the top of a resource: the core schema's and the common ones; or null.</summary>
    public AttributeDefinition? FindAttribute(string name) => Schema.FindAttribute(name) ?? CommonAttributes.Find(name);

    /// <summary>The extension of that URN, whatever its case, or null.</summary>
    public SchemaExtension? FindExtension(string urn)
    {
        foreach (var extension in Extensions)
        {
            if (string.Equals(extension.Schema.Id, urn, StringComparison.OrdinalIgnoreCase))
            {
                return extension;
            }
        }

        return null;
    }
}
