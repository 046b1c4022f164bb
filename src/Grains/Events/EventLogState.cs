using Grains.Abstractions.Events;
using Grains.Storage;

namespace Grains.Events;

/// <summary>
/// The row of a directory's log: the open end of it. What is older stands in segments of <see cref="SegmentSize"/> entries each, so
/// that entry <c>n</c> is in segment <c>n / SegmentSize</c>. Changes make a new state.
/// </summary>
[GenerateSerializer, Immutable, Alias("muster.EventLogState")]
public sealed record EventLogState : IRowState<EventLogState>, ICompactState<EventLogState>
{
    /// <summary>How many entries a segment has: the row is written with each append, so it is kept short.</summary>
    public const int SegmentSize = 64;

    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The open entries, in order of their sequence, without a gap.</summary>
    [Id(2)]
    public LogEntry[] Entries { get; init; } = [];

    /// <summary>How many segments there are.</summary>
    [Id(3)]
    public long Segments { get; init; }

    /// <summary>Resources whose rows list work that is still to be done.</summary>
    [Id(4)]
    public ResourceName[] Unfinished { get; init; } = [];

    /// <summary>Rows of what was deleted before this sequence are cleared.</summary>
    [Id(5)]
    public long Cleared { get; init; }

    /// <summary>The sequence of the first open entry.</summary>
    internal long First => Segments * SegmentSize;

    /// <summary>The sequence that the next event gets.</summary>
    internal long Next => First + Entries.Length;

    /// <inheritdoc />
    public EventLogState WithWriteId(string writeId) => this with { WriteId = writeId };

    static EventLogState ICompactState<EventLogState>.Read(ref RowReader reader)
    {
        var state = new EventLogState
        {
            Schema = (int)reader.Number(),
            WriteId = reader.Id(),
            Segments = reader.Number(),
            Cleared = reader.Number(),
            Entries = LogEntry.ReadAll(ref reader),
        };
        var unfinished = new ResourceName[reader.Count()];
        for (var i = 0; i < unfinished.Length; i++)
        {
            unfinished[i] = new ResourceName { Type = reader.Text() ?? "", Id = reader.Id() ?? "" };
        }

        return state with { Unfinished = unfinished };
    }

    void ICompactState<EventLogState>.Write(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        writer.Number(Segments);
        writer.Number(Cleared);
        LogEntry.WriteAll(ref writer, Entries);
        writer.Number(Unfinished.Length);
        foreach (var name in Unfinished)
        {
            writer.Text(name.Type);
            writer.Id(name.Id);
        }
    }

    /// <summary>Whether an event of that write is among the open entries.</summary>
    internal bool Has(string writeId) => Array.Exists(Entries, e => e.WriteId == writeId);

    /// <summary>With an event at the end; the one before it of the same resource is thereby known to stand.</summary>
    internal EventLogState Append(NewEvent news, DateTimeOffset at)
    {
        var state = news.Previous is { } previous ? With(previous, e => e with { Status = EventStatus.Settled }) : this;
        var entry = new LogEntry
        {
            Sequence = Next,
            ResourceType = news.ResourceType,
            ResourceId = news.ResourceId,
            WriteId = news.WriteId,
            Version = news.Version,
            Kind = news.Kind,
            At = at.ToUnixTimeMilliseconds(),
            Status = news.Kind == EventKind.Void ? EventStatus.Dropped : EventStatus.Unsettled,
        };
        return state with { Entries = [.. state.Entries, entry] };
    }

    /// <summary>With the event of a write known to stand.</summary>
    internal EventLogState Settle(Settlement settlement)
    {
        var state = settlement.Stands
            ? With(settlement.WriteId, e => e with { Status = EventStatus.Settled, Version = settlement.Version })
            : Drop(settlement.WriteId);
        return settlement.Unfinished ? state.Remember(new ResourceName { Type = settlement.ResourceType, Id = settlement.ResourceId }) : state;
    }

    /// <summary>With the event of a write known never to stand.</summary>
    internal EventLogState Drop(string writeId) => With(writeId, e => e.Status == EventStatus.Unsettled ? e with { Status = EventStatus.Dropped } : e);

    /// <summary>With a resource on the list of those that have work to do.</summary>
    internal EventLogState Remember(ResourceName name) => Unfinished.Contains(name) ? this : this with { Unfinished = [.. Unfinished, name] };

    /// <summary>With a resource off that list.</summary>
    internal EventLogState Forget(ResourceName name) => this with { Unfinished = [.. Unfinished.Where(u => u != name)] };

    /// <summary>The entries that can go into the next segment, or null while one of them is unsettled or they are too few.</summary>
    internal LogEntry[]? Sealable() =>
        Entries.Length >= 2 * SegmentSize && Array.TrueForAll(Entries[..SegmentSize], e => e.Status != EventStatus.Unsettled)
            ? Entries[..SegmentSize]
            : null;

    /// <summary>Without the entries of the next segment, which stands now.</summary>
    internal EventLogState Sealed() => this with { Segments = Segments + 1, Entries = Entries[SegmentSize..] };

    private EventLogState With(string writeId, Func<LogEntry, LogEntry> change)
    {
        var at = Array.FindLastIndex(Entries, e => e.WriteId == writeId);
        if (at < 0)
        {
            return this;
        }

        var changed = change(Entries[at]);
        if (changed == Entries[at])
        {
            return this;
        }

        var entries = (LogEntry[])Entries.Clone();
        entries[at] = changed;
        return this with { Entries = entries };
    }
}
