namespace Grains.Checking;

/// <summary>Which invariant of a store does not hold.</summary>
public enum FindingKind
{
    /// <summary>A row's checksum is wrong.</summary>
    RowDamaged,

    /// <summary>A row's checksum is right, and its state cannot be read.</summary>
    RowUnreadable,

    /// <summary>A row is of no grain that this version knows, or its key is none of that grain's.</summary>
    RowUnknown,

    /// <summary>A row belongs to a directory that has no row, or was removed.</summary>
    RowOfNoDirectory,

    /// <summary>A directory is not listed by its tenant.</summary>
    DirectoryNotListed,

    /// <summary>A tenant is not listed by the platform.</summary>
    TenantNotListed,

    /// <summary>A removal of a directory or a tenant is under way.</summary>
    RemovalUnderWay,

    /// <summary>An index is being built, or was taken away and has still to be cleared.</summary>
    IndexUnderWay,

    /// <summary>A user or group does not stand in an index under a value that it has; <c>userName</c> excepted.</summary>
    EntryMissing,

    /// <summary>A user's userName is not claimed for it.</summary>
    ClaimMissing,

    /// <summary>Two users have the same userName.</summary>
    NameTwice,

    /// <summary>A unique value has several owners.</summary>
    ClaimShared,

    /// <summary>An index names a user or group under a value that it does not have.</summary>
    EntryStale,

    /// <summary>An index names a user or group that is not there.</summary>
    EntryOrphan,

    /// <summary>The row of a user or group whose create was cut off before anything named it.</summary>
    CreateCutOff,

    /// <summary>An index entry is in a bucket, or at a place in it, where nobody looks for it.</summary>
    EntryMisplaced,

    /// <summary>A bucket that has split lacks the bucket that it split into.</summary>
    BucketMissing,

    /// <summary>A bucket came from no split.</summary>
    BucketStray,

    /// <summary>An index is said to have more buckets than there are.</summary>
    WidthAhead,

    /// <summary>A split of a bucket is under way.</summary>
    SplitUnderWay,

    /// <summary>The members of a group that is not there.</summary>
    MembersOfNoGroup,

    /// <summary>A group has a member that is not there.</summary>
    MemberGone,

    /// <summary>A group has a member that does not know of it.</summary>
    LinkMissing,

    /// <summary>A user or group says that it is in a group that does not have it.</summary>
    MemberMissing,

    /// <summary>A user or group says that it is in a group that is not there.</summary>
    LinkOfNoGroup,

    /// <summary>A group's number of members is not that of its members.</summary>
    MemberCountWrong,

    /// <summary>A change of a group's members is under way.</summary>
    MembersUnderWay,

    /// <summary>A deleted user or group has still to leave, and nobody will wake it.</summary>
    WorkUnwatched,

    /// <summary>A deleted user or group has still to leave; the log wakes it.</summary>
    WorkWaiting,

    /// <summary>The sequence of the log has a gap.</summary>
    LogGap,

    /// <summary>The log's numbers of users and groups are not those of its events.</summary>
    CountWrong,

    /// <summary>The last event of a user or group is not in the log.</summary>
    EventMissing,

    /// <summary>The event of a change that stands is marked as one that does not.</summary>
    EventDropped,

    /// <summary>An event stands twice.</summary>
    EventTwice,

    /// <summary>Events of one user or group are not in the order of their versions.</summary>
    EventsOutOfOrder,

    /// <summary>Events whose resources have not said yet what became of them.</summary>
    EventsUnsettled,

    /// <summary>A user or group is older than its last event.</summary>
    RowBehindLog,

    /// <summary>A user or group has no row, and by the log it was not deleted.</summary>
    ResourceLost,
}
