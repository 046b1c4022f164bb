using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Groups;
using Grains.Events;
using Grains.Indexes;

namespace Grains.Checking;

/// <summary>What mends a finding.</summary>
internal abstract record Mend
{
    /// <summary>It lets go of what cannot be had back from the store itself: only done when that is asked for.</summary>
    public virtual bool Loses => false;

    /// <summary>Deletes a row.</summary>
    internal sealed record DropRow(string Type, string Key, string Name) : Mend;

    /// <summary>Deletes all buckets of an index that is nobody's.</summary>
    internal sealed record DropIndex(string Directory, string Index) : Mend;

    /// <summary>Deletes all buckets of an index, and fills it again from the resources themselves.</summary>
    internal sealed record RebuildIndex(DirectoryContext Directory, string Index, IReadOnlyList<Place> Entries) : Mend;

    /// <summary>Deletes all buckets of a group's members, and fills them again.</summary>
    internal sealed record RebuildMembers(DirectoryContext Directory, string Group, long Version, GroupMember[] Members) : Mend;

    /// <summary>Deletes all buckets of an org unit's users, and counts in again who has its name.</summary>
    internal sealed record RebuildUnit(DirectoryContext Directory, string Key, string Index, IReadOnlyList<Place> Users) : Mend;

    /// <summary>Puts an entry into an index, or claims a name.</summary>
    internal sealed record PutEntry(DirectoryContext Directory, Place Entry) : Mend;

    /// <summary>Takes an entry out of an index.</summary>
    internal sealed record RemoveEntry(DirectoryContext Directory, Place Entry) : Mend;

    /// <summary>Tells a user or group that it is in a group, or is not.</summary>
    internal sealed record Tell(DirectoryContext Directory, string Type, string Id, string Group, long Version, bool Joins) : Mend;

    /// <summary>Puts a member back into a group.</summary>
    internal sealed record PutMember(DirectoryContext Directory, string Group, long Version, GroupMember Member) : Mend;

    /// <summary>Takes a member out of a group, which is a change of the group.</summary>
    internal sealed record DropMember(DirectoryContext Directory, string Group, string Member) : Mend;

    /// <summary>Writes the number of members into a group's row.</summary>
    internal sealed record SetMemberCount(string Key, long Count) : Mend;

    /// <summary>Appends an event that is missing.</summary>
    internal sealed record AppendEvent(DirectoryContext Directory, NewEvent Event) : Mend;

    /// <summary>Writes into the log how many users, groups and others its segments leave.</summary>
    internal sealed record SetCounts(string Directory, long Users, long Groups, TypeCount[] Others) : Mend;

    /// <summary>Changes what the log says of an event. <paramref name="Segment"/> is null for the open end.</summary>
    internal sealed record SetEventStatus(string Directory, long? Segment, long Sequence, EventStatus Status) : Mend;

    /// <summary>Wakes a user or group, so that it goes on with what it has to do.</summary>
    internal sealed record Wake(DirectoryContext Directory, string Type, string Id) : Mend;

    /// <summary>Puts a name on the list of the platform or a tenant.</summary>
    internal sealed record List(string? Tenant, string Name) : Mend;

    /// <summary>Makes an end of a user or group whose row is gone: its deletion is written into the log.</summary>
    internal sealed record GiveUp(DirectoryContext Directory, NewEvent Deletion) : Mend
    {
        public override bool Loses => true;
    }

    /// <summary>Deletes a damaged row of a user or group.</summary>
    internal sealed record GiveUpRow(string Type, string Key, string Name) : Mend
    {
        public override bool Loses => true;
    }

    /// <summary>Where something stands in an index.</summary>
    internal readonly record struct Place(string Index, string Value, string Id, long Version, bool Unique)
    {
        public IndexTerm Term => new(Index, Value, Unique);
    }
}
