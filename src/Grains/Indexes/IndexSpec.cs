using System.Globalization;
using System.Runtime.CompilerServices;
using Grains.Abstractions.Directories;

namespace Grains.Indexes;

/// <summary>
/// One index of an attribute as a text, so that a list of them can be a key: a path, and with it what is special of one that was added or
/// taken away after its directory was made.
/// </summary>
/// <param name="Path">The canonical path.</param>
/// <param name="Since">See <see cref="DirectoryIndex.Since"/>.</param>
/// <param name="IsRead">Whether filters go by it.</param>
internal readonly record struct IndexSpec(string Path, int Since, bool IsRead)
{
    /// <summary>No path holds it.</summary>
    private const char Separator = '\n';

    private const string Read = "r";

    private const string Written = "w";

    // Calls within a process hand on the same array.
    private static readonly ConditionalWeakTable<DirectoryIndex[], Lists> Known = [];

    /// <summary>The indexes of users that whoever writes keeps. Those of a directory whose indexes never changed are its list itself.</summary>
    public static string[] OfUsers(DirectoryContext directory) => directory.Indexes.Length == 0 ? directory.UserIndexes : ListsOf(directory).Users;

    /// <summary>The same of groups.</summary>
    public static string[] OfGroups(DirectoryContext directory) => directory.Indexes.Length == 0 ? directory.GroupIndexes : ListsOf(directory).Groups;

    /// <summary>Reads the text.</summary>
    public static IndexSpec Parse(string text)
    {
        var parts = text.Split(Separator);
        return parts.Length == 1
            ? new IndexSpec(text, Since: 0, IsRead: true)
            : new IndexSpec(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2] == Read);
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}{Separator}{Since}{Separator}{(IsRead ? Read : Written)}");

    private static Lists ListsOf(DirectoryContext directory)
    {
        if (Known.TryGetValue(directory.Indexes, out var lists) && lists.OfUsers == directory.UserIndexes && lists.OfGroups == directory.GroupIndexes)
        {
            return lists;
        }

        var made = new Lists(
            directory.UserIndexes,
            directory.GroupIndexes,
            Made(directory.UserIndexes, Array.FindAll(directory.Indexes, i => i.ResourceType == "User")),
            Made(directory.GroupIndexes, Array.FindAll(directory.Indexes, i => i.ResourceType == "Group")));
        Known.AddOrUpdate(directory.Indexes, made);
        return made;
    }

    private static string[] Made(string[] plain, DirectoryIndex[] changed)
    {
        var specs = new List<string>(plain.Length + changed.Length);
        foreach (var path in plain)
        {
            specs.Add(Array.Find(changed, i => i.Path == path && i.Status == IndexStatus.Ready) is { } ready ? SpecOf(ready, isRead: true) : path);
        }

        specs.AddRange(changed.Where(i => i.Status is IndexStatus.Building or IndexStatus.Removing).Select(i => SpecOf(i, isRead: false)));
        return [.. specs];
    }

    private static string SpecOf(DirectoryIndex index, bool isRead) => new IndexSpec(index.Path, index.Since, isRead).ToString();

    private sealed record Lists(string[] OfUsers, string[] OfGroups, string[] Users, string[] Groups);
}
