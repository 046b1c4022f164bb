using Grains.Abstractions.Directories;
using Grains.Abstractions.Resources;
using Grains.Events;
using Grains.Indexes;
using Grains.Resources;

namespace Grains.Tests.Faults;

/// <summary>What must hold of a directory whatever happened, once everyone has had an answer.</summary>
internal sealed class Invariants
{
    private static readonly Dictionary<string, (string Type, string Attribute)> Filters = new(StringComparer.Ordinal)
    {
        [IndexNames.UserName] = ("User", "userName"),
        ["u-externalid"] = ("User", "externalId"),
        ["g-displayname"] = ("Group", "displayName"),
        ["g-externalid"] = ("Group", "externalId"),
        ["t-device-externalid"] = ("Device", "externalId"),
    };

    private readonly GrainCluster cluster;
    private readonly TestDirectory directory;
    private readonly string because;
    private readonly List<string> users;
    private readonly List<string> groups;
    private readonly List<string> devices;
    private readonly Dictionary<string, ResourceReply> liveUsers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceReply> liveGroups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceReply> liveDevices = new(StringComparer.Ordinal);

    private Invariants(TestDirectory directory, string because)
    {
        this.directory = directory;
        this.because = because;
        cluster = directory.Cluster;
        users = cluster.Script.Ledger.Ids("User");
        groups = cluster.Script.Ledger.Ids("Group");
        devices = cluster.Script.Ledger.Ids("Device");
    }

    public static async Task Check(TestDirectory directory, string because)
    {
        var invariants = new Invariants(directory, because);
        await invariants.Settle();
        await invariants.Read();
        await invariants.Lists();
        await invariants.Archive();
        await invariants.Indexes();
        await invariants.Memberships();
        await invariants.Events();
    }

    private static string[] Values(ResourceReply reply, string attribute) =>
        TestDirectory.Document(reply)[attribute] is { } value ? [value.GetValue<string>().ToLowerInvariant()] : [];

    /// <summary>Time passes, and the log wakes whoever has not finished: nothing stays open for ever (PROTOCOL R8).</summary>
    private async Task Settle()
    {
        string? open = null;
        await cluster.TimePassesUntil(
            EventLogGrain.SettleTime + TimeSpan.FromSeconds(1),
            async () =>
            {
                await directory.Log.Sweep(directory.Context).WaitAsync(GrainCluster.Patience);
                return (open = await Open()) is null;
            },
            () => $"{because}: {open}");
    }

    /// <summary>What is not settled, or still owed to others, by what storage and the log have; null where all is done.</summary>
    private async Task<string?> Open()
    {
        var next = await directory.Log.Next();
        var settled = (await directory.Log.Read(0, int.MaxValue)).Next;
        if (settled != next)
        {
            return $"event {settled} of {next} stays unsettled";
        }

        foreach (var id in users)
        {
            if (await directory.StoredUser(id) is { Status: ResourceStatus.Tombstone } user && GroupLinks.Present(user.Groups).Length > 0)
            {
                return $"user {id} stays in groups";
            }
        }

        foreach (var id in groups)
        {
            if (await directory.StoredGroup(id) is { Status: ResourceStatus.Tombstone, Leaving: true })
            {
                return $"members of group {id} do not leave";
            }
        }

        return null;
    }

    private async Task Read()
    {
        // Groups first: one whose create was cut off before its event stood is known to nobody else, and is finished when it is asked for.
        foreach (var id in groups)
        {
            await Take(liveGroups, id, () => directory.Group(id).Read(directory.Context));
        }

        foreach (var id in users)
        {
            await Take(liveUsers, id, () => directory.User(id).Read(directory.Context));
        }

        foreach (var id in devices)
        {
            await Take(liveDevices, id, () => directory.User(id).Read(directory.ForDevices));
        }
    }

    private async Task Take(Dictionary<string, ResourceReply> live, string id, Func<ValueTask<ResourceReply>> read)
    {
        var reply = await ReplyAssertions.Insist(async () => await read());
        if (reply.Error is null)
        {
            live.Add(id, reply);
        }
        else
        {
            reply.Error.Status.ShouldBe(404, because);
        }
    }

    /// <summary>What is listed, and what is found by a filter, is what is read.</summary>
    private async Task Lists()
    {
        foreach (var (type, live) in new[] { ("User", liveUsers), ("Group", liveGroups), ("Device", liveDevices) })
        {
            var list = await directory.List(type);
            list.Ids.ShouldBe(live.Keys, ignoreOrder: true, because);
            list.TotalResults.ShouldBe(live.Count, because);
            (await directory.Log.Count(type)).ShouldBe(live.Count, $"{because}: the log's number of {type}s");
            for (var i = 0; i < list.Ids.Length; i++)
            {
                list.Resources[i].Document.ShouldBe(live[list.Ids[i]].Document, because);
            }
        }

        foreach (var (id, reply) in liveUsers)
        {
            (await directory.List("User", $"userName eq \"{Values(reply, "userName")[0]}\"")).Ids.ShouldBe([id], because);
        }
    }

    /// <summary>
    /// Who was deleted and is kept is in the archive, and nobody else is, by its index too: an entry that a delete that was cut off has left is
    /// taken away when the archive is looked at. That such a user is in no other index and in no group is said with those.
    /// </summary>
    private async Task Archive()
    {
        var kept = new List<string>();
        foreach (var id in users)
        {
            if (await directory.StoredUser(id) is { Status: ResourceStatus.Tombstone, Archived: not null } state)
            {
                kept.Add(id);
                state.Attributes.ShouldNotBeNull(because);
                liveUsers.ShouldNotContainKey(id, because);
            }
        }

        await cluster.Eventually(
            async () => (await directory.Archive()).SequenceEqual(kept) && (await directory.Listed(IndexNames.Archive)).Order(StringComparer.Ordinal).SequenceEqual(kept),
            $"{because}: the archive is not {string.Join(", ", kept)}");
    }

    /// <summary>Every index has each live resource under its values, and nothing else.</summary>
    private async Task Indexes()
    {
        await Index(IndexNames.UserId, [.. liveUsers.Keys.Select(id => (id, id))]);
        await Index(IndexNames.UserName, Expected(liveUsers, "userName"));
        foreach (var path in new[] { "externalId", "title" }.Where(directory.Context.UserIndexes.Contains))
        {
            await Index(NameOf(path), Expected(liveUsers, path));
        }

        await Index(IndexNames.GroupId, [.. liveGroups.Keys.Select(id => (id, id))]);
        await Index("g-displayname", Expected(liveGroups, "displayName"));
        await Index("g-externalid", Expected(liveGroups, "externalId"));
        await Index("t-device-id", [.. liveDevices.Keys.Select(id => (id, id))]);
        await Index("t-device-externalid", Expected(liveDevices, "externalId"));
    }

    private string NameOf(string path) =>
        Array.Find(directory.Context.Indexes, i => i.Path == path && i.Status == IndexStatus.Ready) is { } added ? IndexNames.Of(added) : IndexNames.Attribute("u", path);

    private static List<(string Value, string Id)> Expected(Dictionary<string, ResourceReply> live, string attribute) =>
        [.. live.SelectMany(l => Values(l.Value, attribute).Select(v => (v, l.Key)))];

    private async Task Index(string index, IReadOnlyCollection<(string Value, string Id)> expected)
    {
        var entries = await directory.Entries(index);
        if (!IndexNames.IsOfIds(index))
        {
            // Of a change that was cut off before its row's write landed, an entry may be left. Nobody believes it: a claim goes to who
            // next wants the name, and a hint is shown to no reader. What has stood in the row has to be gone with it.
            foreach (var (value, id) in entries.Except(expected).Where(e => !cluster.Script.Ledger.Held(e.Id, e.Value)).ToList())
            {
                entries.Remove((value, id));
                var (type, attribute) = Array.Find(directory.Context.Indexes, i => IndexNames.Of(i) == index) is { } added ? (added.ResourceType, added.Path) : Filters[index];
                (await directory.List(type, $"{attribute} eq \"{value}\"")).Ids.ShouldNotContain(id, because);
            }
        }

        entries.ShouldBe(expected, ignoreOrder: true, $"{because}: {index}");
    }

    private async Task Memberships()
    {
        var members = new List<(string Group, string Member)>();
        foreach (var (group, reply) in liveGroups)
        {
            var listed = await directory.Members(group);
            reply.MemberCount.ShouldBe(listed.Count, because);
            members.AddRange(listed.Select(m => (group, m)));
        }

        var told = new List<(string Group, string Member)>();
        foreach (var (id, reply) in liveUsers)
        {
            var of = await directory.User(id).Groups();
            var shown = TestDirectory.Document(reply)["groups"]?.AsArray().Select(g => g!["value"]!.GetValue<string>()) ?? [];
            shown.ShouldBe(of, ignoreOrder: true, because);
            told.AddRange(of.Select(g => (g, id)));
        }

        foreach (var id in liveGroups.Keys)
        {
            told.AddRange((await directory.Group(id).Groups()).Select(g => (g, id)));
        }

        told.ShouldBe(members, ignoreOrder: true, because);
    }

    /// <summary>Each version that stood has its event, once, and those of a resource are in order.</summary>
    private async Task Events()
    {
        var events = (await directory.Log.Read(0, int.MaxValue)).Events;
        events.Select(e => e.Sequence).ShouldBeInOrder(SortDirection.Ascending, because);
        foreach (var (type, ids) in new[] { ("User", users), ("Group", groups), ("Device", devices) })
        {
            foreach (var id in ids)
            {
                var told = events.Where(e => e.ResourceType == type && e.ResourceId == id).Select(e => (e.Version, e.Kind)).ToList();
                told.ShouldBe(cluster.Script.Ledger.Events(type, id), $"{because}: events of {type} {id}");
            }
        }

        events.ShouldAllBe(e => (e.ResourceType == "User" ? users : e.ResourceType == "Group" ? groups : devices).Contains(e.ResourceId), because);
    }
}
