namespace Grains.Abstractions.Tenants;

/// <summary>A tenant to make.</summary>
[GenerateSerializer, Immutable, Alias("muster.CreateTenant")]
public sealed record CreateTenant
{
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The id that a request with an <c>Idempotency-Key</c> stands for; null to have one drawn.</summary>
    [Id(1)]
    public string? Id { get; init; }

    /// <summary>With <see cref="Id"/>: the digest of the request's body.</summary>
    [Id(2)]
    public string? Digest { get; init; }
}
