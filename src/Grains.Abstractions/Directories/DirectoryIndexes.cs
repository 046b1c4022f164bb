using Scim.Filters;
using Scim.Schemas;

namespace Grains.Abstractions.Directories;

/// <summary>Which attributes of a directory's users and groups may be indexed beside their ids, and which are where nothing is said.</summary>
public static class DirectoryIndexes
{
    /// <summary>The most indexes of a resource type, <c>userName</c> included: each costs the writes that change its value.</summary>
    public const int MaxIndexes = 8;

    /// <summary>The longest path, in characters.</summary>
    public const int MaxPathLength = 300;

    /// <summary>The unique attribute, by which users are always indexed.</summary>
    private const string UserName = "userName";

    /// <summary>The indexes of users of a directory that does not say.</summary>
    public static string[] DefaultOfUsers => [UserName, "externalId"];

    /// <summary>The indexes of groups of a directory that does not say.</summary>
    public static string[] DefaultOfGroups => ["displayName", "externalId"];

    /// <summary>
    /// The most of a resource type that may be on their way at a time, there or gone: whoever adds and takes away without a pause has to
    /// wait.
    /// </summary>
    public const int MaxUnderWay = 16;

    /// <summary>Everything that is wrong with a list of paths; each fault names its path.</summary>
    /// <param name="paths">The paths, as <see cref="IndexedAttribute.Parse"/> reads them.</param>
    /// <param name="type">The type of the resources, with the directory's extensions.</param>
    public static List<string> Faults(IReadOnlyList<string?> paths, ResourceType type)
    {
        var faults = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths.Take(MaxIndexes))
        {
            if (string.IsNullOrWhiteSpace(path) || path.Length > MaxPathLength)
            {
                faults.Add($"each path must be text of 1 to {MaxPathLength} characters{(string.IsNullOrWhiteSpace(path) ? "" : $", and '{path[..40]}…' has {path.Length}")}.");
            }
            else if (!IndexedAttribute.Parse(path, type).TryGet(out var attribute, out var error))
            {
                faults.Add($"'{path}': {error.Detail}");
            }
            else if (!attribute.IsStored)
            {
                faults.Add($"'{path}' cannot be indexed: it is not kept among the attributes of a {type.Name}.");
            }
            else if (!known.Add(attribute.Path))
            {
                faults.Add($"'{path}' is listed twice.");
            }
        }

        if (paths.Count > MaxIndexes || Ordered(type, known).Length > MaxIndexes)
        {
            faults.Add($"there may be {MaxIndexes} at the most{(IsUser(type) ? $", {UserName} included" : "")}.");
        }

        return faults;
    }

    /// <summary>The list as a directory keeps it: in canonical spelling, of users with <c>userName</c> first. For paths without <see cref="Faults"/>.</summary>
    public static string[] Canonical(IEnumerable<string> paths, ResourceType type) =>
        Ordered(type, paths.Select(path => IndexedAttribute.Parse(path, type).Value.Path));

    private static string[] Ordered(ResourceType type, IEnumerable<string> paths) =>
        IsUser(type) ? [UserName, .. paths.Where(path => path != UserName)] : [.. paths];

    private static bool IsUser(ResourceType type) => type.Name == "User";
}
