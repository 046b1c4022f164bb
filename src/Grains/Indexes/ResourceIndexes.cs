using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Grains.Abstractions.Directories;
using Scim.Filters;
using Scim.Schemas;

namespace Grains.Indexes;

/// <summary>The indexes of a resource type in a directory: which there are, and where a resource stands in them.</summary>
internal sealed class ResourceIndexes
{
    private static readonly ConcurrentDictionary<(string Type, string Paths), ResourceIndexes> Known = new();

    private readonly string idIndex;
    private readonly IReadOnlyList<(string Name, IndexedAttribute Attribute, bool Unique)> attributes;

    private ResourceIndexes(ResourceType type, char prefix, string[] paths)
    {
        idIndex = prefix + "-id";
        attributes = [.. paths.Select(path =>
        {
            var name = IndexNames.Attribute(prefix, path);
            return (name, IndexedAttribute.Parse(path, type).Value, name == IndexNames.UserName);
        })];
    }

    /// <summary>The index that lists all resources of the type.</summary>
    public string IdIndex => idIndex;

    /// <summary>The indexes of a directory's users.</summary>
    public static ResourceIndexes OfUsers(DirectoryContext directory) => For(SchemaSet.Standard.User, 'u', directory.UserIndexes);

    /// <summary>The indexes of a directory's groups.</summary>
    public static ResourceIndexes OfGroups(DirectoryContext directory) => For(SchemaSet.Standard.Group, 'g', directory.GroupIndexes);

    /// <summary>Where a resource stands by its attributes; its place by id comes in addition.</summary>
    public List<IndexTerm> TermsOf(JsonObject resource)
    {
        var terms = new List<IndexTerm>(attributes.Count);
        foreach (var (name, attribute, unique) in attributes)
        {
            foreach (var value in attribute.KeysOf(resource))
            {
                terms.Add(new IndexTerm(name, value, unique));
            }
        }

        return terms;
    }

    /// <summary>The index and normalised value by which an equality of a filter can be looked up, or null.</summary>
    public IndexTerm? TermFor(EqualityTerm equality)
    {
        foreach (var (name, attribute, unique) in attributes)
        {
            if (attribute.Path == equality.Path)
            {
                return new IndexTerm(name, attribute.Normalise(equality.Value), unique);
            }
        }

        return null;
    }

    /// <summary>The names of all indexes of the type.</summary>
    public IEnumerable<string> Names => attributes.Select(a => a.Name).Prepend(idIndex);

    private static ResourceIndexes For(ResourceType type, char prefix, string[] paths) =>
        Known.GetOrAdd((type.Name, string.Join('\n', paths)), _ => new ResourceIndexes(type, prefix, paths));
}
