using Grains.Abstractions.Queries;
using Grains.Storage;

namespace Grains.Queries;

/// <summary>The row of what is kept of walks.</summary>
[GenerateSerializer, Immutable, Alias("muster.ListWalksState")]
public sealed record ListWalksState : IRowState<ListWalksState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public WalkPlace[] Places { get => field ?? []; init; } = [];

    /// <inheritdoc />
    public ListWalksState WithWriteId(string writeId) => this with { WriteId = writeId };
}
