using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Indexes;
using Scim.Schemas;

namespace Grains.Directories;

/// <summary>How the indexes of a directory come and go, as changes of its row; each is idempotent, and null where it changes nothing.</summary>
internal static class IndexRules
{
    private const string User = "User";

    private const string Group = "Group";

    /// <summary>An admin asks for other indexes.</summary>
    /// <param name="current">The directory.</param>
    /// <param name="request">Which.</param>
    /// <param name="schemas">The directory's schemas.</param>
    /// <param name="now">The time.</param>
    /// <param name="error">Why that cannot be, or null.</param>
    public static DirectoryState? Change(DirectoryState current, ChangeIndexes request, SchemaSet schemas, DateTimeOffset now, out GrainError? error)
    {
        var next = current;
        error = null;
        foreach (var (type, paths) in new[] { (schemas.User, request.UserIndexes), (schemas.Group, request.GroupIndexes) })
        {
            if (paths is null)
            {
                continue;
            }

            string[] wanted = request.OnlyAdd ? [.. WithMore(next, type, paths)] : paths;
            if (DirectoryIndexes.Faults(wanted, type) is { Count: > 0 } faults)
            {
                error = new GrainError { Status = 400, Detail = string.Join(' ', faults) };
                return null;
            }

            next = Want(next, type.Name, DirectoryIndexes.Canonical(wanted, type), now);
            if (next.Indexes.Count(i => i.ResourceType == type.Name && i.Status != IndexStatus.Ready) > DirectoryIndexes.MaxUnderWay)
            {
                error = new GrainError
                {
                    Status = 409,
                    Detail = $"More than {DirectoryIndexes.MaxUnderWay} indexes of {type.Name} would be under way. Wait until those that are being built are ready, and those that were taken away are cleared.",
                };
                return null;
            }
        }

        return ReferenceEquals(next, current) ? null : next;
    }

    /// <summary>All resources of a type stand in the indexes that were added at an epoch: filters go by them.</summary>
    public static DirectoryState? Built(DirectoryState current, string type, int since, DateTimeOffset now)
    {
        var next = current;
        foreach (var index in current.Indexes.Where(i => i.ResourceType == type && i.Since == since && i.Status == IndexStatus.Building))
        {
            next = With(next, index, index with { Status = IndexStatus.Ready, Changed = now });
            next = WithPaths(next, type, [.. Paths(next, type), index.Path]);
        }

        return WithoutIdleBuilds(next, current);
    }

    /// <summary>No query that could still go by an index is under way: from the next epoch on nobody keeps it.</summary>
    public static DirectoryState? Forsake(DirectoryState current, DirectoryIndex index, DateTimeOffset now) =>
        Array.IndexOf(current.Indexes, index) < 0 || index.Status != IndexStatus.Removing ? null : Cleared(current with { IndexEpoch = current.IndexEpoch + 1 }, index, now);

    /// <summary>The rows of an index are cleared: nothing of it is left.</summary>
    public static DirectoryState? Forget(DirectoryState current, DirectoryIndex index)
    {
        if (Array.IndexOf(current.Indexes, index) < 0 || index.Status != IndexStatus.Clearing)
        {
            return null;
        }

        var name = IndexNames.Of(index);
        return current with
        {
            Indexes = [.. current.Indexes.Where(i => i != index)],
            Widths = [.. current.Widths.Where(w => w.Index != name)],
        };
    }

    /// <summary>The building of indexes has begun, or has come some way.</summary>
    public static DirectoryState? Come(DirectoryState current, IndexBuild build)
    {
        var before = BuildOf(current, build.ResourceType, build.Since);
        return before == build || (before is not null && before.Done > build.Done) || !IsBuilding(current, build)
            ? null
            : current with { IndexBuilds = [.. current.IndexBuilds.Where(b => b != before), build] };
    }

    /// <summary>How far the building of indexes has come; null where it has not begun.</summary>
    public static IndexBuild? BuildOf(DirectoryState current, string type, int since) =>
        Array.Find(current.IndexBuilds, b => b.ResourceType == type && b.Since == since);

    private static string[] Paths(DirectoryState state, string type) => type == User ? state.UserIndexes : state.GroupIndexes;

    private static DirectoryState WithPaths(DirectoryState state, string type, string[] paths) =>
        type == User ? state with { UserIndexes = paths } : state with { GroupIndexes = paths };

    private static DirectoryState With(DirectoryState state, DirectoryIndex from, DirectoryIndex to) =>
        state with { Indexes = Array.ConvertAll(state.Indexes, i => i == from ? to : i) };

    /// <summary>What is there or on its way, and of more paths those for which there is room.</summary>
    private static List<string> WithMore(DirectoryState state, ResourceType type, string[] more)
    {
        List<string> paths = [.. Paths(state, type.Name), .. state.Indexes.Where(i => i.ResourceType == type.Name && i.Status == IndexStatus.Building).Select(i => i.Path)];
        foreach (var path in more)
        {
            if (paths.Count < DirectoryIndexes.MaxIndexes && DirectoryIndexes.Faults([.. paths, path], type).Count == 0)
            {
                paths.Add(path);
            }
        }

        return paths;
    }

    private static DirectoryState Want(DirectoryState state, string type, string[] wanted, DateTimeOffset now)
    {
        var next = state;
        var epoch = state.IndexEpoch + 1;
        foreach (var path in wanted.Except(Paths(state, type)))
        {
            var there = Array.FindAll(next.Indexes, i => i.ResourceType == type && i.Path == path);
            if (Array.Find(there, i => i.Status == IndexStatus.Removing) is { } removing)
            {
                // Whoever writes has kept it all the while.
                next = With(next, removing, removing with { Status = IndexStatus.Ready, Changed = now });
                next = WithPaths(next, type, [.. Paths(next, type), path]);
            }
            else if (!Array.Exists(there, i => i.Status == IndexStatus.Building))
            {
                var index = new DirectoryIndex { ResourceType = type, Path = path, Status = IndexStatus.Building, Since = epoch, Changed = now };
                next = next with { Indexes = [.. next.Indexes, index], IndexEpoch = epoch };
            }
        }

        foreach (var path in Paths(state, type).Except(wanted))
        {
            next = WithPaths(next, type, [.. Paths(next, type).Where(p => p != path)]);
            next = Array.Find(next.Indexes, i => i.ResourceType == type && i.Path == path && i.Status == IndexStatus.Ready) is { } ready
                ? With(next, ready, ready with { Status = IndexStatus.Removing, Changed = now })
                : next with { Indexes = [.. next.Indexes, new DirectoryIndex { ResourceType = type, Path = path, Status = IndexStatus.Removing, Changed = now }] };
        }

        foreach (var index in state.Indexes.Where(i => i.ResourceType == type && i.Status == IndexStatus.Building && !wanted.Contains(i.Path)))
        {
            // No filter has gone by it yet.
            next = Cleared(next with { IndexEpoch = epoch }, index, now);
        }

        return ReferenceEquals(next, state) ? state : WithoutIdleBuilds(next, state)!;
    }

    private static DirectoryState Cleared(DirectoryState state, DirectoryIndex index, DateTimeOffset now) =>
        With(state, index, index with { Status = IndexStatus.Clearing, Until = state.IndexEpoch, Changed = now });

    private static bool IsBuilding(DirectoryState state, IndexBuild build) =>
        Array.Exists(state.Indexes, i => i.ResourceType == build.ResourceType && i.Since == build.Since && i.Status == IndexStatus.Building);

    private static DirectoryState? WithoutIdleBuilds(DirectoryState next, DirectoryState current) =>
        ReferenceEquals(next, current) ? null : next with { IndexBuilds = Array.FindAll(next.IndexBuilds, b => IsBuilding(next, b)) };
}
