using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Scim.Errors;
using Scim.Schemas;

namespace Grains.Abstractions.Directories;

/// <summary>The schemas of directories: the standard ones, and a directory's extensions. Sets are made once and kept while they are used.</summary>
public static class DirectorySchemas
{
    /// <summary>The most extensions of a directory.</summary>
    public const int MaxExtensions = 20;

    /// <summary>The longest definition of an extension, in bytes of UTF-8.</summary>
    public const int MaxDefinitionBytes = 32 << 10;

    /// <summary>How many sets are found by their contents. Beyond that all are forgotten, and made again as they are wanted.</summary>
    private const int MaxKnown = 1000;

    // Calls within a process hand on the same array; what came from another process is found by what it says.
    private static readonly ConditionalWeakTable<DirectoryExtension[], SchemaSet> Sets = [];
    private static readonly ConcurrentDictionary<string, SchemaSet> Known = new(StringComparer.Ordinal);

    /// <summary>The schemas of a directory.</summary>
    public static SchemaSet Of(DirectoryContext directory) =>
        directory.Extensions.Length == 0 ? SchemaSet.Standard
        : Sets.TryGetValue(directory.Extensions, out var set) ? set
        : Sets.GetValue(directory.Extensions, Find);

    /// <summary>Makes a set, or says which extension is wrong.</summary>
    public static Result<SchemaSet> Make(IEnumerable<DirectoryExtension> extensions)
    {
        var set = SchemaSet.Standard;
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

    private static SchemaSet Find(DirectoryExtension[] extensions)
    {
        var contents = string.Join('\n', extensions.Select(e => $"{e.ResourceType} {e.Required} {e.Definition}"));
        if (Known.TryGetValue(contents, out var known))
        {
            return known;
        }

        if (Known.Count >= MaxKnown)
        {
            Known.Clear();
        }

        return Known.GetOrAdd(contents, Make(extensions).Value);
    }
}
