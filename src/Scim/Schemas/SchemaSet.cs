using Scim.Errors;

namespace Scim.Schemas;

/// <summary>
/// The resource types a directory serves and the schemas they are made of (RFC 7643 §3, §6, §7). Immutable: a directory with
/// extensions or resource types of its own has a set made by <see cref="Extend"/> and <see cref="Add"/>.
/// </summary>
public sealed class SchemaSet
{
    private static readonly Schema[] DiscoverySchemas =
    [
        StandardDefinitions.Load("ServiceProviderConfig"),
        StandardDefinitions.Load("ResourceType"),
        StandardDefinitions.Load("Schema"),
    ];

    private readonly IReadOnlyList<ResourceType> ownTypes;

    private SchemaSet(IReadOnlyList<ResourceType> types, bool withoutGroups = false)
    {
        User = types[0];
        Group = types[1];
        ownTypes = [.. types.Skip(2)];
        ServesGroups = !withoutGroups;
        ResourceTypes = withoutGroups ? [User, .. ownTypes] : types;
        Schemas = [.. ResourceTypes.SelectMany(type => type.Extensions.Select(extension => extension.Schema).Prepend(type.Schema)), .. DiscoverySchemas];
    }

    /// <summary>Users with the enterprise extension, and groups (RFC 7643 §4).</summary>
    public static SchemaSet Standard { get; } = new(
    [
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
        },
    ]);

    public ResourceType User { get; }

    public ResourceType Group { get; }

    /// <summary>Whether groups are among <see cref="ResourceTypes"/>.</summary>
    public bool ServesGroups { get; }

    /// <summary>What <c>/ResourceTypes</c> lists, in that order: users, groups, then those that were added.</summary>
    public IReadOnlyList<ResourceType> ResourceTypes { get; }

    /// <summary>What <c>/Schemas</c> lists: of each resource type its core schema and its extensions, then the schemas of the discovery documents.</summary>
    public IReadOnlyList<Schema> Schemas { get; }

    private IEnumerable<ResourceType> All => [User, Group, .. ownTypes];

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

    /// <summary>The resource type that is served at an endpoint, without its slash and whatever its case, or null.</summary>
    public ResourceType? FindEndpoint(ReadOnlySpan<char> segment)
    {
        foreach (var type in ResourceTypes)
        {
            if (type.Endpoint.AsSpan(1).Equals(segment, StringComparison.OrdinalIgnoreCase))
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

        return FindResourceType(resourceType) is { } extended
            ? new SchemaSet([.. All.Select(type => type == extended ? With(type, new SchemaExtension(extension, required)) : type)], !ServesGroups)
            : ScimError.InvalidValue($"There is no resource type '{resourceType}' to extend.");
    }

    /// <summary>A set with one resource type more (RFC 7643 §6).</summary>
    /// <returns>400 <c>invalidValue</c> where the type cannot be served, 409 <c>uniqueness</c> where its name, endpoint or schema is another's.</returns>
    public Result<SchemaSet> Add(ResourceType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (ResourceTypeRules.Check(type) is { } fault)
        {
            return fault;
        }

        return FindResourceType(type.Name) is not null ? ScimError.Uniqueness($"There is a resource type '{type.Name}' already.")
            : FindEndpoint(type.Endpoint.AsSpan(1)) is { } other ? ScimError.Uniqueness($"The endpoint '{type.Endpoint}' is that of {other.Name} already.")
            : FindSchema(type.Schema.Id) is not null ? ScimError.Uniqueness($"There is a schema '{type.Schema.Id}' already.")
            : new SchemaSet([.. All, type], !ServesGroups);
    }

    /// <summary>The same set, in which more is asked of users, or without groups.</summary>
    /// <param name="demands">What is asked of users, each read with <see cref="User"/>. What is required shows as required in the schemas.</param>
    /// <param name="blankClears">A text of white space alone clears its attribute.</param>
    /// <param name="withoutGroups">Groups are not served, and not listed.</param>
    public SchemaSet Shaped(IReadOnlyList<ValueDemand> demands, bool blankClears, bool withoutGroups)
    {
        ArgumentNullException.ThrowIfNull(demands);
        var required = demands.Where(d => d.Required).ToList();
        var user = new ResourceType
        {
            Name = User.Name,
            Endpoint = User.Endpoint,
            Description = User.Description,
            Schema = RequiredAttributes.Mark(User.Schema, required.Where(d => d.Target.Extension is null)),
            Extensions = [.. User.Extensions.Select(e => new SchemaExtension(RequiredAttributes.Mark(e.Schema, required.Where(d => d.Target.Extension == e.Schema)), e.Required))],
            Demands = demands,
            BlankClears = blankClears,
        };
        return new SchemaSet([user, Group, .. ownTypes], withoutGroups);
    }

    private static ResourceType With(ResourceType type, SchemaExtension extension) => new()
    {
        Name = type.Name,
        Endpoint = type.Endpoint,
        Description = type.Description,
        Schema = type.Schema,
        Extensions = [.. type.Extensions, extension],
        Demands = type.Demands,
        BlankClears = type.BlankClears,
    };
}
