using Scim.Errors;

namespace Scim.Schemas;

/// <summary>
/// The resource types a directory serves and the schemas they are made of (RFC 7643 §3, §6, §7). Immutable: a directory with
/// extensions of its own has a set made by <see cref="Extend"/>.
/// </summary>
public sealed class SchemaSet
{
    private static readonly Schema[] DiscoverySchemas =
    [
        StandardDefinitions.Load("ServiceProviderConfig"),
        StandardDefinitions.Load("ResourceType"),
        StandardDefinitions.Load("Schema"),
    ];

    private SchemaSet(ResourceType user, ResourceType group)
    {
        User = user;
        Group = group;
        ResourceTypes = [user, group];
        Schemas = [.. ResourceTypes.SelectMany(type => type.Extensions.Select(extension => extension.Schema).Prepend(type.Schema)), .. DiscoverySchemas];
    }

    /// <summary>Users with the enterprise extension, and groups (RFC 7643 §4).</summary>
    public static SchemaSet Standard { get; } = new(
        new ResourceType
        {
            Name = "User",
            Endpoint = "/Users",
            Description = "User Account",
            Schema = StandardDefinitions.Load("User"),
            Extensions = [new SchemaExtension(StandardDefinitions.Load("EnterpriseUser"), Required: false)],
        },
        new ResourceType
        {
            Name = "Group",
            Endpoint = "/Groups",
            Description = "Group",
            Schema = StandardDefinitions.Load("Group"),
        });

    public ResourceType User { get; }

    public ResourceType Group { get; }

    /// <summary>What <c>/ResourceTypes</c> lists, in that order.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes { get; }

    /// <summary>What <c>/Schemas</c> lists: of each resource type its core schema and its extensions, then the schemas of the discovery documents.</summary>
    public IReadOnlyList<Schema> Schemas { get; }

    /// <summary>The resource type of that name, or null.</summary>
    public ResourceType? FindResourceType(string name)
    {
        foreach (var type in ResourceTypes)
        {
            if (string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>The schema of that URN, whatever its case, or null.</summary>
    public Schema? FindSchema(string urn)
    {
        foreach (var schema in Schemas)
        {
            if (string.Equals(schema.Id, urn, StringComparison.OrdinalIgnoreCase))
            {
                return schema;
            }
        }

        return null;
    }

    /// <summary>A set with one extension more.</summary>
    /// <param name="resourceType">The name of the resource type to extend.</param>
    /// <param name="extension">The extension, as <see cref="SchemaReader"/> read it.</param>
    /// <param name="required">Whether each resource of the type must have it.</param>
    public Result<SchemaSet> Extend(string resourceType, Schema extension, bool required = false)
    {
        if (FindSchema(extension.Id) is not null)
        {
            return ScimError.Uniqueness($"There is a schema '{extension.Id}' already.");
        }

        var added = new SchemaExtension(extension, required);
        return FindResourceType(resourceType) switch
        {
            null => ScimError.InvalidValue($"There is no resource type '{resourceType}' to extend."),
            var type when type == User => new SchemaSet(With(User, added), Group),
            _ => new SchemaSet(User, With(Group, added)),
        };
    }

    private static ResourceType With(ResourceType type, SchemaExtension extension) => new()
    {
        Name = type.Name,
        Endpoint = type.Endpoint,
        Description = type.Description,
        Schema = type.Schema,
        Extensions = [.. type.Extensions, extension],
    };
}
