using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Requests;
using Grains.Abstractions.Users;
using Grains.Groups;
using Grains.Indexes;

namespace Grains.Directories;

/// <summary>Clears everything that a directory holds: groups with their members' buckets, users, those in the archive too, resources of its own types, then the indexes that listed them.</summary>
/// <param name="grains">The cluster.</param>
/// <param name="directory">The directory.</param>
internal sealed class DirectoryRemoval(IGrainFactory grains, DirectoryContext directory)
{
    private const int PageSize = 200;

    /// <summary>Resources cleared so far.</summary>
    public long Cleared { get; private set; }

    /// <summary>Whether it is under way.</summary>
    public bool Running { get; private set; } = true;

    /// <summary>Clears all resources, those too that were deleted and whose rows still stand: the log has them.</summary>
    /// <returns>False where storage did not confirm all of it; run again, it goes on.</returns>
    public async Task<bool> EraseResources(CancellationToken cancellationToken)
    {
        try
        {
            var erased = await Each(IndexNames.GroupId, EraseGroup, cancellationToken);
            erased &= await Each(IndexNames.UserId, EraseUser, cancellationToken);
            erased &= await Each(IndexNames.Archive, EraseUser, cancellationToken);
            foreach (var type in directory.ResourceTypes)
            {
                erased &= await Each(ResourceIndexes.Of(directory, type.Name).IdIndex, EraseUser, cancellationToken);
            }

            return erased && await EachTombstone(cancellationToken) && await EachUnit(cancellationToken);
        }
        finally
        {
            Running = false;
        }
    }

    /// <summary>Clears the indexes and the log. A listing no longer works once this has begun, and is not needed any more.</summary>
    /// <returns>False where storage did not confirm all of it; run again, it goes on.</returns>
    public async Task<bool> ClearIndexes()
    {
        try
        {
            var cleared = await grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Id)).Clear();
            cleared &= await grains.GetGrain<IRequestLogGrain>(GrainKeys.Directory(directory.Id)).Clear();
            var forsaken = directory.Indexes.Where(i => i.Status == IndexStatus.Clearing).Select(IndexNames.Of);
            foreach (var index in ResourceIndexes.All(directory).SelectMany(indexes => indexes.Names.Reverse()).Append(IndexNames.Archive).Concat(forsaken))
            {
                cleared &= await new IndexBuckets(grains, directory.Id, index).Clear();
            }

            foreach (var rule in directory.Rules.OrgUnits)
            {
                cleared &= await new IndexBuckets(grains, directory.Id, IndexNames.OrgUnits(rule.Kind)).Clear();
            }

            return cleared;
        }
        finally
        {
            Running = false;
        }
    }

    private Task<bool> EraseUser(string key) => grains.GetGrain<IUserGrain>(key).Erase();

    private async Task<bool> EachTombstone(CancellationToken cancellationToken)
    {
        var log = grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Id));
        var all = true;
        long? position = 0;
        while (position is { } from)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await log.Tombstones(from);
            foreach (var name in page.Resources)
            {
                var key = GrainKeys.Resource(directory.Id, name.Id);
                all &= name.Type == "Group" ? await EraseGroup(key) : await EraseUser(key);
            }

            position = page.Next;
        }

        return all;
    }

    private async Task<bool> EachUnit(CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var rule in directory.Rules.OrgUnits)
        {
            var client = new IndexClient(grains, directory);
            IndexPosition? position = new IndexPosition();
            while (position is { } after)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (entries, next) = await client.List(IndexNames.OrgUnits(rule.Kind), after, PageSize);
                foreach (var entry in entries.SelectMany(e => e.Entries))
                {
                    all &= await grains.GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directory.Id, rule.Kind, entry.Id)).Erase(directory);
                }

                position = next;
            }
        }

        return all;
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
