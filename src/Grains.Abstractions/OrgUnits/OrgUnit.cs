namespace Grains.Abstractions.OrgUnits;

/// <summary>An org unit as admins see it.</summary>
[GenerateSerializer, Immutable, Alias("muster.OrgUnit")]
public sealed record OrgUnit
{
    /// <summary>What the unit is called in addresses: see <see cref="OrgUnitNames.SlugOf"/>.</summary>
    [Id(0)]
    public required string Slug { get; init; }

    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>The name as the first user had it.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Tells the unit from one of the same name that was deleted before.</summary>
    [Id(3)]
    public required string Generation { get; init; }

    /// <summary>Raised by each change.</summary>
    [Id(4)]
    public required long Version { get; init; }

    [Id(5)]
    public required DateTimeOffset Created { get; init; }

    [Id(6)]
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>What the vendor calls it instead; null where nothing was said.</summary>
    [Id(7)]
    public string? DisplayName { get; init; }

    [Id(8)]
    public string? Description { get; init; }

    /// <summary>What else the vendor keeps of it, a grade say.</summary>
    [Id(9)]
    public OrgUnitAttribute[] Attributes { get => field ?? []; init; } = [];

    /// <summary>How many users count in.</summary>
    [Id(10)]
    public long Users { get; init; }
}
