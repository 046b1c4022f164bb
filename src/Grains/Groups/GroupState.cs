using Grains.Abstractions.Events;
using Grains.Resources;
using Grains.Storage;

namespace Grains.Groups;

/// <summary>The row of a group: the head. Members live in buckets.</summary>
[GenerateSerializer, Immutable, Alias("muster.GroupState")]
public sealed record GroupState : IResourceState<GroupState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public ResourceStatus Status { get; init; }

    /// <summary>Fences everything written on the row's behalf.</summary>
    [Id(3)]
    public long Version { get; init; }

    /// <summary>The number in <c>meta.version</c>: the version of the last change of attributes or members.</summary>
    [Id(4)]
    public long ContentVersion { get; init; }

    /// <summary>Hints may not all stand yet (PROTOCOL R7).</summary>
    [Id(5)]
    public bool Marked { get; init; }

    [Id(6)]
    public DateTimeOffset Created { get; init; }

    [Id(7)]
    public DateTimeOffset LastModified { get; init; }

    /// <summary>The attributes but for <c>members</c>; null in a tombstone.</summary>
    [Id(8)]
    public RawJson? Attributes { get; init; }

    [Id(9)]
    public long MemberCount { get; init; }

    /// <summary>How many buckets the members' index has.</summary>
    [Id(10)]
    public long Width { get; init; } = 1;

    /// <summary>The last change of members. On disk it stays until the next write; done twice it changes nothing.</summary>
    [Id(11)]
    public MembershipIntent? Intent { get; init; }

    /// <summary>The groups that this group is a member of, and lately left.</summary>
    [Id(12)]
    public GroupLink[] Groups { get; init; } = [];

    /// <summary>Values to be released (PROTOCOL R8).</summary>
    [Id(13)]
    public WorkItem[] Work { get; init; } = [];

    /// <summary>The digest of the body that made the group, where an <c>Idempotency-Key</c> came with it.</summary>
    [Id(14)]
    public string? Digest { get; init; }

    /// <summary>Of a tombstone: its members have been told, and their buckets are being cleared.</summary>
    [Id(24)]
    public bool MembersTold { get; init; }

    /// <summary>Of a tombstone: its members have still to leave.</summary>
    [Id(15)]
    public bool Leaving { get; init; }

    /// <summary>
    /// When the group was imported, where it was. Whoever imports it asks for it by its id, so one that was cut off goes on by itself; and
    /// the event of its import is of this time, and not of its last change elsewhere.
    /// </summary>
    [Id(26)]
    public DateTimeOffset? Imported { get; init; }

    /// <inheritdoc />
    [Id(16)]
    public int IndexEpoch { get; init; }

    /// <inheritdoc />
    [Id(20)]
    public string? EventId { get; init; }

    /// <inheritdoc />
    [Id(25)]
    public string? EventBefore { get; init; }

    /// <inheritdoc />
    [Id(21)]
    public EventKind EventKind { get; init; }

    /// <inheritdoc />
    [Id(22)]
    public long LogFrom { get; init; }

    /// <summary>The event may not stand in the log yet (PROTOCOL R7).</summary>
    [Id(23)]
    public bool EventOpen { get; init; }

    DateTimeOffset IResourceState<GroupState>.EventAt => EventKind == EventKind.Create && Imported is { } at ? at : LastModified;

    /// <inheritdoc />
    public GroupState WithWriteId(string writeId) => this with { WriteId = writeId };

    /// <inheritdoc />
    public GroupState WithEvent(string eventId, string? before, EventKind kind, long from, int indexEpoch) =>
        this with { EventId = eventId, EventBefore = before, EventKind = kind, LogFrom = from, EventOpen = true, IndexEpoch = indexEpoch };
}
