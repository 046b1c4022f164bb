using System.Security.Cryptography;
using System.Text;
using Grains.Abstractions.Directories;

namespace Grains.Indexes;

/// <summary>The names of a directory's indexes: parts of grain keys, so of <c>[a-z0-9-]</c>.</summary>
public static class IndexNames
{
    /// <summary>The index of all users by id.</summary>
    public const string UserId = "u-id";

    /// <summary>The index of all groups by id.</summary>
    public const string GroupId = "g-id";

    /// <summary>The index of users by userName, which is unique.</summary>
    public const string UserName = "u-username";

    /// <summary>The deleted users that are kept, by id. No type's names begin so.</summary>
    public const string Archive = "archive";

    private const string OwnTypes = "t-";

    private const string Ids = "-id";

    private const string InOrgUnits = "in-";

    /// <summary>
    /// What the names of the indexes of a resource type begin with: <c>u</c>, <c>g</c>, or, of a directory's own, <c>t-device</c>. The
    /// names of types are letters and digits, and differ by more than their case: no two have the same.
    /// </summary>
    public static string PrefixOf(string resourceType) => resourceType switch
    {
        "User" => "u",
        "Group" => "g",
        _ => OwnTypes + resourceType.ToLowerInvariant(),
    };

    /// <summary>The index of all resources of a type by id.</summary>
    public static string Id(string prefix) => prefix + Ids;

    /// <summary>Whether an index is one of all resources of a type by id. No attribute that is indexed is called so.</summary>
    public static bool IsOfIds(string index) =>
        index is UserId or GroupId || (index.StartsWith(OwnTypes, StringComparison.Ordinal) && index.EndsWith(Ids, StringComparison.Ordinal));

    /// <summary>The index of an attribute of a resource type.</summary>
    /// <param name="prefix">See <see cref="PrefixOf"/>.</param>
    /// <param name="path">The canonical path of the attribute. Anything but a plain name is hashed.</param>
    public static string Attribute(string prefix, string path) =>
        path.All(char.IsAsciiLetterOrDigit)
            ? $"{prefix}-{path.ToLowerInvariant()}"
            : $"{prefix}-x{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 12))}";

    /// <summary>The index of an attribute that was added at an epoch: no two have the same name, though they are of the same attribute.</summary>
    /// <param name="prefix">See <see cref="PrefixOf"/>.</param>
    /// <param name="path">The canonical path of the attribute.</param>
    /// <param name="since">See <see cref="DirectoryIndex.Since"/>. No name of an attribute ends in a number behind a hyphen.</param>
    public static string Attribute(string prefix, string path, int since) =>
        since == 0 ? Attribute(prefix, path) : $"{Attribute(prefix, path)}-{since}";

    /// <summary>The name of an index that was added or taken away after its directory was made.</summary>
    public static string Of(DirectoryIndex index) => Attribute(PrefixOf(index.ResourceType), index.Path, index.Since);

    /// <summary>Whether an index is one of an attribute, or of all ids, of users or groups.</summary>
    public static bool IsOfResources(string index) => index.StartsWith("u-", StringComparison.Ordinal) || index.StartsWith("g-", StringComparison.Ordinal);

    /// <summary>The members of a group, by its id, or of an org unit, by its generation.</summary>
    public static string Members(string group) => "m-" + group;

    /// <summary>The list of all org units of a kind.</summary>
    public static string OrgUnits(string kind) => "o-" + kind;

    /// <summary>
    /// Where a user stands by its org unit of a kind: no index of buckets, but terms of that name go to the unit, whose users they are.
    /// </summary>
    public static string InOrgUnit(string kind) => InOrgUnits + kind;

    /// <summary>The kind of org units that a name of <see cref="InOrgUnit"/> is about; null where it is one of an index.</summary>
    public static string? OrgUnitKindOf(string index) => index.StartsWith(InOrgUnits, StringComparison.Ordinal) ? index[InOrgUnits.Length..] : null;

    /// <summary>Whether a directory owns the index's width; a group's head owns that of its members.</summary>
    public static bool IsOfDirectory(string index) => !index.StartsWith("m-", StringComparison.Ordinal);
}
