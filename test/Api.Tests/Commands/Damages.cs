using Grains.Checking;
using Grains.Events;
using Grains.Platform;
using Grains.Resources;
using Grains.Storage;
using Grains.Tenants;
using Grains.Abstractions.Indexes;

namespace Api.Tests.Commands;

/// <summary>Each way in which an invariant can be broken, by a row that is changed or deleted.</summary>
internal static class Damages
{
    private const string NoId = "0199aaaa-0000-7000-8000-00000000dead";
    private const string External = "u-externalid";

    /// <summary>What a repair mends without losing anything.</summary>
    public static IReadOnlyDictionary<string, (FindingKind Kind, Func<StoreCopy, Task> Do)> Mendable { get; } = new Dictionary<string, (FindingKind, Func<StoreCopy, Task>)>(StringComparer.Ordinal)
    {
        ["a bucket with a bit turned over"] = (FindingKind.RowDamaged, s => Done(() => s.Damage("bucket", $"{s.Sound.Directory}.u-username.0"))),
        ["a members' bucket with a bit turned over"] = (FindingKind.RowDamaged, s => Done(() => s.Damage("bucket", $"{s.Sound.Directory}.m-{s.Sound.Big}.1"))),
        ["a bucket in an unknown form"] = (FindingKind.RowUnreadable, s => s.Put("bucket", $"{s.Sound.Directory}.{External}.0", "{"u8.ToArray())),
        ["a bucket that is gone"] = (FindingKind.BucketMissing, s => Done(() => s.Drop("bucket", $"{s.Sound.Directory}.u-id.1"))),
        ["the first bucket gone"] = (FindingKind.BucketStray, s => Done(() => s.Drop("bucket", $"{s.Sound.Directory}.u-username.0"))),
        ["the first bucket of members gone"] = (FindingKind.BucketStray, s => Done(() => s.Drop("bucket", $"{s.Sound.Directory}.m-{s.Sound.Big}.0"))),
        ["the only bucket of members gone"] = (FindingKind.MemberMissing, s => Done(() => s.Drop("bucket", $"{s.Sound.Directory}.m-{s.Sound.Small}.0"))),
        ["a bucket that came from no split"] = (FindingKind.BucketStray, s => s.Put("bucket", $"{s.Sound.Directory}.u-id.4096", s.Get("bucket", $"{s.Sound.Directory}.u-id.1"))),
        ["a width ahead of its buckets"] = (FindingKind.WidthAhead, s => s.EditDirectory(d => d with { Widths = [.. d.Widths.Where(w => w.Index != External), new IndexWidth { Index = External, Width = 50 }] })),
        ["entries out of order"] = (FindingKind.EntryMisplaced, s => s.EditBucket(External, 0, b => b with { Entries = [.. b.Entries.Reverse()] })),
        ["an entry with another hash"] = (FindingKind.EntryMisplaced, s => s.EditBucket(External, 0, b => b with { Entries = [b.Entries[0] with { Hash = b.Entries[0].Hash ^ (1UL << 60) }, .. b.Entries[1..]] })),
        ["no claim of a userName"] = (FindingKind.ClaimMissing, s => s.DropEntry("u-username", "user7")),
        ["no claim of a new userName"] = (FindingKind.ClaimMissing, s => s.DropEntry("u-username", "after")),
        ["no externalId"] = (FindingKind.EntryMissing, s => s.DropEntry(External, "x7")),
        ["no id"] = (FindingKind.EntryMissing, s => s.DropEntry("u-id", s.Sound.Users[7])),
        ["no displayName of a group"] = (FindingKind.EntryMissing, s => s.DropEntry("g-displayname", "nested")),
        ["no id of a group"] = (FindingKind.EntryMissing, s => s.DropEntry("g-id", s.Sound.Nested)),
        ["a claim with two owners"] = (FindingKind.ClaimShared, s => s.AddOwner("u-username", "user7", s.Sound.Users[8])),
        ["a member that is not there"] = (FindingKind.MemberGone, s => s.AddOwner($"m-{s.Sound.Small}", NoId, NoId, "User")),
        ["members of a group that is not there"] = (FindingKind.MembersOfNoGroup, s => s.Put("bucket", $"{s.Sound.Directory}.m-{NoId}.0", s.Get("bucket", $"{s.Sound.Directory}.m-{s.Sound.Small}.0"))),
        ["a member that does not know"] = (FindingKind.LinkMissing, s => s.EditUser(s.Sound.Users[1], u => u with { Groups = [.. u.Groups.Where(g => g.Group != s.Sound.Small)] })),
        ["a group in a group that does not know"] = (FindingKind.LinkMissing, s => s.EditGroup(s.Sound.Small, g => g with { Groups = [] })),
        ["no member for a user that says so"] = (FindingKind.MemberMissing, s => s.DropEntry($"m-{s.Sound.Small}", s.Sound.Users[1])),
        ["no member for a group that says so"] = (FindingKind.MemberMissing, s => s.DropEntry($"m-{s.Sound.Nested}", s.Sound.Small)),
        ["a user that says it is a member and never was"] = (FindingKind.MemberMissing, s => s.EditUser(s.Sound.Users[20], u => u with { Groups = [.. u.Groups, new GroupLink { Group = s.Sound.Small, Version = 1 }] })),
        ["a user in a group that is not there"] = (FindingKind.LinkOfNoGroup, s => s.EditUser(s.Sound.Users[20], u => u with { Groups = [.. u.Groups, new GroupLink { Group = NoId, Version = 1 }] })),
        ["a wrong number of members"] = (FindingKind.MemberCountWrong, s => s.EditGroup(s.Sound.Small, g => g with { MemberCount = 17 })),
        ["a deleted user that owes a group, and nobody knows"] = (FindingKind.WorkUnwatched, async s =>
        {
            await s.EditUser(s.Sound.Deleted, u => u with { Groups = [new GroupLink { Group = s.Sound.Small, Version = 1 }] });
            await s.EditLog(l => l with { Cleared = 1_000_000 });
        }),
        ["an event that is not in the log"] = (FindingKind.EventMissing, async s =>
        {
            await s.EditGroup(s.Sound.Nested, g => g with { EventOpen = false });
            await s.EditLog(l => l with { Entries = Change(l.Entries, s.Sound.Nested, e => e with { WriteId = "other", Status = EventStatus.Dropped }) });
        }),
        ["an event marked as one that never was"] = (FindingKind.EventDropped, s => s.EditLog(l => l with { Entries = Change(l.Entries, s.Sound.Nested, e => e with { Status = EventStatus.Dropped }) })),
        ["a wrong number of users"] = (FindingKind.CountWrong, s => s.EditLog(l => l with { Users = l.Users + 1 })),
        ["an event twice"] = (FindingKind.EventTwice, s => s.EditLog(l => l with { Entries = [.. l.Entries, l.Entries.Last(e => e.ResourceId == s.Sound.Nested) with { Sequence = l.Entries[^1].Sequence + 1, WriteId = "other" }] })),
        ["a directory that its tenant does not list"] = (FindingKind.DirectoryNotListed, s => s.Edit<TenantState>("tenant", s.Sound.Tenant, t => t with { Directories = [] })),
        ["a tenant that the platform does not list"] = (FindingKind.TenantNotListed, s => s.Edit<PlatformState>("platform", "platform", p => p with { Tenants = [.. p.Tenants.Where(t => t != s.Sound.Tenant)] })),
    };

    /// <summary>What a repair leaves alone, since it cannot know what was there.</summary>
    public static IReadOnlyDictionary<string, (FindingKind Kind, Func<StoreCopy, Task> Do)> NotMendable { get; } = new Dictionary<string, (FindingKind, Func<StoreCopy, Task>)>(StringComparer.Ordinal)
    {
        ["a user with a bit turned over"] = (FindingKind.RowDamaged, s => Done(() => s.Damage("user", $"{s.Sound.Directory}.{s.Sound.Users[7]}"))),
        ["a user that is no JSON"] = (FindingKind.RowUnreadable, s => s.Put("user", $"{s.Sound.Directory}.{s.Sound.Users[7]}", "{"u8.ToArray())),
        ["a user that is gone"] = (FindingKind.ResourceLost, s => Done(() => s.DropUser(s.Sound.Users[7]))),
        ["a group that is gone"] = (FindingKind.ResourceLost, s => Done(() => s.Drop("group", $"{s.Sound.Directory}.{s.Sound.Small}"))),
        ["a row of no grain"] = (FindingKind.RowUnknown, s => s.Put("widget", "w", "{}"u8.ToArray())),
        ["a row with a key of another grain"] = (FindingKind.RowUnknown, s => s.Put("bucket", $"{s.Sound.Directory}.u-id", "{}"u8.ToArray())),
        ["a directory that is gone"] = (FindingKind.RowOfNoDirectory, s => Done(() => s.Drop("directory", s.Sound.Directory))),
        ["a userName that two users have"] = (FindingKind.NameTwice, s => s.EditUser(s.Sound.Users[7], u => u with { Attributes = new RawJson { Utf8 = """{"userName":"user8","externalId":"x7"}"""u8.ToArray() } })),
        ["a segment of the log that is gone"] = (FindingKind.LogGap, s => Done(() => s.Drop("eventsegment", $"{s.Sound.Directory}.log.0"))),
        ["a gap in the log"] = (FindingKind.LogGap, s => s.EditLog(l => l with { Entries = l.Entries[1..] })),
        ["events out of order"] = (FindingKind.EventsOutOfOrder, s => s.EditLog(l => l with { Entries = Change(l.Entries, s.Sound.Renamed, e => e with { Version = 3 - e.Version }) })),
        ["a user older than its last event"] = (FindingKind.RowBehindLog, s => s.EditUser(s.Sound.Renamed, u => u with { EventId = "older", ContentVersion = 1 })),
    };

    private static Task Done(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    private static LogEntry[] Change(LogEntry[] entries, string resource, Func<LogEntry, LogEntry> change)
    {
        entries.ShouldContain(e => e.ResourceId == resource);
        return Array.ConvertAll(entries, e => e.ResourceId == resource ? change(e) : e);
    }
}
