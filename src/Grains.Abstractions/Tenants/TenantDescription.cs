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

    /// <summary>Changes with each change of the tenant.</summary>
    [Id(3)]
    public string? Revision { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(4)]
    public string? Digest { get; init; }

    /// <summary>Set while the tenant is being removed.</summary>
    [Id(5)]
    public TenantRemoval? Removal { get; init; }
}
