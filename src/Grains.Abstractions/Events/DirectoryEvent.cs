namespace Grains.Abstractions.Events;

/// <summary>An event of a directory, as readers see it.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryEvent")]
public sealed record DirectoryEvent
{
    /// <summary>The place in the log, growing, with gaps.</summary>
    [Id(0)]
    public required long Sequence { get; init; }

    [Id(1)]
    public required EventKind Kind { get; init; }

    [Id(2)]
    public required string ResourceType { get; init; }

    [Id(3)]
    public required string ResourceId { get; init; }

    /// <summary>The number in <c>meta.version</c>: each version of a resource has one event.</summary>
    [Id(4)]
    public required long Version { get; init; }

    [Id(5)]
    public required DateTimeOffset At { get; init; }
}
