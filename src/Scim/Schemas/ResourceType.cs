namespace Scim.Schemas;

/// <summary>A kind of resource and where it is served (RFC 7643 §6).</summary>
public sealed class ResourceType
{
    /// <summary>Also the name: <c>User</c> or <c>Group</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The endpoint below the base URL, with its slash: <c>/Users</c>.</summary>
    public required string Endpoint { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The core schema. Its attributes stand at the top of a resource.</summary>
    public required Schema Schema { get; init; }

    /// <summary>Extensions. The attributes of each stand below its URN in a resource.</summary>
    public IReadOnlyList<SchemaExtension> Extensions { get; init; } = [];
}
