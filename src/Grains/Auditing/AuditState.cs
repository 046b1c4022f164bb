using Grains.Abstractions.Auditing;
using Grains.Storage;

namespace Grains.Auditing;

/// <summary>
/// The row of an audit record: its open end. What is older stands in segments of <see cref="SegmentSize"/> entries each, so that entry
/// <c>n</c> is in segment <c>n / SegmentSize</c>.
/// </summary>
[GenerateSerializer, Immutable, Alias("muster.AuditState")]
public sealed record AuditState : IRowState<AuditState>
{
    /// <summary>How many entries a segment has. The largest entry has some 12 KiB (see the front's limits), so a segment stays below 400 KiB, and the open end below 800.</summary>
    public const int SegmentSize = 32;

    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The open entries, in order of their sequence, without a gap.</summary>
    [Id(2)]
    public AuditEntry[] Entries { get => field ?? []; init; } = [];

    /// <summary>How many segments there have been.</summary>
    [Id(3)]
    public long Segments { get; init; }

    /// <summary>The first segment that is kept.</summary>
    [Id(4)]
    public long Kept { get; init; }

    /// <summary>The sequence of the first open entry.</summary>
    internal long First => Segments * SegmentSize;

    /// <inheritdoc />
    public AuditState WithWriteId(string writeId) => this with { WriteId = writeId };
}
