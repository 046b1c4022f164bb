using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Profiles;
using Grains.OrgUnits;
using Grains.Resources;
using Scim.Filters;
using Scim.Schemas;

namespace Grains.Indexes;

/// <summary>The indexes of a resource type in a directory: which there are, and where a resource stands in them.</summary>
internal sealed class ResourceIndexes
{
    /// <summary>How many lists of paths are remembered of a set of schemas. Beyond that all are forgotten, and made again as they are wanted.</summary>
    private const int MaxKnown = 1000;

    // A path is read by the directory's schemas, as it may be of an extension of its own. A set that is no longer used takes its own along.
    private static readonly ConditionalWeakTable<SchemaSet, ConcurrentDictionary<string[], ResourceIndexes>> KnownOfUsers = [];
    private static readonly ConditionalWeakTable<SchemaSet, ConcurrentDictionary<string[], ResourceIndexes>> KnownOfGroups = [];

    private static readonly ConditionalWeakTable<DirectoryRules, ByRules> KnownByRules = [];

    private static readonly ConcurrentDictionary<string, ResourceIndexes> KnownOfOwnTypes = new(StringComparer.Ordinal);

    /// <summary>How many types of directories' own are remembered. Beyond that all are forgotten, and made again as they are wanted.</summary>
    private const int MaxKnownTypes = 1000;

    private readonly string idIndex;
    private readonly IReadOnlyList<Indexed> attributes;

    /// <summary>The names of the attributes, in their order, if all are plain texts.</summary>
    private readonly byte[][]? plainNames;

    /// <summary>The org units that a user's data names.</summary>
    private readonly IReadOnlyList<OrgUnitSource> units;

    private ResourceIndexes(ResourceType type, string prefix, string[] specs, OrgUnitRule[] unitRules)
    {
        units = [.. unitRules.Select(rule => OrgUnitSource.Of(rule, type))];
        idIndex = IndexNames.Id(prefix);
        attributes = [.. specs.Select(IndexSpec.Parse).Select(spec =>
        {
            var name = IndexNames.Attribute(prefix, spec.Path, spec.Since);
            return new Indexed(name, IndexedAttribute.Parse(spec.Path, type).Value, name == IndexNames.UserName, spec.Since, spec.IsRead);
        })];
        plainNames = units.Count == 0 && attributes.All(a => a.PlainName is not null) ? [.. attributes.Select(a => a.PlainName!)] : null;
    }

    /// <summary>The index that lists all resources of the type.</summary>
    public string IdIndex => idIndex;

    /// <summary>The indexes of a directory's users.</summary>
    public static ResourceIndexes OfUsers(DirectoryContext directory)
    {
        var schemas = DirectorySchemas.Of(directory);
        var specs = IndexSpec.OfUsers(directory);
        if (directory.Rules.OrgUnits.Length > 0)
        {
            return KnownByRules.TryGetValue(directory.Rules, out var byRules) && byRules.Schemas == schemas && byRules.Specs.AsSpan().SequenceEqual(specs)
                ? byRules.Indexes
                : KeepByRules(directory.Rules, schemas, specs);
        }

        var known = KnownOf(KnownOfUsers, schemas);
        return known.TryGetValue(specs, out var indexes) ? indexes : Keep(known, specs, new ResourceIndexes(schemas.User, "u", specs, []));
    }

    /// <summary>The indexes of a directory's groups.</summary>
    public static ResourceIndexes OfGroups(DirectoryContext directory)
    {
        var schemas = DirectorySchemas.Of(directory);
        var specs = IndexSpec.OfGroups(directory);
        var known = KnownOf(KnownOfGroups, schemas);
        return known.TryGetValue(specs, out var indexes) ? indexes : Keep(known, specs, new ResourceIndexes(schemas.Group, "g", specs, []));
    }

    /// <summary>The indexes of the resources of a type in a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="resourceType"><c>User</c>, <c>Group</c>, or the name of one of the directory's own.</param>
    public static ResourceIndexes Of(DirectoryContext directory, string resourceType) => resourceType switch
    {
        "User" => OfUsers(directory),
        "Group" => OfGroups(directory),
        _ => OfOwnType(resourceType),
    };

    /// <summary>The indexes of the resources that a call to a user grain is about: see <see cref="DirectoryContext.ResourceType"/>.</summary>
    public static ResourceIndexes Of(DirectoryContext directory) =>
        directory.ResourceType is { } own ? OfOwnType(own) : OfUsers(directory);

    /// <summary>The indexes of every type that a directory has.</summary>
    public static IEnumerable<ResourceIndexes> All(DirectoryContext directory) =>
        directory.ResourceTypes.Select(t => OfOwnType(t.Name)).Prepend(OfGroups(directory)).Prepend(OfUsers(directory));

    private static ResourceIndexes OfOwnType(string name)
    {
        if (KnownOfOwnTypes.TryGetValue(name, out var known))
        {
            return known;
        }

        if (KnownOfOwnTypes.Count >= MaxKnownTypes)
        {
            KnownOfOwnTypes.Clear();
        }

        // What all types have in common is all that is indexed, so the schema of any will do.
        return KnownOfOwnTypes.GetOrAdd(name, static n => new ResourceIndexes(SchemaSet.Standard.User, IndexNames.PrefixOf(n), [CommonAttributes.ExternalId.Name], []));
    }

    /// <summary>Where a resource stands by its attributes; its place by id comes in addition.</summary>
    public List<IndexTerm> TermsOf(JsonObject resource)
    {
        var terms = new List<IndexTerm>(attributes.Count);
        foreach (var index in attributes)
        {
            foreach (var value in index.Attribute.KeysOf(resource))
            {
                terms.Add(new IndexTerm(index.Name, value, index.Unique));
            }
        }

        foreach (var source in units)
        {
            if (source.TermOf(resource) is { } term)
            {
                terms.Add(term);
            }
        }

        return terms;
    }

    /// <summary>Each kind of org unit that a user's data may name, with the term by which the user stands in one, or null.</summary>
    public IEnumerable<(string Kind, IndexTerm? Term)> UnitsOf(JsonObject resource) => units.Select(source => (source.Kind, source.TermOf(resource)));

    /// <summary>The org units that a change gives again, though the values are those that stood before.</summary>
    /// <param name="terms">Where the user stands by its attributes.</param>
    /// <param name="sets">Whether the change gives an attribute a value.</param>
    public IEnumerable<IndexTerm> GivenAgain(List<IndexTerm> terms, Func<IndexedAttribute, bool> sets)
    {
        foreach (var source in units)
        {
            if (terms.Find(t => t.Index == source.Index) is { Value: not null } term && source.IsSetBy(sets))
            {
                yield return term;
            }
        }
    }

    /// <summary>The same of the bytes that a resource's attributes are kept as.</summary>
    public List<IndexTerm> TermsOf(byte[] utf8)
    {
        if (plainNames is null)
        {
            return TermsOf(AttributesJson.Parse(utf8));
        }

        // Mostly all of them are plain texts: they are read where they stand.
        var values = new string?[plainNames.Length];
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var at = -1;
            for (var i = 0; i < plainNames.Length; i++)
            {
                at = reader.ValueTextEquals(plainNames[i]) ? i : at;
            }

            reader.Read();
            if (at >= 0 && reader.TokenType == JsonTokenType.String)
            {
                values[at] = reader.GetString();
            }

            reader.Skip();
        }

        var terms = new List<IndexTerm>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { Length: > 0 } value)
            {
                var index = attributes[i];
                terms.Add(new IndexTerm(index.Name, index.Attribute.Normalise(value), index.Unique));
            }
        }

        return terms;
    }

    /// <summary>Whether a resource's attributes stand under a value of an index. Nothing is remembered, and mostly little is read.</summary>
    /// <param name="utf8">The bytes that they are kept as.</param>
    /// <param name="index">The name of the index.</param>
    /// <param name="value">The normalised value.</param>
    public bool Hold(byte[] utf8, string index, string value)
    {
        foreach (var one in attributes)
        {
            if (one.Name == index && one.PlainName is { } name)
            {
                return HoldsText(utf8, name, one.Attribute, value);
            }
        }

        return TermsOf(utf8).Exists(term => term.Index == index && term.Value == value);
    }

    private static bool HoldsText(byte[] utf8, byte[] name, IndexedAttribute attribute, string value)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return value.Length > 0 && reader.TokenType == JsonTokenType.String && (reader.ValueTextEquals(value) || attribute.Normalise(reader.GetString()!) == value);
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>The index and normalised value by which an equality of a filter can be looked up, or null.</summary>
    public IndexTerm? TermFor(EqualityTerm equality)
    {
        foreach (var index in attributes)
        {
            if (index.IsRead && index.Attribute.Path == equality.Path)
            {
                return new IndexTerm(index.Name, index.Attribute.Normalise(equality.Value), index.Unique);
            }
        }

        return null;
    }

    /// <summary>Of terms those of indexes that were added at an epoch.</summary>
    public IEnumerable<IndexTerm> Since(IEnumerable<IndexTerm> terms, int epoch) => terms.Where(t => SinceOf(t.Index) == epoch);

    /// <summary>Of terms those that whoever wrote at an epoch knew of.</summary>
    public IEnumerable<IndexTerm> KnownAt(IEnumerable<IndexTerm> terms, int epoch) => terms.Where(t => SinceOf(t.Index) <= epoch);

    /// <summary>
    /// Whether there is still something to take out of an index. One that was taken away is cleared as a whole, and a row of it that is
    /// written after that would stay.
    /// </summary>
    public bool Keeps(string index) => index is IndexNames.Archive || index == idIndex || IndexNames.OrgUnitKindOf(index) is not null || attributes.Any(a => a.Name == index);

    /// <summary>The names of all indexes of the type that whoever writes keeps.</summary>
    public IEnumerable<string> Names => attributes.Select(a => a.Name).Prepend(idIndex);

    private int SinceOf(string name)
    {
        foreach (var index in attributes)
        {
            if (index.Name == name)
            {
                return index.Since;
            }
        }

        return 0;
    }

    private static ResourceIndexes KeepByRules(DirectoryRules rules, SchemaSet schemas, string[] specs)
    {
        var made = new ByRules(schemas, specs, new ResourceIndexes(schemas.User, "u", specs, rules.OrgUnits));
        KnownByRules.AddOrUpdate(rules, made);
        return made.Indexes;
    }

    private static ConcurrentDictionary<string[], ResourceIndexes> KnownOf(
        ConditionalWeakTable<SchemaSet, ConcurrentDictionary<string[], ResourceIndexes>> known, SchemaSet schemas) =>
        known.TryGetValue(schemas, out var ofSet) ? ofSet : known.GetValue(schemas, static _ => new(SamePaths.Instance));

    private static ResourceIndexes Keep(ConcurrentDictionary<string[], ResourceIndexes> known, string[] paths, ResourceIndexes indexes)
    {
        if (known.Count >= MaxKnown)
        {
            known.Clear();
        }

        return known.GetOrAdd(paths, indexes);
    }

    private sealed record ByRules(SchemaSet Schemas, string[] Specs, ResourceIndexes Indexes);

    private sealed record Indexed(string Name, IndexedAttribute Attribute, bool Unique, int Since, bool IsRead)
    {
        /// <summary>The name of the attribute, if it is a plain text.</summary>
        public byte[]? PlainName { get; } = Attribute.PlainName is { } name ? Encoding.UTF8.GetBytes(name) : null;
    }

    private sealed class SamePaths : IEqualityComparer<string[]>
    {
        public static SamePaths Instance { get; } = new();

        public bool Equals(string[]? x, string[]? y) => ReferenceEquals(x, y) || x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] obj)
        {
            var hash = new HashCode();
            foreach (var path in obj)
            {
                hash.Add(path);
            }

            return hash.ToHashCode();
        }
    }
}
