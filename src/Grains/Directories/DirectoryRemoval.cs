using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Users;
using Grains.Groups;
using Grains.Indexes;

namespace Grains.Directories;

/// <summary>Clears everything that a directory holds: groups with their members' buckets, users, then the indexes that listed them.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="directory">The directory.</param>
internal sealed class DirectoryRemoval(IGrainFactory grains, DirectoryContext directory)
{
    private const int PageSize = 200;

    /// <summary>Resources cleared so far.</summary>
    public long Cleared { get; private set; }

    /// <summary>Whether it is under way.</summary>
    public bool Running { get; private set; } = true;

    /// <returns>True when nothing is left. Run again, it goes on: what was cleared costs nothing again.</returns>
    public async Task<bool> Run(CancellationToken cancellationToken)
    {
        try
        {
            var cleared = await Each(IndexNames.GroupId, EraseGroup, cancellationToken);
            cleared &= await Each(IndexNames.UserId, key => grains.GetGrain<IUserGrain>(key).Erase(), cancellationToken);
            if (!cleared)
            {
                return false;
            }

            // The indexes that list go last: until then a removal that was interrupted finds what is left.
            var names = ResourceIndexes.OfUsers(directory).Names.Reverse().Concat(ResourceIndexes.OfGroups(directory).Names.Reverse());
            foreach (var index in names)
            {
                cleared &= await new IndexBuckets(grains, directory.Id, index).Clear();
            }

            return cleared;
        }
        finally
        {
            Running = false;
        }
    }

    private async Task<bool> EraseGroup(string key)
    {
        var (_, id) = GrainKeys.SplitResource(key);
        return await new MemberBuckets(grains, directory, id, width: 1).Clear() && await grains.GetGrain<IGroupGrain>(key).Erase();
    }

    private async Task<bool> Each(string index, Func<string, Task<bool>> erase, CancellationToken cancellationToken)
    {
        var client = new IndexClient(grains, directory);
        IndexPosition? position = new IndexPosition();
        var all = true;
        while (position is { } after)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (entries, next) = await client.List(index, after, PageSize);
            var erasing = entries.SelectMany(e => e.Entries).Select(e => erase(GrainKeys.Resource(directory.Id, e.Id))).ToList();
            foreach (var one in erasing)
            {
                var erased = await one;
                Cleared += erased ? 1 : 0;
                all &= erased;
            }

            position = next;
        }

        return all;
    }
}
