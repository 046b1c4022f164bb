using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Profiles;
using Grains.Directories;
using Grains.Events;
using Grains.Groups;
using Grains.Indexes;
using Grains.OrgUnits;
using Grains.Users;

namespace Grains.Checking;

/// <summary>
/// Compares all rows of one directory with each other, by the rules of PROTOCOL.md. A user or group is the truth about itself; a group's
/// buckets are about its members; the log is about what was acknowledged. Holds the directory in memory: about 1 kB for each resource.
/// </summary>
internal sealed class DirectoryCheck
{
    private readonly StateReader rows;
    private readonly DirectoryContext context;
    private readonly string id;
    private readonly Action<StoreFinding> report;
    private readonly IndexClient keys;
    private readonly Dictionary<string, ResourceFacts> users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ResourceFacts> groups = new(StringComparer.Ordinal);

    /// <summary>Users, groups, and the resources of the directory's own types, in the order in which these were declared.</summary>
    private readonly List<(string Type, Dictionary<string, ResourceFacts> Resources)> types;

    /// <summary>
    /// Rows that cannot be read, by the type of their grain: that something is missing because of them is not told again. The row of a user
    /// may be that of a resource of any type but <c>Group</c>.
    /// </summary>
    private readonly HashSet<(string RowType, string Id)> unread = [];
    private readonly Dictionary<string, SortedDictionary<long, BucketState?>> buckets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Kind, string Slug, OrgUnitState State)> units = new(StringComparer.Ordinal);
    private bool areUnitsWhole = true;
    private readonly HashSet<string> unreadIndexes = new(StringComparer.Ordinal);
    private Dictionary<string, List<GroupMember>>? membersByLinks;
    private readonly Dictionary<string, Mend> rebuilds = new(StringComparer.Ordinal);
    private LogContents log = new([]);
    private bool isLogWhole = true;

    public DirectoryCheck(StateReader rows, string id, DirectoryState state, Action<StoreFinding> report)
    {
        this.rows = rows;
        this.id = id;
        this.report = report;
        context = ContextOf(id, state);
        types = [("User", users), ("Group", groups), .. context.ResourceTypes.Select(t => (t.Name, new Dictionary<string, ResourceFacts>(StringComparer.Ordinal)))];
        keys = new IndexClient(grains: null!, context);
    }

    public long Users => users.Values.Count(u => u.IsLive);

    public long Groups => groups.Values.Count(g => g.IsLive);

    public long Others => types.Skip(2).Sum(t => t.Resources.Values.Count(r => r.IsLive));

    public long Members { get; private set; }

    public long Entries { get; private set; }

    public long Events => log.Count;

    public static DirectoryContext ContextOf(string id, DirectoryState state) => new()
    {
        Id = id,
        Tenant = state.Tenant,
        Dialect = state.Dialect,
        HashKey = state.HashKey,
        Widths = state.Widths,
        UserIndexes = state.UserIndexes,
        GroupIndexes = state.GroupIndexes,
        Extensions = state.Extensions,
        ResourceTypes = state.ResourceTypes,
        Indexes = state.Indexes,
        IndexEpoch = state.IndexEpoch,
        Rules = state.Profile?.Rules ?? DirectoryRules.Standard,
    };

    public void Run()
    {
        ReadResources();

        // Before the buckets: what a damaged one is filled from again is found by whose it is.
        ReadUnits();
        ReadBuckets();
        ReadLog();
        foreach (var (type, resources) in types)
        {
            LeaveOutCutOff(type, resources);
        }

        foreach (var (type, resources) in types)
        {
            CheckIndexes(ResourceIndexes.Of(context, type), resources, type);
        }

        foreach (var group in groups.Values)
        {
            CheckMembers(group);
        }

        CheckLinks();
        CheckArchive();
        CheckUnits();
        CheckStrayIndexes();
        CheckEvents();
    }

    private IEnumerable<ResourceFacts> All => types.SelectMany(t => t.Resources.Values);

    private static string RowType(string type) => type == "Group" ? "group" : "user";

    private IEnumerable<(ResourceFacts Resource, Mend.Place Entry)> InArchive =>
        users.Values.Where(u => u.IsArchived).Select(u => (u, new Mend.Place(IndexNames.Archive, u.Id, u.Id, u.Version, Unique: false)));

    private ResourceFacts? Find(string type, string resource) => types.Find(t => t.Type == type).Resources?.GetValueOrDefault(resource);

    private bool IsUnread(string type, string resource) => unread.Contains((RowType(type), resource));

    private void Damage(FindingKind kind, string subject, string detail, Mend? mend) =>
        report(new StoreFinding(FindingSeverity.Damage, kind, id, subject, detail) { Mend = mend });

    private void Unfinished(FindingKind kind, string subject, string detail, Mend? mend = null) =>
        report(new StoreFinding(FindingSeverity.Unfinished, kind, id, subject, detail) { Mend = mend });

    private void ReadResources()
    {
        var prefix = id + ".";
        foreach (var (row, state) in rows.Read<UserState>("user", prefix, id, LostRow))
        {
            var resource = GrainKeys.SplitResource(row.Key).Id;
            var type = state?.Type ?? "User";
            var known = types.Find(t => t.Type == type).Resources;
            if (state is null)
            {
                unread.Add(("user", resource));
            }
            else if (known is null || type == "Group")
            {
                unread.Add(("user", resource));
                Damage(FindingKind.RowUnknown, $"{row.Type}/{row.Key}", $"It is of type {type}, which the directory does not have.", mend: null);
            }
            else
            {
                known[resource] = ResourceFacts.Of(resource, state, ResourceIndexes.Of(context, type));
            }
        }

        var ofGroups = ResourceIndexes.OfGroups(context);
        foreach (var (row, state) in rows.Read<GroupState>("group", prefix, id, LostRow))
        {
            var group = GrainKeys.SplitResource(row.Key).Id;
            if (state is null)
            {
                unread.Add(("group", group));
            }
            else
            {
                groups[group] = ResourceFacts.Of(group, state, ofGroups);
            }
        }
    }

    private static Mend.GiveUpRow LostRow(StoredRow row) => new(row.Type, row.Key, row.Name);

    private void ReadBuckets()
    {
        // What one unreadable bucket held stands in the resources: its index is filled again.
        foreach (var (row, state) in rows.Read<BucketState>("bucket", id + ".", id, row => RebuildOf(GrainKeys.SplitBucket(row.Key).Index)))
        {
            var (_, index, number) = GrainKeys.SplitBucket(row.Key);
            if (!buckets.TryGetValue(index, out var ofIndex))
            {
                buckets[index] = ofIndex = [];
            }

            ofIndex[number] = state;
            if (state is null)
            {
                unreadIndexes.Add(index);
            }
        }
    }

    private void ReadUnits()
    {
        foreach (var (row, state) in rows.Read<OrgUnitState>("orgunit", id + ".", id, row => new Mend.GiveUpRow(row.Type, row.Key, row.Name)))
        {
            var (_, kind, slug) = GrainKeys.SplitOrgUnit(row.Key);
            areUnitsWhole &= state is not null;
            if (state is not null)
            {
                units[row.Key] = (kind, slug, state);
            }
        }
    }

    /// <summary>
    /// Who is counted in is there and has the name, and each unit is on the list of its kind, and nothing else is. That a user is not counted in is no damage: an
    /// admin may have deleted the unit, and it counts those who were provisioned since. So it is not known either that all buckets of a unit are missing.
    /// </summary>
    private void CheckUnits()
    {
        var lists = new Dictionary<string, IndexContents>(StringComparer.Ordinal);
        foreach (var kind in context.Rules.OrgUnits.Select(r => r.Kind))
        {
            var list = IndexNames.OrgUnits(kind);
            lists[kind] = ContentsOf(list, context.WidthOf(list), () => RebuildOf(list));
        }

        foreach (var (kind, listed) in lists)
        {
            CheckUnitList(kind, listed);
        }

        foreach (var (key, (kind, slug, state)) in units)
        {
            var subject = $"orgunit/{key}";
            if (state.Generation is not { } generation)
            {
                if (state.Clearing.Length > 0)
                {
                    Unfinished(FindingKind.WorkWaiting, subject, "It was deleted, and has still to be cleared.");
                }

                continue;
            }

            if (lists.TryGetValue(kind, out var listed) && !listed.Entries.ContainsKey((slug, slug)) && !unreadIndexes.Contains(IndexNames.OrgUnits(kind)))
            {
                Damage(FindingKind.EntryMissing, subject, "It is not on the list of its kind.", new Mend.PutEntry(context, UnitPlace(kind, slug, state)));
            }

            var index = IndexNames.Members(generation);
            var contents = ContentsOf(index, state.Width, () => RebuildOf(index));
            foreach (var ((user, _), entry) in contents.Entries)
            {
                var facts = users.GetValueOrDefault(user);
                var term = facts is { IsLive: true } ? facts.Terms.Find(t => t.Index == IndexNames.InOrgUnit(kind)) : default;
                if (IsUnread("User", user) || (term.Value is not null && OrgUnitNames.SlugOf(term.Value) == slug))
                {
                    continue;
                }

                if (facts?.Work.Any(w => w.Index == IndexNames.InOrgUnit(kind) && OrgUnitNames.SlugOf(w.Value) == slug) == true)
                {
                    Unfinished(FindingKind.EntryStale, subject, $"User {user} is being counted out.");
                    continue;
                }

                report(new StoreFinding(FindingSeverity.Leftover, FindingKind.EntryStale, id, subject, $"It counts user {user}, who is not there or has another {kind}.")
                {
                    Mend = new Mend.RemoveEntry(context, new Mend.Place(index, user, user, Math.Max(entry.Version, facts?.Version ?? 0), Unique: false)),
                });
            }
        }
    }

    /// <summary>
    /// A name on a list without a unit is what a crash may leave between the two; lists do not show it. The list is made anew: an entry that was
    /// taken away would keep out, by its version, a unit of the name that is made next.
    /// </summary>
    private void CheckUnitList(string kind, IndexContents listed)
    {
        var list = IndexNames.OrgUnits(kind);
        foreach (var (slug, _) in listed.Entries.Keys)
        {
            if (areUnitsWhole && !units.ContainsKey(GrainKeys.OrgUnit(id, kind, slug)))
            {
                report(new StoreFinding(FindingSeverity.Leftover, FindingKind.EntryOrphan, id, $"orgunit/{GrainKeys.OrgUnit(id, kind, slug)}", "It is on the list of its kind, and is not there.")
                {
                    Mend = RebuildOf(list),
                });
            }
        }
    }

    private static Mend.Place UnitPlace(string kind, string slug, OrgUnitState state) => new(IndexNames.OrgUnits(kind), slug, slug, state.Version, Unique: false);

    private void ReadLog()
    {
        var current = All.Select(r => r.EventId).OfType<string>();
        log = new LogContents(current);
        EventLogState? open = null;
        foreach (var (row, state) in rows.Read<EventLogState>("eventlog", id, id, _ => null))
        {
            if (row.Key == id)
            {
                open = state;
                isLogWhole &= state is not null;
            }
        }

        var segments = open?.Segments ?? 0;
        var next = 0L;
        var counted = new EventLogState();
        foreach (var (row, state) in rows.Read<EventSegmentState>("eventsegment", id + ".", id, _ => null).OrderBy(r => GrainKeys.SplitBucket(r.Row.Key).Number))
        {
            var number = GrainKeys.SplitBucket(row.Key).Number;
            var subject = $"eventsegment/{row.Key}";
            if (number >= segments)
            {
                // Those that were made and are not counted yet are made again, and found.
                if (number >= segments + EventLogState.MaxSealedAtOnce && isLogWhole)
                {
                    Damage(FindingKind.LogGap, subject, $"The log has {segments} segments, and this is number {number}.", mend: null);
                }

                continue;
            }

            for (; next < number; next++)
            {
                MissingSegment(next);
            }

            next = number + 1;
            if (state is null)
            {
                isLogWhole = false;
                continue;
            }

            if (!IsInSequence(state.Entries, number * EventLogState.SegmentSize) || state.Entries.Length != EventLogState.SegmentSize)
            {
                isLogWhole = false;
                Damage(FindingKind.LogGap, subject, "Its events are not in sequence.", mend: null);
            }

            counted = counted.Counting(state.Entries);
            foreach (var entry in state.Entries)
            {
                log.Add(entry, number, open!.Cleared);
            }
        }

        for (; next < segments; next++)
        {
            MissingSegment(next);
        }

        if (open is null)
        {
            return;
        }

        if (!IsInSequence(open.Entries, open.First))
        {
            isLogWhole = false;
            Damage(FindingKind.LogGap, $"eventlog/{id}", "Its events are not in sequence.", mend: null);
        }

        if (isLogWhole && ((open.Users, open.Groups) != (counted.Users, counted.Groups) || !open.Others.SequenceEqual(counted.Others)))
        {
            Damage(
                FindingKind.CountWrong,
                $"eventlog/{id}",
                $"It says that its segments leave {Counts(open)}; by their events they leave {Counts(counted)}.",
                new Mend.SetCounts(id, counted.Users, counted.Groups, counted.Others));
        }

        foreach (var entry in open.Entries)
        {
            log.Add(entry, segment: null, open.Cleared);
        }

        foreach (var name in open.Unfinished)
        {
            log.Watched.Add((name.Type, name.Id));
        }
    }

    private static string Counts(EventLogState state) =>
        $"{state.Users} users and {state.Groups} groups{string.Concat(state.Others.Select(o => $", {o.Count} of type {o.Type}"))}";

    private void MissingSegment(long number)
    {
        isLogWhole = false;
        Damage(FindingKind.LogGap, $"eventsegment/{GrainKeys.Bucket(id, "log", number)}", $"The {EventLogState.SegmentSize} events of segment {number} are gone.", mend: null);
    }

    private static bool IsInSequence(LogEntry[] entries, long first)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Sequence != first + i)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether an index may lack what a resource has: a create that was cut off, whose event nobody has settled; or a change that was, by
    /// one who did not know of an index that was added meanwhile.
    /// </summary>
    private bool IsBeingMade(ResourceFacts resource) =>
        (resource.Marked || (resource.EventOpen && resource.IndexEpoch < context.IndexEpoch)) && !IsSettled(resource);

    private void CheckIndexes(ResourceIndexes indexes, Dictionary<string, ResourceFacts> resources, string type)
    {
        foreach (var index in indexes.Names)
        {
            var contents = ContentsOf(index, context.WidthOf(index), () => RebuildOf(index));
            var expected = ExpectedIn(index, indexes.IdIndex, resources).ToList();
            if (!IsBeingBuilt(index))
            {
                CheckPresent(index, contents, expected);
            }

            CheckBelongs(index, contents, indexes.IdIndex, resources, type);
            if (index == IndexNames.UserName)
            {
                CheckUnique(contents, expected);
            }
        }
    }

    /// <summary>Not everyone stands in it yet; a directory goes on with it when it is next active.</summary>
    private bool IsBeingBuilt(string index) => Array.Exists(context.Indexes, i => i.Status == IndexStatus.Building && IndexNames.Of(i) == index);

    /// <summary>Rows of creates that were cut off before anything else of them stood: neither an index nor the log names them.</summary>
    private void LeaveOutCutOff(string type, Dictionary<string, ResourceFacts> resources)
    {
        var suspects = resources.Values.Where(r => r is { IsLive: true, Marked: true, EventOpen: true, EventKind: EventKind.Create, EventId: { } eventId } && !log.Found.ContainsKey(eventId)).ToList();
        if (suspects.Count == 0)
        {
            return;
        }

        var prefix = IndexNames.PrefixOf(type) + "-";
        var named = buckets.Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal))
            .SelectMany(b => b.Value.Values.OfType<BucketState>())
            .SelectMany(b => b.Entries)
            .SelectMany(e => e.Owners)
            .Select(o => o.Id)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var cutOff in suspects.Where(s => isLogWhole && !named.Contains(s.Id) && log.Last(type, s.Id) is null))
        {
            resources.Remove(cutOff.Id);
            report(new StoreFinding(FindingSeverity.Leftover, FindingKind.CreateCutOff, id, Row(cutOff), "Its create was cut off and never acknowledged; neither an index nor the log names it.")
            {
                Mend = new Mend.DropRow(RowType(type), GrainKeys.Resource(id, cutOff.Id), RowType(type)),
            });
        }
    }

    private static IEnumerable<(ResourceFacts Resource, Mend.Place Entry)> ExpectedIn(string index, string idIndex, Dictionary<string, ResourceFacts> resources) =>
        resources.Values.Where(r => r.IsLive).SelectMany(r => index == idIndex
            ? [(r, new Mend.Place(index, r.Id, r.Id, r.Version, Unique: false))]
            : r.Terms.Where(t => t.Index == index).Select(t => (r, new Mend.Place(index, t.Value, r.Id, r.Version, t.Unique))));

    /// <summary>One for each index, whatever is wrong with how many of its buckets.</summary>
    private Mend RebuildOf(string index)
    {
        if (!rebuilds.TryGetValue(index, out var mend))
        {
            rebuilds[index] = mend = NewRebuildOf(index);
        }

        return mend;
    }

    private Mend NewRebuildOf(string index)
    {
        if (UnitOf(index) is { } unit)
        {
            // Who was counted in is not to be known from the users: those who have the name are counted in again, all of them.
            var term = IndexNames.InOrgUnit(unit.Kind);
            var members = users.Values.Where(u => u.IsLive).SelectMany(u => u.Terms.Where(t => t.Index == term && OrgUnitNames.SlugOf(t.Value) == unit.Slug).Select(t => new Mend.Place(term, t.Value, u.Id, u.Version, Unique: false)));
            return new Mend.RebuildUnit(context, GrainKeys.OrgUnit(id, unit.Kind, unit.Slug), index, [.. members]);
        }

        if (!IndexNames.IsOfDirectory(index))
        {
            return groups.TryGetValue(index[IndexNames.Members("").Length..], out var group) && group.IsLive
                ? new Mend.RebuildMembers(context, group.Id, group.Version, MembersByLinks(group.Id))
                : new Mend.DropIndex(id, index);
        }

        if (index == IndexNames.Archive)
        {
            return new Mend.RebuildIndex(context, index, [.. InArchive.Select(e => e.Entry)]);
        }

        if (context.Rules.OrgUnits.FirstOrDefault(r => IndexNames.OrgUnits(r.Kind) == index) is { } rule)
        {
            return new Mend.RebuildIndex(context, index, [.. units.Values.Where(u => u.Kind == rule.Kind && u.State.Generation is not null).Select(u => UnitPlace(u.Kind, u.Slug, u.State))]);
        }

        var entries = types.Where(t => ResourceIndexes.Of(context, t.Type).Names.Contains(index))
            .SelectMany(t => ExpectedIn(index, ResourceIndexes.Of(context, t.Type).IdIndex, t.Resources));
        return new Mend.RebuildIndex(context, index, [.. entries.Select(e => e.Entry)]);
    }

    private (string Kind, string Slug, OrgUnitState State)? UnitOf(string index)
    {
        foreach (var unit in units.Values)
        {
            if (unit.State.Generation is { } generation && IndexNames.Members(generation) == index)
            {
                return unit;
            }
        }

        return null;
    }

    /// <summary>Who says that it is in a group: what a group's buckets are filled from again.</summary>
    private GroupMember[] MembersByLinks(string group)
    {
        if (membersByLinks is null)
        {
            membersByLinks = new Dictionary<string, List<GroupMember>>(StringComparer.Ordinal);
            foreach (var resource in users.Values.Concat(groups.Values).Where(r => r.IsLive))
            {
                foreach (var link in resource.Links.Values.Where(l => l.Left == 0))
                {
                    if (!membersByLinks.TryGetValue(link.Group, out var members))
                    {
                        membersByLinks[link.Group] = members = [];
                    }

                    members.Add(new GroupMember { Id = resource.Id, Type = resource.Type });
                }
            }
        }

        return membersByLinks.TryGetValue(group, out var found) ? [.. found] : [];
    }

    private IndexContents ContentsOf(string index, long width, Func<Mend> rebuild)
    {
        var contents = new IndexContents($"{id}.{index}", buckets.GetValueOrDefault(index) ?? [], width, value => keys.KeyOfStored(index, value));
        Mend? mend = null;
        foreach (var (kind, subject, detail) in contents.Faults)
        {
            Damage(kind, subject, detail, mend ??= rebuild());
        }

        foreach (var number in contents.Splitting)
        {
            Unfinished(FindingKind.SplitUnderWay, $"bucket/{id}.{index}.{number}", "The next change of what moves goes on with it.");
        }

        if (contents.Faults.Count > 0)
        {
            unreadIndexes.Add(index);
        }

        Entries += contents.Entries.Count;
        return contents;
    }

    private void CheckPresent(string index, IndexContents contents, List<(ResourceFacts Resource, Mend.Place Entry)> expected)
    {
        foreach (var (resource, entry) in expected)
        {
            var value = IndexClient.Shorten(entry.Value);
            if (contents.Entries.ContainsKey((value, resource.Id)) || contents.Common.Contains(value) || unreadIndexes.Contains(index))
            {
                // What a damaged bucket has lost comes back when its index is filled again.
                continue;
            }

            var kind = entry.Unique ? FindingKind.ClaimMissing : FindingKind.EntryMissing;
            var detail = $"It does not stand in the index {index} under '{entry.Value}'.";
            if (IsBeingMade(resource))
            {
                Unfinished(kind, $"{Row(resource)}", detail + " It is being made.");
            }
            else if (entry.Unique && contents.Entries.Keys.FirstOrDefault(k => k.Value == value && users.GetValueOrDefault(k.Id) is { IsLive: true } other && Has(other, index, value)) is { Id: { } holder })
            {
                Damage(FindingKind.NameTwice, Row(resource), $"Its userName '{entry.Value}' is that of user {holder} too, who holds the claim.", mend: null);
            }
            else
            {
                Damage(kind, Row(resource), detail, new Mend.PutEntry(context, entry));
            }
        }
    }

    private static bool Has(ResourceFacts resource, string index, string value) =>
        resource.Terms.Exists(t => t.Index == index && IndexClient.Shorten(t.Value) == value);

    private string Row(ResourceFacts resource) => $"{RowType(resource.Type)}/{GrainKeys.Resource(id, resource.Id)}";

    private void CheckBelongs(string index, IndexContents contents, string idIndex, Dictionary<string, ResourceFacts> resources, string type)
    {
        foreach (var ((value, owner), entry) in contents.Entries)
        {
            var resource = resources.GetValueOrDefault(owner);
            if (IsUnread(type, owner) || (resource is { IsLive: true } && (index == idIndex ? value == owner : Has(resource, index, value))))
            {
                continue;
            }

            var subject = $"bucket/{id}.{index}";
            var remove = new Mend.RemoveEntry(context, new Mend.Place(index, value, owner, Math.Max(entry.Version, resource?.Version ?? 0), Unique: false));
            if (resource?.Work.Contains((index, value)) == true)
            {
                Unfinished(FindingKind.EntryStale, subject, $"'{value}' is being released by {type} {owner}.");
            }
            else if (resource is { IsLive: true })
            {
                report(new StoreFinding(FindingSeverity.Leftover, FindingKind.EntryStale, id, subject, $"'{value}' names {type} {owner}, which does not have that value.") { Mend = remove });
            }
            else
            {
                report(new StoreFinding(FindingSeverity.Leftover, FindingKind.EntryOrphan, id, subject, $"'{value}' names {type} {owner}, which is not there.") { Mend = remove });
            }
        }
    }

    /// <summary>Every user that was deleted and is kept stands in the archive's index, and nobody else does.</summary>
    private void CheckArchive()
    {
        const string Index = IndexNames.Archive;
        var contents = ContentsOf(Index, context.WidthOf(Index), () => RebuildOf(Index));
        CheckPresent(Index, contents, [.. InArchive]);
        foreach (var ((value, owner), entry) in contents.Entries)
        {
            var user = users.GetValueOrDefault(owner);
            if (IsUnread("User", owner) || (value == owner && user is { IsArchived: true }))
            {
                continue;
            }

            var subject = $"bucket/{id}.{Index}";
            if (user?.Work.Contains((Index, value)) == true)
            {
                Unfinished(FindingKind.EntryStale, subject, $"'{value}' is being released by user {owner}.");
                continue;
            }

            report(new StoreFinding(FindingSeverity.Leftover, user is null ? FindingKind.EntryOrphan : FindingKind.EntryStale, id, subject, $"'{value}' names user {owner}, who is not in the archive.")
            {
                Mend = new Mend.RemoveEntry(context, new Mend.Place(Index, value, owner, Math.Max(entry.Version, user?.Version ?? 0), Unique: false)),
            });
        }
    }

    private void CheckUnique(IndexContents contents, List<(ResourceFacts Resource, Mend.Place Entry)> expected)
    {
        foreach (var value in contents.Shared)
        {
            var holders = expected.Where(e => IndexClient.Shorten(e.Entry.Value) == value).Select(e => e.Entry).ToList();
            Damage(
                FindingKind.ClaimShared,
                $"bucket/{id}.{IndexNames.UserName}",
                $"'{value}' has several owners: {string.Join(", ", contents.Entries.Keys.Where(k => k.Value == value).Select(k => k.Id))}.",
                holders.Count == 1 ? new Mend.PutEntry(context, holders[0]) : null);
        }
    }

    private void CheckMembers(ResourceFacts group)
    {
        var index = IndexNames.Members(group.Id);
        if (!group.IsLive)
        {
            return;
        }

        var contents = ContentsOf(index, group.Width, () => RebuildOf(index));
        var mayLack = unreadIndexes.Contains(index);
        var present = contents.Entries.Keys.Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        var found = 0;
        foreach (var ((member, _), entry) in contents.Entries)
        {
            var type = entry.Tag ?? "User";
            var resource = Find(type, member);
            if (resource is { IsLive: true })
            {
                Members++;
                found += CheckLinkOf(group, resource, entry) ? 0 : 1;
            }
            else if (!IsUnread(type, member))
            {
                found++;
                if (IsUnderWay(group, member))
                {
                    Unfinished(FindingKind.MembersUnderWay, Row(group), $"{type} {member} is being made a member, or none.");
                }
                else if (resource is { Owes: true } && resource.Links.ContainsKey(group.Id))
                {
                    Unfinished(FindingKind.MemberGone, Row(group), $"Its member {type} {member} was deleted, and has still to leave.");
                }
                else
                {
                    Damage(FindingKind.MemberGone, Row(group), $"Its member {type} {member} is not there.", new Mend.DropMember(context, group.Id, member));
                }
            }
        }

        var missing = MembersByLinks(group.Id).Where(m => !present.Contains(m.Id)).ToArray();
        foreach (var member in missing)
        {
            if (mayLack)
            {
                break;
            }

            found++;
            MissingMember(group, member, contents, present.Count, missing.Length);
        }

        if (found == 0 && !mayLack && group.MemberCount != present.Count)
        {
            if (group.Intent.Count > 0 && !IsSettled(group))
            {
                Unfinished(FindingKind.MembersUnderWay, Row(group), $"It has {present.Count} members of {group.MemberCount}: its last change is being finished.");
                return;
            }

            Damage(
                FindingKind.MemberCountWrong,
                Row(group),
                $"It says that it has {group.MemberCount} members, and has {present.Count}.",
                new Mend.SetMemberCount(GrainKeys.Resource(id, group.Id), present.Count));
        }
    }

    /// <returns>Whether the member knows of the group.</returns>
    private bool CheckLinkOf(ResourceFacts group, ResourceFacts member, BucketOwner entry)
    {
        if (member.Links.TryGetValue(group.Id, out var link) && link.Left == 0)
        {
            return true;
        }

        if (IsUnderWay(group, member.Id))
        {
            Unfinished(FindingKind.MembersUnderWay, Row(group), $"{member.Type} {member.Id} is being told that it is a member, or is none any more.");
        }
        else if (link is not null && link.Version > entry.Version)
        {
            Damage(FindingKind.LinkMissing, Row(member), $"It has left group {group.Id}, which still has it as a member.", new Mend.DropMember(context, group.Id, member.Id));
        }
        else
        {
            Damage(
                FindingKind.LinkMissing,
                Row(member),
                $"It is a member of group {group.Id} and does not know of it.",
                new Mend.Tell(context, member.Type, member.Id, group.Id, Math.Max(group.Version, (link?.Version ?? 0) + 1), Joins: true));
        }

        return false;
    }

    /// <summary>
    /// Of a change whose event is settled all has been done, though the row lists it until the next write: what is missing of it then
    /// is damage.
    /// </summary>
    private bool IsUnderWay(ResourceFacts group, string member) => group.Intent.Contains(member) && !IsSettled(group);

    private bool IsSettled(ResourceFacts resource) =>
        resource.EventId is { } eventId && log.Found.TryGetValue(eventId, out var place) && place.Entry.Status == EventStatus.Settled;

    private void MissingMember(ResourceFacts group, GroupMember member, IndexContents contents, int present, int missing)
    {
        var resource = Find(member.Type, member.Id)!;
        var link = resource.Links[group.Id];
        if (IsUnderWay(group, member.Id))
        {
            Unfinished(FindingKind.MembersUnderWay, Row(group), $"{member.Type} {member.Id} is being made a member, or none.");
            return;
        }

        var hasLeft = contents.Left.TryGetValue((member.Id, member.Id), out var left) && left > link.Version;

        // By the number of its members a group tells whether they were lost, or were never more than those that it has.
        var isLost = !hasLeft && (present + missing == group.MemberCount || present != group.MemberCount);
        Damage(
            FindingKind.MemberMissing,
            Row(resource),
            $"It says that it is in group {group.Id}, which does not have it as a member.",
            isLost
                ? new Mend.PutMember(context, group.Id, group.Version, member)
                : new Mend.Tell(context, member.Type, member.Id, group.Id, Math.Max(group.Version, link.Version + 1), Joins: false));
    }

    private void CheckLinks()
    {
        foreach (var resource in users.Values.Concat(groups.Values))
        {
            foreach (var link in resource.Links.Values)
            {
                if (link.Left != 0 || !resource.IsLive || IsUnread("Group", link.Group))
                {
                    continue;
                }

                var group = groups.GetValueOrDefault(link.Group);
                if (group is { IsLive: true })
                {
                    continue;
                }

                if (group is { Leaving: true })
                {
                    Unfinished(FindingKind.LinkOfNoGroup, Row(resource), $"Group {link.Group} was deleted, and has still to tell it.");
                }
                else
                {
                    Damage(
                        FindingKind.LinkOfNoGroup,
                        Row(resource),
                        $"It says that it is in group {link.Group}, which is not there.",
                        new Mend.Tell(context, resource.Type, resource.Id, link.Group, Math.Max(link.Version, group?.Version ?? 0) + 1, Joins: false));
                }
            }

            if (resource.Owes)
            {
                var isWatched = log.Watched.Contains((resource.Type, resource.Id)) || !isLogWhole;
                var detail = "It was deleted, and has still to leave its groups, or its members to leave it.";
                if (isWatched)
                {
                    Unfinished(FindingKind.WorkWaiting, Row(resource), detail);
                }
                else
                {
                    Damage(FindingKind.WorkUnwatched, Row(resource), detail + " The log does not know.", new Mend.Wake(context, resource.Type, resource.Id));
                }
            }
        }
    }

    /// <summary>Buckets of indexes that the directory does not have, or of groups that are not there.</summary>
    private void CheckStrayIndexes()
    {
        var known = ResourceIndexes.All(context).SelectMany(i => i.Names).ToHashSet(StringComparer.Ordinal);
        known.Add(IndexNames.Archive);
        known.UnionWith(context.Rules.OrgUnits.Select(r => IndexNames.OrgUnits(r.Kind)));
        known.UnionWith(units.Values.SelectMany(u => u.State.Clearing.Append(u.State.Generation).OfType<string>().Select(IndexNames.Members)));
        foreach (var index in context.Indexes.Where(i => i.Status != IndexStatus.Ready))
        {
            known.Add(IndexNames.Of(index));
            Unfinished(
                FindingKind.IndexUnderWay,
                $"directory/{id}",
                index.Status == IndexStatus.Building ? $"The index of {index.ResourceType} by {index.Path} is being built." : $"The index of {index.ResourceType} by {index.Path} was taken away, and has still to be cleared.");
        }

        foreach (var index in buckets.Keys.Where(i => !known.Contains(i)))
        {
            var group = IndexNames.IsOfDirectory(index) ? null : index[IndexNames.Members("").Length..];
            var facts = group is null ? null : groups.GetValueOrDefault(group);
            if (facts is { IsLive: true } || (group is not null && (IsUnread("Group", group) || !areUnitsWhole)))
            {
                continue;
            }

            if (facts is { Leaving: true })
            {
                Unfinished(FindingKind.MembersOfNoGroup, $"bucket/{id}.{index}", $"Group {group} was deleted, and has still to clear them.");
            }
            else
            {
                Damage(FindingKind.MembersOfNoGroup, $"bucket/{id}.{index}", group is null ? "The directory has no such index." : $"Neither a group {group} nor an org unit that has them is there.", new Mend.DropIndex(id, index));
            }
        }
    }

    private void CheckEvents()
    {
        foreach (var (entry, segment, twice) in log.Disordered)
        {
            var subject = segment is { } number ? $"eventsegment/{GrainKeys.Bucket(id, "log", number)}" : $"eventlog/{id}";
            if (twice)
            {
                Damage(
                    FindingKind.EventTwice,
                    subject,
                    $"Event {entry.Sequence} is of version {entry.Version} of {entry.ResourceType} {entry.ResourceId}, which has one already.",
                    new Mend.SetEventStatus(id, segment, entry.Sequence, EventStatus.Dropped));
            }
            else
            {
                Damage(FindingKind.EventsOutOfOrder, subject, $"Event {entry.Sequence}, of version {entry.Version} of {entry.ResourceType} {entry.ResourceId}, comes after a newer one.", mend: null);
            }
        }

        if (log.Unsettled > 0)
        {
            Unfinished(FindingKind.EventsUnsettled, $"eventlog/{id}", $"{log.Unsettled} events are not settled yet: the log asks their resources.");
        }

        foreach (var resource in All)
        {
            CheckLastEvent(resource);
        }

        foreach (var ((type, resource), last) in log.Resources)
        {
            if (last.Kind != EventKind.Delete && Find(type, resource) is null)
            {
                Damage(
                    FindingKind.ResourceLost,
                    $"{RowType(type)}/{GrainKeys.Resource(id, resource)}",
                    IsUnread(type, resource)
                        ? $"Its row cannot be read; by event {last.Sequence} it stands at version {last.Version}."
                        : $"It has no row; by event {last.Sequence} it stands at version {last.Version}.",
                    IsUnread(type, resource) ? null : new Mend.GiveUp(context, Deletion(type, resource, last.Version + 1)));
            }
        }
    }

    private static NewEvent Deletion(string type, string resource, long version) => new()
    {
        ResourceType = type,
        ResourceId = resource,
        WriteId = Guid.NewGuid().ToString("N"),
        Version = version,
        Kind = EventKind.Delete,
        At = DateTimeOffset.UnixEpoch,
    };

    private void CheckLastEvent(ResourceFacts resource)
    {
        if (resource.EventId is not { } eventId)
        {
            return;
        }

        var last = log.Last(resource.Type, resource.Id);
        if (!log.Found.TryGetValue(eventId, out var place))
        {
            if (last is not null && last.Kind != EventKind.Delete && last.Version >= resource.ContentVersion)
            {
                Damage(FindingKind.RowBehindLog, Row(resource), $"It is at version {resource.ContentVersion}, and the log at {last.Version}.", mend: null);
            }
            else if (isLogWhole && !IsResent(resource))
            {
                Damage(FindingKind.EventMissing, Row(resource), $"The event of its version {resource.ContentVersion} is not in the log.", new Mend.AppendEvent(context, new NewEvent
                {
                    ResourceType = resource.Type,
                    ResourceId = resource.Id,
                    WriteId = eventId,
                    Version = resource.ContentVersion,
                    Kind = resource.EventKind,
                    At = resource.LastModified,
                }));
            }
            else if (isLogWhole)
            {
                Unfinished(FindingKind.EventMissing, Row(resource), $"The event of its version {resource.ContentVersion} is sent again when the resource is next met.", new Mend.Wake(context, resource.Type, resource.Id));
            }

            return;
        }

        if (place.Entry.Status == EventStatus.Dropped)
        {
            Damage(
                FindingKind.EventDropped,
                Row(resource),
                $"Event {place.Entry.Sequence}, of its version {resource.ContentVersion}, is marked as one that never came to be.",
                new Mend.SetEventStatus(id, place.Segment, place.Entry.Sequence, EventStatus.Settled));
        }
        else if (last is not null && last.Sequence > place.Entry.Sequence)
        {
            Damage(FindingKind.RowBehindLog, Row(resource), $"It is at version {resource.ContentVersion}, and the log has an event of version {last.Version} behind that.", mend: null);
        }
    }

    /// <summary>A row that says that its event may not stand sends it again.</summary>
    private static bool IsResent(ResourceFacts resource) => resource.EventOpen;
}
