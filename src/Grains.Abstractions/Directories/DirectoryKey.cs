namespace Grains.Abstractions.Directories;

/// <summary>A directory key as its admins see it: never the secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryKey")]
public sealed record DirectoryKey
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The last four characters of the secret.</summary>
    [Id(2)]
    public required string LastFour { get; init; }

    [Id(3)]
    public required DateTimeOffset Created { get; init; }

    [Id(4)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When a request last used it. Where a process ended without a word, the last minutes may be lacking.</summary>
    [Id(5)]
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(50)]
    public string? Digest { get; init; }

    /// <summary>It was made by such a request and has been revoked since: it is not made again.</summary>
    [Id(51)]
    public bool Spent { get; init; }
    /// <summary>While a rotation is under way: the key that this one is to take the place of.</summary>
    [Id(30)]
    public string? Replaces { get; init; }
}
