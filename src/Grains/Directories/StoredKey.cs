namespace Grains.Directories;

/// <summary>A key as it is stored: never the secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.StoredKey")]
public sealed record StoredKey
{
    [Id(0)]
    public string Id { get; init; } = "";

    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>SHA-256 of the secret part, 32 bytes.</summary>
    [Id(2)]
    public byte[] Hash { get; init; } = [];

    [Id(3)]
    public string LastFour { get; init; } = "";

    [Id(4)]
    public DateTimeOffset Created { get; init; }

    [Id(5)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Of an admin key: the one tenant that it is for.</summary>
    [Id(6)]
    public string? Tenant { get; init; }

    /// <summary>Of an admin key: it is for reading alone.</summary>
    [Id(30)]
    public bool ReadOnly { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(31)]
    public string? Digest { get; init; }
    /// <summary>The key that this one takes the place of: while that stands, the rotation is under way.</summary>
    [Id(20)]
    public string? Replaces { get; init; }
}
