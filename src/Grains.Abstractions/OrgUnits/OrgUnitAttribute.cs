namespace Grains.Abstractions.OrgUnits;

/// <summary>A text that the vendor keeps of an org unit.</summary>
[GenerateSerializer, Immutable, Alias("muster.OrgUnitAttribute")]
public sealed record OrgUnitAttribute
{
    [Id(0)]
    public required string Name { get; init; }

    [Id(1)]
    public required string Value { get; init; }
}
