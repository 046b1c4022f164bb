using Grains.Storage;

namespace Grains.Events;

/// <summary>The row of a segment of a directory's log.</summary>
[GenerateSerializer, Immutable, Alias("muster.EventSegmentState")]
public sealed record EventSegmentState : IRowState<EventSegmentState>, ICompactState<EventSegmentState>
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

    static EventSegmentState ICompactState<EventSegmentState>.Read(ref RowReader reader) =>
        new() { Schema = (int)reader.Number(), WriteId = reader.Id(), Entries = LogEntry.ReadAll(ref reader) };

    void ICompactState<EventSegmentState>.Write(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        LogEntry.WriteAll(ref writer, Entries);
    }
}
