using Grains.Abstractions.Profiles;

namespace Grains.Abstractions.Directories;

/// <summary>A directory to make.</summary>
[GenerateSerializer, Immutable, Alias("muster.CreateDirectory")]
public sealed record CreateDirectory
{
    [Id(0)]
    public required string Tenant { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public DirectoryDialect Dialect { get; init; }

    /// <summary>The indexed attributes of users as <see cref="DirectoryIndexes.Canonical"/> has them; null for the usual ones.</summary>
    [Id(3)]
    public string[]? UserIndexes { get; init; }

    /// <summary>The same of groups.</summary>
    [Id(4)]
    public string[]? GroupIndexes { get; init; }

    /// <summary>What a request with an <c>Idempotency-Key</c> is known by again; null where it had none.</summary>
    [Id(50)]
    public string? Request { get; init; }

    /// <summary>With <see cref="Request"/>: the digest of the request's body.</summary>
    [Id(51)]
    public string? Digest { get; init; }

    /// <summary>What it is limited to.</summary>
    [Id(52)]
    public DirectoryLimits? Limits { get; init; }
    /// <summary>What it takes from its profile; null without one.</summary>
    [Id(20)]
    public ProfileSettings? Profile { get; init; }

    /// <summary>The schema extensions that it begins with.</summary>
    [Id(21)]
    public DirectoryExtension[] Extensions { get => field ?? []; init; } = [];

    /// <summary>Provisioning is off until an admin switches it on.</summary>
    [Id(22)]
    public bool ProvisioningOff { get; init; }
}
