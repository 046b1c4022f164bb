namespace Grains.Abstractions.Tenants;

/// <summary>Some of the tenants.</summary>
[GenerateSerializer, Immutable, Alias("muster.TenantsPage")]
public sealed record TenantsPage
{
    [Id(0)]
    public required TenantDescription[] Tenants { get; init; }

    /// <summary>After which id to go on; null where there are no more.</summary>
    [Id(1)]
    public string? Next { get; init; }
}
