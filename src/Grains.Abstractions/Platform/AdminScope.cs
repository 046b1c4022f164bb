namespace Grains.Abstractions.Platform;

/// <summary>What an admin key opens.</summary>
[GenerateSerializer, Immutable, Alias("muster.AdminScope")]
public sealed record AdminScope
{
    /// <summary>The one tenant, or null for the whole platform.</summary>
    [Id(0)]
    public string? Tenant { get; init; }

    /// <summary>It opens what it opens for reading alone.</summary>
    [Id(30)]
    public bool ReadOnly { get; init; }

    /// <summary>The id of the key.</summary>
    [Id(31)]
    public string KeyId { get => field ?? ""; init; } = "";

    /// <summary>What people call the key.</summary>
    [Id(32)]
    public string KeyName { get => field ?? ""; init; } = "";

    /// <summary>When the key ends, or null for never.</summary>
    [Id(33)]
    public DateTimeOffset? Expires { get; init; }
}
