using Grains.Abstractions.Auditing;
using Grains.Storage;

namespace Grains.Auditing;

/// <summary>The row of a full part of an audit record.</summary>
[GenerateSerializer, Immutable, Alias("muster.AuditSegmentState")]
public sealed record AuditSegmentState : IRowState<AuditSegmentState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public AuditEntry[] Entries { get => field ?? []; init; } = [];

    /// <inheritdoc />
    public AuditSegmentState WithWriteId(string writeId) => this with { WriteId = writeId };
}
