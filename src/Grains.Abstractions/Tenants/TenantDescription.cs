namespace Grains.Abstractions.Tenants;

/// <summary>A tenant as admins see it.</summary>
[GenerateSerializer, Immutable, Alias("muster.TenantDescription")]
public sealed record TenantDescription
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public required DateTimeOffset Created { get; init; }
}
