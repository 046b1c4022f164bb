namespace Grains.Abstractions.Platform;

/// <summary>An admin key as admins see it: never the secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.AdminKey")]
public sealed record AdminKey
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The tenant that the key is for, or null for the whole platform.</summary>
    [Id(2)]
    public string? Tenant { get; init; }

    /// <summary>The last four characters of the secret.</summary>
    [Id(3)]
    public required string LastFour { get; init; }

    [Id(4)]
    public required DateTimeOffset Created { get; init; }

    /// <summary>It opens what it opens for reading alone.</summary>
    [Id(30)]
    public bool ReadOnly { get; init; }

    /// <summary>When it ends, or null for never.</summary>
    [Id(31)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When a request last used it, as far as this activation knows.</summary>
    [Id(32)]
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(33)]
    public string? Digest { get; init; }

    /// <summary>It was made by such a request and has been revoked since: it is not made again.</summary>
    [Id(34)]
    public bool Spent { get; init; }
}
