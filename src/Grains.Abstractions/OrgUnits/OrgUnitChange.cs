namespace Grains.Abstractions.OrgUnits;

/// <summary>What the vendor changes of an org unit: what it keeps of it is replaced as a whole.</summary>
[GenerateSerializer, Immutable, Alias("muster.OrgUnitChange")]
public sealed record OrgUnitChange
{
    [Id(0)]
    public string? DisplayName { get; init; }

    [Id(1)]
    public string? Description { get; init; }

    [Id(2)]
    public OrgUnitAttribute[] Attributes { get => field ?? []; init; } = [];

    /// <summary>Only this version is changed; null for any.</summary>
    [Id(3)]
    public long? IfVersion { get; init; }
}
