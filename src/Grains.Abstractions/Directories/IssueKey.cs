namespace Grains.Abstractions.Directories;

/// <summary>A directory key to add. The secret is made by the front and never crosses to a grain.</summary>
[GenerateSerializer, Immutable, Alias("muster.IssueKey")]
public sealed record IssueKey
{
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token's secret part, 32 bytes.</summary>
    [Id(1)]
    public required byte[] Hash { get; init; }

    [Id(2)]
    public required string LastFour { get; init; }

    [Id(3)]
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The id that a request with an <c>Idempotency-Key</c> stands for; null to have one drawn.</summary>
    [Id(50)]
    public string? Id { get; init; }

    /// <summary>With <see cref="Id"/>: the digest of the request's body.</summary>
    [Id(51)]
    public string? Digest { get; init; }
}
