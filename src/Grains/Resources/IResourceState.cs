using Grains.Abstractions.Events;
using Grains.Storage;

namespace Grains.Resources;

/// <summary>What the row of every resource has beside what every row has: its last event.</summary>
/// <typeparam name="TSelf">The state itself.</typeparam>
public interface IResourceState<TSelf> : IRowState<TSelf>
    where TSelf : IResourceState<TSelf>
{
    /// <summary>The row's version, which fences everything written on its behalf.</summary>
    long Version { get; }

    /// <summary>The number in <c>meta.version</c>.</summary>
    long ContentVersion { get; }

    DateTimeOffset LastModified { get; }

    /// <summary>The id of the write that the row's last event belongs to; later writes without an event keep it.</summary>
    string? EventId { get; }

    /// <summary>The same of the event before that one: it is known to stand.</summary>
    string? EventBefore { get; }

    EventKind EventKind { get; }

    /// <summary>When the write was made that the row's last event belongs to.</summary>
    DateTimeOffset EventAt { get; }

    /// <summary>The event may not stand in the log yet.</summary>
    bool EventOpen { get; }

    /// <summary>A sequence of the log below which the event cannot stand.</summary>
    long LogFrom { get; }

    /// <summary>The epoch of the indexes that whoever wrote the last event's change knew of.</summary>
    int IndexEpoch { get; }

    /// <summary>The same state with an event of its own, open until that is durable.</summary>
    TSelf WithEvent(string eventId, string? before, EventKind kind, long from, int indexEpoch);
}
