using Grains.Storage;

namespace Grains.Events;

/// <summary>The row of a segment of a directory's log.</summary>
[GenerateSerializer, Immutable, Alias("muster.EventSegmentState")]
public sealed record EventSegmentState : IRowState<EventSegmentState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public LogEntry[] Entries { get; init; } = [];

    /// <inheritdoc />
    public EventSegmentState WithWriteId(string writeId) => this with { WriteId = writeId };
}
