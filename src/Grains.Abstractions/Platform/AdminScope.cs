namespace Grains.Abstractions.Platform;

/// <summary>What an admin key opens.</summary>
[GenerateSerializer, Immutable, Alias("muster.AdminScope")]
public sealed record AdminScope
{
    /// <summary>The one tenant, or null for the whole platform.</summary>
    [Id(0)]
    public string? Tenant { get; init; }
}
