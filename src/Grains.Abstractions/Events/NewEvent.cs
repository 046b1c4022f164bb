namespace Grains.Abstractions.Events;

/// <summary>An event as its resource appends it, beside the write of the row that it belongs to.</summary>
[GenerateSerializer, Immutable, Alias("muster.NewEvent")]
public sealed record NewEvent
{
    /// <summary><c>User</c>, <c>Group</c>, or one of the directory's own types.</summary>
    [Id(0)]
    public required string ResourceType { get; init; }

    /// <summary>The resource's id.</summary>
    [Id(1)]
    public required string ResourceId { get; init; }

    /// <summary>The id of the row's write; the event counts once that write stands.</summary>
    [Id(2)]
    public required string WriteId { get; init; }

    /// <summary>The number in <c>meta.version</c> that the write makes, as far as is known before it.</summary>
    [Id(3)]
    public required long Version { get; init; }

    [Id(4)]
    public required EventKind Kind { get; init; }

    /// <summary>The write id of the resource's event before this one, which thereby is known to stand; null with the first.</summary>
    [Id(5)]
    public string? Previous { get; init; }

    /// <summary>When the row's write was made.</summary>
    [Id(6)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Of an event that is sent again: a sequence below which it cannot stand, if it stands already.</summary>
    [Id(7)]
    public long? ResentFrom { get; init; }
}
