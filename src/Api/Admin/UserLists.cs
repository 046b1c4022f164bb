using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Users;
using Grains.Queries;
using Scim.Filters;

namespace Api.Admin;

/// <summary>
/// The users of a directory for its admins, page by page: first those that stand, in the order of SCIM's lists, then those that were deleted
/// and are kept. A page goes on behind the last user of the one before, whatever has come and gone meanwhile.
/// </summary>
internal sealed class UserLists(IGrainFactory grains, DirectoryQueries queries)
{
    public const string Active = "active";
    public const string Disabled = "disabled";
    public const string Deleted = "deleted";
    public const string Archived = "archived";
    public const string All = "all";

    /// <summary>All that a list can be asked for.</summary>
    public static IReadOnlyList<string> States { get; } = [Active, Disabled, Deleted, Archived, All];

    /// <summary>What a cursor among the deleted begins with.</summary>
    private const char InArchive = 'a';

    /// <summary>What a cursor among those that stand begins with.</summary>
    private const char Standing = 's';

    /// <summary>Reads where a page begins.</summary>
    /// <returns>False where the text is no cursor of a list of users.</returns>
    public static bool TryRead(string? after, out (bool IsInArchive, IndexPosition Position) place)
    {
        place = (after is [InArchive, ..], default);
        return string.IsNullOrEmpty(after) || (after[0] is InArchive or Standing && IndexCursor.TryRead(after[1..], out place.Position));
    }

    /// <summary>A page, or why not.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="state">One of <see cref="States"/>.</param>
    /// <param name="filter">A SCIM filter, or null.</param>
    /// <param name="place">Where to begin.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="stop">The client has gone.</param>
    public async Task<(GrainError? Error, List<UserRecord> Users, string? Next)> Page(
        DirectoryContext directory, string state, string? filter, (bool IsInArchive, IndexPosition Position) place, int count, CancellationToken stop)
    {
        var (isInArchive, position) = place;
        if (filter is not null)
        {
            // By itself, before anything is put around it.
            if (!Filter.Parse(filter).TryGet(out var parsed, out var error))
            {
                return (new GrainError { Status = error.Status, ScimType = error.ScimType, Detail = error.Detail }, [], null);
            }

            filter = parsed.ToString();
        }

        var users = new List<UserRecord>(count);
        var archives = directory.Rules.Archives;
        if (!isInArchive && state != Deleted && (state != Archived || archives))
        {
            var page = await queries.Run(grains.GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory.Id)), directory, new DirectoryQuery
            {
                Types = ["User"],
                Filter = Among(filter, state),
                Count = count,
                Cursor = new QueryCursor { Position = position },
            }, stop);
            if (page.Error is not null)
            {
                return (page.Error, [], null);
            }

            var looking = page.Results.Select(r => grains.GetGrain<IUserGrain>(GrainKeys.Resource(directory.Id, r.Id)).Inspect(directory).AsTask()).ToList();
            foreach (var one in looking)
            {
                // One that was deleted since is met in the archive, and in this list nowhere twice.
                if (await one is { Deleted: null } user)
                {
                    users.Add(user);
                }
            }

            if (page.Next is { } next)
            {
                return (null, users, Standing + IndexCursor.Write(next.Position));
            }

            position = default;
        }

        if (state is Active or Disabled || !archives)
        {
            return (null, users, null);
        }

        if (users.Count >= count)
        {
            return (null, users, InArchive.ToString());
        }

        var kept = await grains.GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory.Id))
            .Archive(directory, new ArchiveQuery { Filter = filter, After = position, Most = count - users.Count });
        users.AddRange(kept.Users);
        return (kept.Error, users, kept.Next is { } further ? InArchive + IndexCursor.Write(further) : null);
    }

    /// <summary>The filter of those that stand and have a state.</summary>
    private static string? Among(string? filter, string state) => (state, filter) switch
    {
        (All, _) => filter,
        (Active, null) => "not (active eq false)",
        (Active, _) => $"({filter}) and not (active eq false)",
        (_, null) => "active eq false",
        _ => $"({filter}) and active eq false",
    };
}
