using Grains.Storage;

namespace Grains.Tenants;

/// <summary>The row of a tenant.</summary>
[GenerateSerializer, Immutable, Alias("muster.TenantState")]
public sealed record TenantState : IRowState<TenantState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public string Name { get; init; } = "";

    [Id(3)]
    public DateTimeOffset Created { get; init; }

    /// <summary>The ids of the directories; a directory is listed before it is made and until it is gone.</summary>
    [Id(4)]
    public string[] Directories { get; init; } = [];

    /// <summary>The tenant is being removed.</summary>
    [Id(5)]
    public bool Removing { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(30)]
    public string? Digest { get; init; }

    /// <summary>The latest requests for directories that had an <c>Idempotency-Key</c>, the oldest first.</summary>
    [Id(31)]
    public DirectoryRequest[] Requests { get => field ?? []; init; } = [];

    /// <summary>When the removal began.</summary>
    [Id(32)]
    public DateTimeOffset RemovalStarted { get; init; }

    /// <inheritdoc />
    public TenantState WithWriteId(string writeId) => this with { WriteId = writeId };
}
