using Grains.Abstractions.Events;
using Grains.Abstractions.Users;
using Grains.Resources;
using Grains.Storage;

namespace Grains.Users;

/// <summary>The row of a user, or of a resource of one of the directory's own types.</summary>
[GenerateSerializer, Immutable, Alias("muster.UserState")]
public sealed record UserState : IResourceState<UserState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public ResourceStatus Status { get; init; }

    /// <summary>Fences everything written on the row's behalf. Grows with every change, and with a question that was answered no.</summary>
    [Id(3)]
    public long Version { get; init; }

    /// <summary>The number in <c>meta.version</c>: the version of the last change of the resource itself.</summary>
    [Id(4)]
    public long ContentVersion { get; init; }

    /// <summary>Claims and hints may not all stand yet (PROTOCOL R7).</summary>
    [Id(5)]
    public bool Marked { get; init; }

    [Id(6)]
    public DateTimeOffset Created { get; init; }

    [Id(7)]
    public DateTimeOffset LastModified { get; init; }

    /// <summary>The attributes, as sent but normalised; null in a tombstone that does not keep its user.</summary>
    [Id(8)]
    public RawJson? Attributes { get; init; }

    /// <summary>The groups the user is in, and lately left.</summary>
    [Id(9)]
    public GroupLink[] Groups { get; init; } = [];

    /// <summary>Values to be released (PROTOCOL R8).</summary>
    [Id(10)]
    public WorkItem[] Work { get; init; } = [];

    /// <summary>The digest of the body that made the user, where an <c>Idempotency-Key</c> came with it.</summary>
    [Id(11)]
    public string? Digest { get; init; }

    /// <summary>
    /// When the user was imported, where it was. Whoever imports it asks for it by its id, so one that was cut off goes on by itself; and
    /// the event of its import is of this time, and not of its last change elsewhere.
    /// </summary>
    [Id(12)]
    public DateTimeOffset? Imported { get; init; }

    /// <summary>The name of the directory's own type that the resource is of; null for a user.</summary>
    [Id(13)]
    public string? Type { get; init; }

    /// <summary>Of a tombstone that keeps its user: when the user was deleted. It is in the archive; all else of a tombstone holds of it.</summary>
    [Id(30)]
    public DateTimeOffset? Archived { get; init; }

    /// <summary>That an admin has invited the user, or null.</summary>
    [Id(31)]
    public Invitation? Invitation { get; init; }

    /// <summary>When it was last brought back from the archive: its last create is no create that was cut off.</summary>
    [Id(32)]
    public DateTimeOffset? Restored { get; init; }

    /// <summary>Of one that came back: when its values were last sent. An org unit that was deleted since stays so.</summary>
    [Id(33)]
    public DateTimeOffset? Provisioned { get; init; }

    /// <inheritdoc />
    [Id(16)]
    public int IndexEpoch { get; init; }

    /// <inheritdoc />
    [Id(20)]
    public string? EventId { get; init; }

    /// <inheritdoc />
    [Id(24)]
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

    /// <summary>Whether the user was deleted and is kept.</summary>
    internal bool IsArchived => Status == ResourceStatus.Tombstone && Archived is not null;

    DateTimeOffset IResourceState<UserState>.EventAt => Archived is { } deleted ? deleted : EventKind == EventKind.Create && Imported is { } at ? at : LastModified;

    /// <inheritdoc />
    public UserState WithWriteId(string writeId) => this with { WriteId = writeId };

    /// <inheritdoc />
    public UserState WithEvent(string eventId, string? before, EventKind kind, long from, int indexEpoch) =>
        this with { EventId = eventId, EventBefore = before, EventKind = kind, LogFrom = from, EventOpen = true, IndexEpoch = indexEpoch };
}
