using Grains.Abstractions.OrgUnits;
using Grains.Storage;

namespace Grains.OrgUnits;

/// <summary>The row of an org unit.</summary>
[GenerateSerializer, Immutable, Alias("muster.OrgUnitState")]
public sealed record OrgUnitState : IRowState<OrgUnitState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The name as the first user had it.</summary>
    [Id(2)]
    public string Name { get; init; } = "";

    /// <summary>Names the buckets of its users; null where the unit was deleted.</summary>
    [Id(3)]
    public string? Generation { get; init; }

    [Id(4)]
    public long Version { get; init; }

    [Id(5)]
    public DateTimeOffset Created { get; init; }

    [Id(6)]
    public DateTimeOffset LastModified { get; init; }

    [Id(7)]
    public string? DisplayName { get; init; }

    [Id(8)]
    public string? Description { get; init; }

    [Id(9)]
    public OrgUnitAttribute[] Attributes { get => field ?? []; init; } = [];

    /// <summary>How many buckets its users have.</summary>
    [Id(10)]
    public long Width { get; init; } = 1;

    /// <summary>Generations that were deleted and whose buckets have still to be cleared.</summary>
    [Id(11)]
    public string[] Clearing { get => field ?? []; init; } = [];

    /// <summary>When a unit of the name was last deleted.</summary>
    [Id(12)]
    public DateTimeOffset? LastDeleted { get; init; }

    /// <inheritdoc />
    public OrgUnitState WithWriteId(string writeId) => this with { WriteId = writeId };
}
