namespace Grains.Abstractions.Directories;

/// <summary>A client to make.</summary>
[GenerateSerializer, Immutable, Alias("muster.CreateClient")]
public sealed record CreateClient
{
    /// <summary>The default of <see cref="TokenSeconds"/>, an hour.</summary>
    public const int DefaultTokenSeconds = 3600;

    /// <summary>The longest time for which an access token is good, six hours.</summary>
    public const int MaxTokenSeconds = 6 * 3600;

    /// <summary>Its id, drawn by who asks: asked again with the same id, it is the same client.</summary>
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    /// <summary>For how many seconds an access token is good.</summary>
    [Id(2)]
    public int TokenSeconds { get; init; } = DefaultTokenSeconds;

    /// <summary>The digest of the request's body, where that has an <c>Idempotency-Key</c>.</summary>
    [Id(50)]
    public string? Digest { get; init; }
}
