namespace Grains.Abstractions.Platform;

/// <summary>An admin key to add. The secret is made by the front and never crosses to a grain.</summary>
[GenerateSerializer, Immutable, Alias("muster.IssueAdminKey")]
public sealed record IssueAdminKey
{
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret part, 32 bytes.</summary>
    [Id(1)]
    public required byte[] Hash { get; init; }

    [Id(2)]
    public required string LastFour { get; init; }

    /// <summary>The tenant that the key is for, or null for the whole platform.</summary>
    [Id(3)]
    public string? Tenant { get; init; }

    /// <summary>The id that a request with an <c>Idempotency-Key</c> stands for; null to have one drawn.</summary>
    [Id(30)]
    public string? Id { get; init; }

    /// <summary>With <see cref="Id"/>: the digest of the request's body.</summary>
    [Id(31)]
    public string? Digest { get; init; }

    /// <summary>When it ends, or null for never.</summary>
    [Id(32)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>It opens what it opens for reading alone.</summary>
    [Id(33)]
    public bool ReadOnly { get; init; }
}
