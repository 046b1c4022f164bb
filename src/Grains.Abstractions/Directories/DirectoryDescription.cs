using Grains.Abstractions.Profiles;

namespace Grains.Abstractions.Directories;

/// <summary>A directory as its admins see it.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryDescription")]
public sealed record DirectoryDescription
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Tenant { get; init; }

    [Id(2)]
    public required string Name { get; init; }

    [Id(3)]
    public required DirectoryDialect Dialect { get; init; }

    [Id(4)]
    public required DateTimeOffset Created { get; init; }

    /// <summary>Set while the directory is being removed.</summary>
    [Id(5)]
    public RemovalProgress? Removal { get; init; }

    /// <summary>The indexed attributes of users beside <c>id</c>, as canonical paths.</summary>
    [Id(6)]
    public string[] UserIndexes { get => field ?? []; init; } = [];

    /// <summary>The indexed attributes of groups beside <c>id</c>, as canonical paths.</summary>
    [Id(7)]
    public string[] GroupIndexes { get => field ?? []; init; } = [];

    /// <summary>What it is limited to.</summary>
    [Id(50)]
    public DirectoryLimits Limits { get => field ?? new(); init; } = new();

    /// <summary>Changes with each change of the directory's row.</summary>
    [Id(51)]
    public string? Revision { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(52)]
    public string? Digest { get; init; }
    /// <summary>All indexes, those too that are being built or taken away.</summary>
    [Id(16)]
    public IndexDescription[] Indexes { get => field ?? []; init; } = [];

    /// <summary>What it took from its profile; null without one.</summary>
    [Id(20)]
    public ProfileSettings? Profile { get; init; }

    [Id(21)]
    public bool ProvisioningOff { get; init; }
}
