using Grains.Abstractions.Resources;
using Grains.Indexes;

namespace Grains.Resources;

/// <summary>The groups of a resource, as a pure value. An older word of a group never overwrites a newer one (PROTOCOL R4).</summary>
internal static class GroupLinks
{
    /// <summary>Takes in what a group says.</summary>
    /// <returns>The new list, or null where nothing changes.</returns>
    public static GroupLink[]? With(GroupLink[] links, Membership membership, bool joins, DateTimeOffset now)
    {
        var before = Array.Find(links, l => l.Group == membership.Group);
        if (before is not null && before.Version >= membership.Version)
        {
            return null;
        }

        var forgotten = now.ToUnixTimeSeconds() - BucketTable.LeftBehindSeconds;
        var link = new GroupLink { Group = membership.Group, Version = membership.Version, Left = joins ? 0 : now.ToUnixTimeSeconds() };
        return [.. links.Where(l => l.Group != membership.Group && (l.Left == 0 || l.Left > forgotten)), link];
    }

    /// <summary>The ids of the groups that the resource is in.</summary>
    public static string[] Present(GroupLink[] links) => [.. links.Where(l => l.Left == 0).Select(l => l.Group)];
}
