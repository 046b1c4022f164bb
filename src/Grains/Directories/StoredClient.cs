using Grains.Abstractions.Directories;

namespace Grains.Directories;

/// <summary>An OAuth 2.0 client as it is stored: never a secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.StoredClient")]
public sealed record StoredClient
{
    [Id(0)]
    public string Id { get; init; } = "";

    [Id(1)]
    public string Name { get => field ?? ""; init; } = "";

    [Id(2)]
    public DateTimeOffset Created { get; init; }

    /// <summary>For how many seconds an access token is good.</summary>
    [Id(3)]
    public int TokenSeconds { get; init; }

    [Id(4)]
    public StoredKey[] Secrets { get => field ?? []; init; } = [];

    [Id(5)]
    public ClientFederation? Federation { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(50)]
    public string? Digest { get; init; }
}
