namespace Grains.Abstractions.Tenants;

/// <summary>A change of a tenant.</summary>
[GenerateSerializer, Immutable, Alias("muster.ChangeTenant")]
public sealed record ChangeTenant
{
    /// <summary>The new name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Only where the tenant's revision is still this one; null for whatever it is.</summary>
    [Id(1)]
    public string? IfRevision { get; init; }
}
