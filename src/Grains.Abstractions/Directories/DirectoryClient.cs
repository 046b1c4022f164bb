namespace Grains.Abstractions.Directories;

/// <summary>An OAuth 2.0 client of a directory as its admins see it: never a secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryClient")]
public sealed record DirectoryClient
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public required DateTimeOffset Created { get; init; }

    /// <summary>For how many seconds an access token is good.</summary>
    [Id(3)]
    public required int TokenSeconds { get; init; }

    /// <summary>Its secrets, in the order in which they were made. A key's name is not used.</summary>
    [Id(4)]
    public required DirectoryKey[] Secrets { get; init; }

    /// <summary>By whose assertions it comes in, or null.</summary>
    [Id(5)]
    public ClientFederation? Federation { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(50)]
    public string? Digest { get; init; }
}
