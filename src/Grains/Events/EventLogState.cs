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

    /// <summary>How many segments are made at a time, so that the open end stays short however fast it grows.</summary>
    internal const int MaxSealedAtOnce = 8;

    private const string User = "User";

    private const string Group = "Group";

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

    /// <summary>How many users the segments leave: those they see created, less those they see deleted.</summary>
    [Id(6)]
    public long Users { get; init; }

    /// <summary>How many groups they leave.</summary>
    [Id(7)]
    public long Groups { get; init; }

    /// <summary>The same of the directory's own types, in the order of their names; those of which there are none are left out.</summary>
    [Id(8)]
    public TypeCount[] Others { get => field ?? []; init; } = [];

    /// <summary>The lowest epoch of indexes that a writer has to know of: see <c>IEventLogGrain.Fence</c>.</summary>
    [Id(9)]
    public int IndexEpoch { get; init; }

    /// <summary>The sequence from which on every event was taken under that epoch.</summary>
    [Id(10)]
    public long FencedAt { get; init; }

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
            Users = reader.Number(),
            Groups = reader.Number(),
            Entries = LogEntry.ReadAll(ref reader),
        };
        var unfinished = new ResourceName[reader.Count()];
        for (var i = 0; i < unfinished.Length; i++)
        {
            unfinished[i] = new ResourceName { Type = reader.Text() ?? "", Id = reader.Id() ?? "" };
        }

        state = state with { Unfinished = unfinished };
        if (reader.IsAtEnd)
        {
            return state;
        }

        var others = new TypeCount[reader.Count()];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new TypeCount { Type = reader.Text() ?? "", Count = reader.Number() };
        }

        state = state with { Others = others };
        return reader.IsAtEnd ? state : state with { IndexEpoch = (int)reader.Number(), FencedAt = reader.Number() };
    }

    void ICompactState<EventLogState>.Write(ref RowWriter writer)
    {
        writer.Number(Schema);
        writer.Id(WriteId);
        writer.Number(Segments);
        writer.Number(Cleared);
        writer.Number(Users);
        writer.Number(Groups);
        LogEntry.WriteAll(ref writer, Entries);
        writer.Number(Unfinished.Length);
        foreach (var name in Unfinished)
        {
            writer.Text(name.Type);
            writer.Id(name.Id);
        }

        if (Others.Length > 0 || IndexEpoch > 0)
        {
            writer.Number(Others.Length);
            foreach (var other in Others)
            {
                writer.Text(other.Type);
                writer.Number(other.Count);
            }
        }

        if (IndexEpoch > 0)
        {
            writer.Number(IndexEpoch);
            writer.Number(FencedAt);
        }
    }

    /// <summary>Whether of every event before the fence it is known whether its change stands. Those in segments are settled.</summary>
    internal bool IsQuietBeforeFence => !Array.Exists(Entries, e => e.Sequence < FencedAt && e.Status == EventStatus.Unsettled);

    /// <summary>Whether an event of that write is among the open entries.</summary>
    internal bool Has(string writeId) => Find(writeId) is not null;

    /// <summary>With an event at the end; the one before it of the same resource is thereby known to stand.</summary>
    internal EventLogState Append(NewEvent news, DateTimeOffset at)
    {
        if (news.Previous is { } previous && Find(previous) is { } before)
        {
            before.Become(EventStatus.Settled, before.Version);
        }

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
        return this with { Entries = [.. Entries, entry] };
    }

    /// <summary>The event of a write is known to stand, or not to.</summary>
    /// <returns>Whether that is news.</returns>
    internal bool Settle(Settlement settlement) =>
        !settlement.Stands ? Drop(settlement.WriteId)
        : Find(settlement.WriteId) is { } entry && entry.Become(EventStatus.Settled, settlement.Version);

    /// <summary>The event of a write is known never to stand.</summary>
    /// <returns>Whether that is news.</returns>
    internal bool Drop(string writeId) =>
        Find(writeId) is { Status: EventStatus.Unsettled } entry && entry.Become(EventStatus.Dropped, entry.Version);

    /// <summary>With a resource on the list of those that have work to do.</summary>
    internal EventLogState Remember(ResourceName name) => Unfinished.Contains(name) ? this : this with { Unfinished = [.. Unfinished, name] };

    /// <summary>With a resource off that list.</summary>
    internal EventLogState Forget(ResourceName name) => this with { Unfinished = [.. Unfinished.Where(u => u != name)] };

    /// <summary>The entries that can go into the next segments: of each all are settled. None while they are too few.</summary>
    internal IReadOnlyList<LogEntry[]> Sealable()
    {
        var most = Math.Min((Entries.Length / SegmentSize) - 1, MaxSealedAtOnce);
        List<LogEntry[]> segments = [];
        for (var at = 0; segments.Count < most; at += SegmentSize)
        {
            if (Array.FindIndex(Entries, at, SegmentSize, e => e.Status == EventStatus.Unsettled) >= 0)
            {
                break;
            }

            segments.Add(Entries[at..(at + SegmentSize)]);
        }

        return segments;
    }

    /// <summary>Without the entries of the next segments, which stand now.</summary>
    internal EventLogState Sealed(int segments)
    {
        var entries = Entries.AsSpan(0, segments * SegmentSize);
        return Counting(entries) with
        {
            Segments = Segments + segments,
            Entries = Entries[entries.Length..],
        };
    }

    /// <summary>With the entries of a segment counted among what the segments leave.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="sign">-1 where they are counted no longer.</param>
    internal EventLogState Counting(ReadOnlySpan<LogEntry> entries, int sign = 1) => this with
    {
        Users = Users + (sign * Tally(entries, User)),
        Groups = Groups + (sign * Tally(entries, Group)),
        Others = OthersWith(entries, sign),
    };

    /// <summary>How many resources of a type there are.</summary>
    internal long Count(string resourceType) => Tally(Entries, resourceType) + resourceType switch
    {
        User => Users,
        Group => Groups,
        _ => Array.Find(Others, o => o.Type == resourceType)?.Count ?? 0,
    };

    /// <summary>
    /// How many more resources of a type there are after some events than before. One that is not settled counts: it was appended
    /// before its change was acknowledged.
    /// </summary>
    internal static long Tally(ReadOnlySpan<LogEntry> entries, string resourceType)
    {
        var tally = 0L;
        foreach (var entry in entries)
        {
            if (entry.Status != EventStatus.Dropped && entry.ResourceType == resourceType)
            {
                tally += entry.Kind switch { EventKind.Create => 1, EventKind.Delete => -1, _ => 0 };
            }
        }

        return tally;
    }

    private TypeCount[] OthersWith(ReadOnlySpan<LogEntry> entries, int sign)
    {
        SortedSet<string>? types = null;
        foreach (var entry in entries)
        {
            if (entry.ResourceType is not (User or Group))
            {
                (types ??= new SortedSet<string>(Others.Select(o => o.Type), StringComparer.Ordinal)).Add(entry.ResourceType);
            }
        }

        if (types is null)
        {
            return Others;
        }

        var counts = new List<TypeCount>(types.Count);
        foreach (var type in types)
        {
            var count = (Array.Find(Others, o => o.Type == type)?.Count ?? 0) + (sign * Tally(entries, type));
            if (count != 0)
            {
                counts.Add(new TypeCount { Type = type, Count = count });
            }
        }

        return [.. counts];
    }

    private LogEntry? Find(string writeId) => Array.FindLast(Entries, e => e.WriteId == writeId);
}
