using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Grains.Abstractions.Profiles;
using Scim.Errors;
using Scim.Schemas;

namespace Grains.Abstractions.Directories;

/// <summary>The schemas of directories: the standard ones, a directory's resource types and its extensions. Sets are made once and kept while they are used.</summary>
public static class DirectorySchemas
{
    /// <summary>The most extensions of a directory.</summary>
    public const int MaxExtensions = 20;

    /// <summary>The most resource types of a directory's own.</summary>
    public const int MaxResourceTypes = 20;

    /// <summary>The longest definition of an extension or a resource type, in bytes of UTF-8.</summary>
    public const int MaxDefinitionBytes = 32 << 10;

    /// <summary>The longest that all definitions of a directory may be together, in bytes of UTF-8: they stand in one row.</summary>
    public const int MaxAllDefinitionsBytes = MaxExtensions * MaxDefinitionBytes;

    /// <summary>How many sets are found by their contents. Beyond that all are forgotten, and made again as they are wanted.</summary>
    private const int MaxKnown = 1000;

    // Calls within a process hand on the same arrays; what came from another process is found by what it says.
    private static readonly ConditionalWeakTable<DirectoryExtension[], SchemaSet> Sets = [];
    private static readonly ConditionalWeakTable<DirectoryResourceType[], SetWithTypes> SetsWithTypes = [];
    private static readonly ConditionalWeakTable<DirectoryRules, SetByRules> SetsByRules = [];
    private static readonly ConcurrentDictionary<string, SchemaSet> Known = new(StringComparer.Ordinal);

    /// <summary>The schemas of a directory.</summary>
    public static SchemaSet Of(DirectoryContext directory) =>
        directory.Rules.ShapeSchemas ? ByRules(directory)
        : directory.ResourceTypes.Length > 0 ? OfTypes(directory)
        : directory.Extensions.Length == 0 ? SchemaSet.Standard
        : Sets.TryGetValue(directory.Extensions, out var set) ? set
        : Sets.GetValue(directory.Extensions, static extensions => Find([], extensions, DirectoryRules.Standard));

    /// <summary>The type of the resource that a call to a user grain is for: see <see cref="DirectoryContext.ResourceType"/>.</summary>
    /// <exception cref="InvalidOperationException">The directory, as the caller knows it, has no such type.</exception>
    public static ResourceType TypeOf(DirectoryContext directory) =>
        directory.ResourceType is not { } name ? Of(directory).User
        : Of(directory).FindResourceType(name) ?? throw new InvalidOperationException($"Directory {directory.Id} has no resource type '{name}'.");

    /// <summary>Makes a set, or says which resource type, extension or rule is wrong.</summary>
    public static Result<SchemaSet> Make(IEnumerable<DirectoryResourceType> types, IEnumerable<DirectoryExtension> extensions, DirectoryRules rules)
    {
        if (!Make(types, extensions).TryGet(out var set, out var error) || !rules.ShapeSchemas)
        {
            return error is null ? set! : error;
        }

        var demands = new List<ValueDemand>();
        foreach (var rule in rules.UserAttributes)
        {
            if (!ValueDemand.Parse(rule.Path, set.User, rule.Required, (ValueFormat)rule.Format).TryGet(out var demand, out error))
            {
                return error;
            }

            demands.Add(demand);
        }

        return set.Shaped(demands, rules.BlankClears, rules.WithoutGroups);
    }

    /// <summary>Makes a set, or says which resource type or extension is wrong.</summary>
    public static Result<SchemaSet> Make(IEnumerable<DirectoryResourceType> types, IEnumerable<DirectoryExtension> extensions)
    {
        var set = SchemaSet.Standard;
        foreach (var type in types)
        {
            if (!Read(type).TryGet(out var read, out var error) || !set.Add(read).TryGet(out set!, out error))
            {
                return error;
            }
        }

        foreach (var extension in extensions)
        {
            if (!SchemaReader.Read(Encoding.UTF8.GetBytes(extension.Definition)).TryGet(out var schema, out var error)
                || !set.Extend(extension.ResourceType, schema, extension.Required).TryGet(out set!, out error))
            {
                return error;
            }
        }

        return set;
    }

    private static Result<ResourceType> Read(DirectoryResourceType type) =>
        SchemaReader.Read(Encoding.UTF8.GetBytes(type.Definition)).TryGet(out var schema, out var error)
            ? new ResourceType { Name = type.Name, Endpoint = type.Endpoint, Description = type.Description, Schema = schema }
            : error;

    private static SchemaSet OfTypes(DirectoryContext directory)
    {
        if (SetsWithTypes.TryGetValue(directory.ResourceTypes, out var known) && known.Extensions == directory.Extensions)
        {
            return known.Set;
        }

        var made = new SetWithTypes(directory.Extensions, Find(directory.ResourceTypes, directory.Extensions, DirectoryRules.Standard));
        SetsWithTypes.AddOrUpdate(directory.ResourceTypes, made);
        return made.Set;
    }

    private static SchemaSet ByRules(DirectoryContext directory)
    {
        if (SetsByRules.TryGetValue(directory.Rules, out var known) && known.Types == directory.ResourceTypes && known.Extensions == directory.Extensions)
        {
            return known.Set;
        }

        var made = new SetByRules(directory.ResourceTypes, directory.Extensions, Find(directory.ResourceTypes, directory.Extensions, directory.Rules));
        SetsByRules.AddOrUpdate(directory.Rules, made);
        return made.Set;
    }

    private static SchemaSet Find(DirectoryResourceType[] types, DirectoryExtension[] extensions, DirectoryRules rules)
    {
        var contents = string.Join(
            '\n',
            types.Select(t => $"{t.Name} {t.Endpoint} {t.Description.Length} {t.Description} {t.Definition}")
                .Append("")
                .Concat(extensions.Select(e => $"{e.ResourceType} {e.Required} {e.Definition}"))
                .Append("")
                .Append(rules.ShapeSchemas ? $"{rules.BlankClears} {rules.WithoutGroups}" : "")
                .Concat(rules.UserAttributes.Select(a => $"{a.Required} {a.Format} {a.Path}")));
        if (Known.TryGetValue(contents, out var known))
        {
            return known;
        }

        if (Known.Count >= MaxKnown)
        {
            Known.Clear();
        }

        return Known.GetOrAdd(contents, Make(types, extensions, rules).Value);
    }

    private sealed record SetWithTypes(DirectoryExtension[] Extensions, SchemaSet Set);

    private sealed record SetByRules(DirectoryResourceType[] Types, DirectoryExtension[] Extensions, SchemaSet Set);
}
