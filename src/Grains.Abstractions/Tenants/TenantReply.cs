namespace Grains.Abstractions.Tenants;

/// <summary>What became of a change of a tenant.</summary>
[GenerateSerializer, Immutable, Alias("muster.TenantReply")]
public sealed record TenantReply
{
    /// <summary>The tenant as it stands, or null where there is none.</summary>
    [Id(0)]
    public TenantDescription? Tenant { get; init; }

    /// <summary>Its revision is another than the change was for: nothing was changed.</summary>
    [Id(1)]
    public bool Stale { get; init; }
}
