using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Grains.Directories;
using Grains.Events;
using Grains.Groups;
using Grains.Indexes;
using Grains.OrgUnits;
using Grains.Platform;
using Grains.Storage;
using Grains.Tenants;

namespace Grains.Checking;

/// <summary>
/// Mends what a check found, in three steps that the caller takes in turn, in a store that no server has: rows that are to go
/// (<see cref="RowsToDrop"/>), rows that are to be changed where they stand (<see cref="EditRows"/>), and all the rest by the grains
/// themselves (<see cref="AskGrains"/>), by the same calls as a request makes. What is done is told in a line each. One mending may bring
/// another to light: check again, and mend again, until nothing that can be mended is left.
/// </summary>
/// <param name="report">What was found.</param>
/// <param name="acceptLoss">Whether to let go of what cannot be had back, too: rows that cannot be read, users that are lost.</param>
/// <param name="tell">Is told each thing that was done, in a line.</param>
public sealed class StoreRepair(CheckReport report, bool acceptLoss, Action<string> tell)
{
    /// <summary>How many requests are under way at a time.</summary>
    private const int AtOnce = 64;

    private readonly List<(StoreFinding Finding, Mend Mend)> mends =
        [.. report.Findings.Where(f => f.Mend is { } mend && (acceptLoss || !mend.Loses)).Select(f => (f, f.Mend!)).DistinctBy(f => f.Item2)];

    /// <summary>Whether there is anything that it would do: beside what is damaged, that is what is left over and what is to be woken.</summary>
    public bool HasWork => mends.Count > 0 || Unfinished.Any();

    private IEnumerable<string> Unfinished => report.Findings
        .Where(f => f.Severity == FindingSeverity.Unfinished && f.Kind is not (FindingKind.RemovalUnderWay or FindingKind.IndexUnderWay))
        .Select(f => f.Directory)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal);

    /// <summary>The rows that are to go, told as they are listed.</summary>
    public IReadOnlyList<(string Type, string Key, string Name)> RowsToDrop(IStoredRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var drops = new List<(string, string, string)>();
        foreach (var mend in Each<Mend.DropRow>())
        {
            Tell($"{mend.Type}/{mend.Key}: the row is deleted.");
            drops.Add((mend.Type, mend.Key, mend.Name));
        }

        foreach (var mend in Each<Mend.GiveUpRow>())
        {
            Tell($"{mend.Type}/{mend.Key}: the row, which cannot be read, is deleted; what it held is lost.");
            drops.Add((mend.Type, mend.Key, mend.Name));
        }

        foreach (var (directory, index) in Indexes())
        {
            var keys = rows.Rows("bucket", $"{directory}.{index}.").Select(r => (r.Key, r.Name)).ToList();
            Tell($"bucket/{directory}.{index}: {keys.Count} rows of the index are deleted.");
            drops.AddRange(keys.Select(k => ("bucket", k.Key, k.Name)));
        }

        return drops;
    }

    /// <summary>Changes rows where they stand. No grain may be active.</summary>
    public async Task EditRows(IGrainStorage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        foreach (var mend in Each<Mend.RebuildIndex>())
        {
            await Edit<DirectoryState>(storage, "directory", mend.Directory.Id, s => s with { Widths = [.. s.Widths.Where(w => w.Index != mend.Index)] });
        }

        foreach (var mend in Each<Mend.RebuildMembers>())
        {
            await Edit<GroupState>(storage, "group", GrainKeys.Resource(mend.Directory.Id, mend.Group), s => s with { Width = 1 });
        }

        foreach (var mend in Each<Mend.RebuildUnit>())
        {
            await Edit<OrgUnitState>(storage, "orgunit", mend.Key, s => s with { Width = 1 });
        }

        foreach (var mend in Each<Mend.SetMemberCount>())
        {
            await Edit<GroupState>(storage, "group", mend.Key, s => s with { MemberCount = mend.Count });
            Tell($"group/{mend.Key}: its number of members is set to {mend.Count}.");
        }

        foreach (var mend in Each<Mend.SetCounts>())
        {
            await Edit<EventLogState>(storage, "eventlog", mend.Directory, s => s with { Users = mend.Users, Groups = mend.Groups, Others = mend.Others });
            Tell($"eventlog/{mend.Directory}: its numbers are set to {mend.Users} users and {mend.Groups} groups{string.Concat(mend.Others.Select(o => $", {o.Count} of type {o.Type}"))}.");
        }

        foreach (var mend in Each<Mend.SetEventStatus>())
        {
            if (mend.Segment is { } segment)
            {
                LogEntry[] before = [];
                LogEntry[] after = [];
                await Edit<EventSegmentState>(storage, "eventsegment", GrainKeys.Bucket(mend.Directory, "log", segment), s =>
                {
                    (before, after) = (s.Entries, With(s.Entries, mend));
                    return s with { Entries = after };
                });

                // The numbers that the log keeps of its segments go with it.
                await Edit<EventLogState>(storage, "eventlog", mend.Directory, s => s.Counting(before, sign: -1).Counting(after));
            }
            else
            {
                await Edit<EventLogState>(storage, "eventlog", mend.Directory, s => s with { Entries = With(s.Entries, mend) });
            }

            Tell($"eventlog/{mend.Directory}: event {mend.Sequence} is marked as {(mend.Status == EventStatus.Settled ? "one that stands" : "one that never came to be")}.");
        }

        foreach (var mend in Each<Mend.List>())
        {
            if (mend.Tenant is null)
            {
                await Edit<PlatformState>(storage, "platform", GrainKeys.Platform, s => s with { Tenants = [.. s.Tenants, mend.Name] });
                Tell($"platform/{GrainKeys.Platform}: lists tenant {mend.Name} again.");
            }
            else
            {
                await Edit<TenantState>(storage, "tenant", mend.Tenant, s => s with { Directories = [.. s.Directories, mend.Name] });
                Tell($"tenant/{mend.Tenant}: lists directory {mend.Name} again.");
            }
        }
    }

    /// <summary>Has the grains do the rest, and finish what is unfinished.</summary>
    /// <param name="grains">A silo that serves nobody else.</param>
    public async Task AskGrains(IGrainFactory grains)
    {
        ArgumentNullException.ThrowIfNull(grains);

        // Indexes first: a resource that lacks an entry takes itself for a create that was cut off when it is woken.
        foreach (var mend in Each<Mend.RebuildIndex>())
        {
            await All(mend.Entries, entry => Put(grains, mend.Directory, entry));
            Tell($"bucket/{mend.Directory.Id}.{mend.Index}: filled again with {mend.Entries.Count} entries, from the resources themselves.");
        }

        await All([.. Each<Mend.PutEntry>()], async mend =>
        {
            if (await Put(grains, mend.Directory, mend.Entry))
            {
                Tell($"bucket/{mend.Directory.Id}.{mend.Entry.Index}: '{mend.Entry.Value}' names {mend.Entry.Id} again.");
            }
        });
        await All([.. Each<Mend.RemoveEntry>()], async mend =>
        {
            var client = new IndexClient(grains, mend.Directory);
            var change = new IndexChange { Kind = ChangeKind.Remove, Key = client.KeyOfStored(mend.Entry.Index, mend.Entry.Value), Id = mend.Entry.Id, Version = mend.Entry.Version };
            if (await client.Apply(mend.Entry.Index, [change]))
            {
                Tell($"bucket/{mend.Directory.Id}.{mend.Entry.Index}: '{mend.Entry.Value}' no longer names {mend.Entry.Id}.");
            }
        });
        await MendMembers(grains);
        await MendLogs(grains);
        await WakeUnfinished(grains);
    }

    private static LogEntry[] With(LogEntry[] entries, Mend.SetEventStatus mend) =>
        Array.ConvertAll(entries, e => e.Sequence == mend.Sequence ? e with { Status = mend.Status } : e);

    private static async Task Edit<TState>(IGrainStorage storage, string type, string key, Func<TState, TState> change)
        where TState : class, IRowState<TState>, new()
    {
        var id = GrainId.Create(type, key);
        var row = new GrainState<TState>(new TState());
        await storage.ReadStateAsync(type, id, row);
        if (row.RecordExists)
        {
            row.State = change(row.State!).WithWriteId(Row<TState>.NewWriteId());
            await storage.WriteStateAsync(type, id, row);
        }
    }

    private static async Task<bool> Put(IGrainFactory grains, DirectoryContext directory, Mend.Place entry)
    {
        // What is known of widths may be of before the index was emptied: buckets that are not there send back to where the index begins.
        var client = new IndexClient(grains, directory);
        return entry.Unique
            ? await client.Claim(entry.Term, entry.Id, entry.Version, final: false) == BucketStatus.Ok
            : await client.Apply([entry.Term], ChangeKind.Put, entry.Id, entry.Version);
    }

    private static async Task All<T>(IReadOnlyCollection<T> items, Func<T, Task> ask)
    {
        foreach (var some in items.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(ask));
        }
    }

    private static string KeyOf(string type, DirectoryContext directory, string id) => $"{(type == "Group" ? "group" : "user")}/{GrainKeys.Resource(directory.Id, id)}";

    private IEnumerable<T> Each<T>()
        where T : Mend => mends.Select(m => m.Mend).OfType<T>();

    private void Tell(string line) => tell(line);

    private IEnumerable<(string Directory, string Index)> Indexes() =>
        Each<Mend.RebuildIndex>().Select(m => (m.Directory.Id, m.Index))
            .Concat(Each<Mend.RebuildMembers>().Select(m => (m.Directory.Id, IndexNames.Members(m.Group))))
            .Concat(Each<Mend.RebuildUnit>().Select(m => (m.Directory.Id, m.Index)))
            .Concat(Each<Mend.DropIndex>().Select(m => (m.Directory, m.Index)))
            .Distinct();

    private async Task MendMembers(IGrainFactory grains)
    {
        foreach (var mend in Each<Mend.RebuildUnit>())
        {
            await All(mend.Users, place => new IndexClient(grains, mend.Directory).Apply([place.Term], ChangeKind.Put, place.Id, place.Version));
            Tell($"orgunit/{mend.Key}: counts {mend.Users.Count} users in again, by what they are called.");
        }

        foreach (var mend in Each<Mend.RebuildMembers>())
        {
            if (await new MemberBuckets(grains, mend.Directory, mend.Group, width: 1).Apply(new MembershipIntent { Adds = mend.Members }, mend.Version, mend.Members.Length))
            {
                Tell($"group/{GrainKeys.Resource(mend.Directory.Id, mend.Group)}: filled again with {mend.Members.Length} members, by what they say themselves.");
            }
        }

        foreach (var group in Each<Mend.PutMember>().GroupBy(m => (m.Directory.Id, m.Group)))
        {
            var (directory, id, version, _) = group.First();
            var members = group.Select(m => m.Member).ToArray();
            if (await new MemberBuckets(grains, directory, id, width: 1).Apply(new MembershipIntent { Adds = members }, version, members.Length))
            {
                Tell($"group/{GrainKeys.Resource(directory.Id, id)}: has {string.Join(", ", members.Select(m => m.Id))} as members again.");
            }
        }

        await All([.. Each<Mend.Tell>()], async mend =>
        {
            var membership = new Membership { Group = mend.Group, Version = mend.Version };
            var key = GrainKeys.Resource(mend.Directory.Id, mend.Id);
            var status = (mend.Type, mend.Joins) switch
            {
                ("User", true) => await grains.GetGrain<IUserGrain>(key).Join(mend.Directory, membership),
                ("User", false) => await grains.GetGrain<IUserGrain>(key).Leave(mend.Directory, membership),
                (_, true) => await grains.GetGrain<IGroupGrain>(key).Join(mend.Directory, membership),
                (_, false) => await grains.GetGrain<IGroupGrain>(key).Leave(mend.Directory, membership),
            };
            if (status == MembershipStatus.Ok)
            {
                Tell($"{KeyOf(mend.Type, mend.Directory, mend.Id)}: {(mend.Joins ? "knows that it is in" : "is no longer in")} group {mend.Group}.");
            }
        });
        foreach (var mend in Each<Mend.DropMember>())
        {
            if (await grains.GetGrain<IGroupGrain>(GrainKeys.Resource(mend.Directory.Id, mend.Group)).Drop(mend.Directory, mend.Member) == MembershipStatus.Ok)
            {
                Tell($"group/{GrainKeys.Resource(mend.Directory.Id, mend.Group)}: no longer has {mend.Member} as a member.");
            }
        }
    }

    private async Task MendLogs(IGrainFactory grains)
    {
        foreach (var (directory, news, isLoss) in Each<Mend.AppendEvent>().Select(m => (m.Directory, m.Event, false)).Concat(Each<Mend.GiveUp>().Select(m => (m.Directory, m.Deletion, true))))
        {
            var log = grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory.Id));
            if (!(await log.Append(directory, news)).Confirmed)
            {
                continue;
            }

            await log.Settle(directory, new Settlement
            {
                ResourceType = news.ResourceType,
                ResourceId = news.ResourceId,
                WriteId = news.WriteId,
                Version = news.Version,
                Stands = true,
            });
            Tell(isLoss
                ? $"{KeyOf(news.ResourceType, directory, news.ResourceId)}: is lost; that it is gone is written into the log."
                : $"{KeyOf(news.ResourceType, directory, news.ResourceId)}: the event of its version {news.Version} is appended to the log.");
        }

        foreach (var mend in Each<Mend.Wake>())
        {
            var key = GrainKeys.Resource(mend.Directory.Id, mend.Id);
            if (mend.Type == "Group")
            {
                await grains.GetGrain<IGroupGrain>(key).Wake(mend.Directory, []);
                await grains.GetGrain<IGroupGrain>(key).Settle(mend.Directory);
            }
            else
            {
                await grains.GetGrain<IUserGrain>(key).Wake(mend.Directory.For(mend.Type), []);
                await grains.GetGrain<IUserGrain>(key).Settle(mend.Directory.For(mend.Type));
            }

            Tell($"{KeyOf(mend.Type, mend.Directory, mend.Id)}: was woken, and has done what it had to do.");
        }
    }

    private async Task WakeUnfinished(IGrainFactory grains)
    {
        var directories = Unfinished.Concat(mends.Select(m => m.Finding.Directory).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (var id in directories)
        {
            // The sweep writes down, too, what has been settled here.
            if (await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(id)).Context() is { } context)
            {
                await grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(id)).Sweep(context);
                Tell($"eventlog/{id}: has woken what was unfinished.");
            }
        }

        if (mends.Exists(m => m.Mend is Mend.List))
        {
            await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Resume();
        }
    }
}
