using Grains.Abstractions.Events;
using Grains.Storage;

namespace Grains.Events;

/// <summary>An event as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("muster.LogEntry")]
public sealed record LogEntry
{
    [NonSerialized]
    private byte[]? stored;

    public LogEntry()
    {
    }

    /// <summary>A copy, to be changed: its stored form is not that of the original.</summary>
    private LogEntry(LogEntry original) => (Sequence, ResourceType, ResourceId, WriteId, Version, Kind, At, Status) =
        (original.Sequence, original.ResourceType, original.ResourceId, original.WriteId, original.Version, original.Kind, original.At, original.Status);

    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>The name of the resource's type.</summary>
    [Id(1)]
    public string ResourceType { get; init; } = "";

    [Id(2)]
    public string ResourceId { get; init; } = "";

    /// <summary>The id of the row's write that the event belongs to.</summary>
    [Id(3)]
    public string WriteId { get; init; } = "";

    [Id(4)]
    public long Version { get; internal set; }

    [Id(5)]
    public EventKind Kind { get; init; }

    /// <summary>When it was appended, in Unix milliseconds.</summary>
    [Id(6)]
    public long At { get; init; }

    [Id(7)]
    public EventStatus Status { get; internal set; }

    /// <summary>Whether readers see it.</summary>
    internal bool IsSeen => Status == EventStatus.Settled && Kind != EventKind.Void;

    /// <summary>Whether the resource's row may have to be cleared some time after it.</summary>
    internal bool LeavesTombstone => Kind is EventKind.Delete or EventKind.Void || Status == EventStatus.Dropped;

    /// <summary>
    /// What became of it is known now. That is so in every state that has it, the confirmed ones too, and so it is changed in place.
    /// </summary>
    /// <returns>False where it was known before.</returns>
    internal bool Become(EventStatus status, long version)
    {
        if (Status == status && Version == version)
        {
            return false;
        }

        (Status, Version, stored) = (status, version, null);
        return true;
    }

    /// <inheritdoc />
    public bool Equals(LogEntry? other) =>
        other is not null && Sequence == other.Sequence && ResourceType == other.ResourceType && ResourceId == other.ResourceId
        && WriteId == other.WriteId && Version == other.Version && Kind == other.Kind && At == other.At && Status == other.Status;

    /// <inheritdoc />
    public override int GetHashCode() => Sequence.GetHashCode();

    /// <summary>Writes entries.</summary>
    internal static void WriteAll(ref RowWriter writer, LogEntry[] entries)
    {
        writer.Number(entries.Length);
        foreach (var entry in entries)
        {
            writer.Raw(entry.stored ??= entry.Stored());
        }
    }

    /// <summary>Reads entries.</summary>
    internal static LogEntry[] ReadAll(ref RowReader reader)
    {
        var entries = new LogEntry[reader.Count()];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = new LogEntry
            {
                Sequence = reader.Number(),
                ResourceType = reader.Text() ?? "",
                ResourceId = reader.Id() ?? "",
                WriteId = reader.Id() ?? "",
                Version = reader.Number(),
                Kind = (EventKind)reader.Number(),
                At = reader.Number(),
                Status = (EventStatus)reader.Number(),
            };
        }

        return entries;
    }

    /// <summary>The entry as it stands in the row. The open end of the log is written whole with each change.</summary>
    private byte[] Stored()
    {
        var writer = new RowWriter();
        writer.Number(Sequence);
        writer.Text(ResourceType);
        writer.Id(ResourceId);
        writer.Id(WriteId);
        writer.Number(Version);
        writer.Number((int)Kind);
        writer.Number(At);
        writer.Number((int)Status);
        return writer.Finish();
    }
}
