namespace Grains.Abstractions.Tenants;

/// <summary>How far the removal of a tenant has come.</summary>
[GenerateSerializer, Immutable, Alias("muster.TenantRemoval")]
public sealed record TenantRemoval
{
    [Id(0)]
    public required DateTimeOffset Started { get; init; }

    /// <summary>How many of its directories are still to go.</summary>
    [Id(1)]
    public required int Directories { get; init; }
}
