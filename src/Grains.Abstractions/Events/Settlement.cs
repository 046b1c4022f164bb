namespace Grains.Abstractions.Events;

/// <summary>What a resource says of an event of its: whether its write stands, and whether work is left.</summary>
[GenerateSerializer, Immutable, Alias("muster.Settlement")]
public sealed record Settlement
{
    [Id(0)]
    public required string ResourceType { get; init; }

    [Id(1)]
    public required string ResourceId { get; init; }

    [Id(2)]
    public required string WriteId { get; init; }

    /// <summary>The number in <c>meta.version</c> that the write made.</summary>
    [Id(3)]
    public required long Version { get; init; }

    /// <summary>The write stands; false where it never will.</summary>
    [Id(5)]
    public required bool Stands { get; init; }

    /// <summary>The row lists work that is still to be done; the log wakes the resource until it is.</summary>
    [Id(4)]
    public bool Unfinished { get; init; }
}
