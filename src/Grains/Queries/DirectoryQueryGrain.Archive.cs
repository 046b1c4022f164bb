using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Users;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Queries;

/// <summary>The archive: users that were deleted and are kept. Its index is a hint like any, and the user says whether it is there.</summary>
internal sealed partial class DirectoryQueryGrain
{
    /// <summary>How many users in the archive one call looks at, whatever the filter leaves of them.</summary>
    private const int MaxLookedAtInArchive = 512;

    public async Task<ArchivePage> Archive(DirectoryContext directory, ArchiveQuery query)
    {
        directory = directory.For("User");
        if (!Bind(directory, "User", query.Filter, sortBy: null, allTypes: false).TryGet(out var bound, out var error))
        {
            return new ArchivePage { Error = error.ToGrainError() };
        }

        var client = new IndexClient(GrainFactory, directory);
        var found = new List<UserRecord>(Math.Min(query.Most, ReadAtOnce));
        IndexPosition? position = query.After;
        var seen = 0;
        while (position is { } after && found.Count < query.Most && seen < MaxLookedAtInArchive)
        {
            var (entries, next) = await client.List(IndexNames.Archive, after, Math.Min(LookAtOnce, query.Most - found.Count));
            seen += entries.Count;
            position = next;
            var reading = entries.SelectMany(e => e.Entries).Select(async e => (e.Id, User: await UserOf(directory, e.Id).Inspect(directory))).ToList();
            foreach (var one in reading)
            {
                var (id, user) = await one;
                if (user is not { Deleted: not null })
                {
                    // What a delete that was cut off left behind: its user is asked to take it away.
                    TakeAway(directory, "User", id);
                }
                else if (bound.Filter?.Matches(Parse(user.Document)) ?? true)
                {
                    found.Add(user);
                }
            }
        }

        if (position is { } place && (await client.List(IndexNames.Archive, place, 1)).Entries.Count == 0)
        {
            position = null;
        }

        return new ArchivePage { Users = [.. found], Next = position };
    }

    private IUserGrain UserOf(DirectoryContext directory, string id) => GrainFactory.GetGrain<IUserGrain>(GrainKeys.Resource(directory.Id, id));
}
