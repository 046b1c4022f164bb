using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Requests;
using Grains.Storage;

namespace Grains.Directories;

/// <summary>The row of a directory.</summary>
[GenerateSerializer, Immutable, Alias("muster.DirectoryState")]
public sealed record DirectoryState : IRowState<DirectoryState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    [Id(2)]
    public string Tenant { get; init; } = "";

    [Id(3)]
    public string Name { get; init; } = "";

    [Id(4)]
    public DirectoryDialect Dialect { get; init; }

    [Id(5)]
    public DateTimeOffset Created { get; init; }

    /// <summary>The key of the hash that spreads values over buckets, 16 bytes.</summary>
    [Id(6)]
    public byte[] HashKey { get; init; } = [];

    [Id(7)]
    public StoredKey[] Keys { get; init; } = [];

    [Id(8)]
    public IndexWidth[] Widths { get; init; } = [];

    [Id(9)]
    public string[] UserIndexes { get; init; } = [];

    [Id(10)]
    public string[] GroupIndexes { get; init; } = [];

    /// <summary>When the removal began; null while the directory serves.</summary>
    [Id(11)]
    public DateTimeOffset? RemovalStarted { get; init; }

    /// <summary>Of a removal: all resources are gone, and what listed them is being cleared.</summary>
    [Id(12)]
    public bool ResourcesErased { get; init; }

    /// <summary>The directory is gone. The row stays, so that its id is never given to another.</summary>
    [Id(13)]
    public bool Removed { get; init; }

    [Id(14)]
    public DirectoryExtension[] Extensions { get => field ?? []; init; } = [];

    /// <summary>In the order in which they were declared.</summary>
    [Id(15)]
    public DirectoryResourceType[] ResourceTypes { get => field ?? []; init; } = [];

    /// <summary>What the directory is limited to, or null for nothing of its own.</summary>
    [Id(50)]
    public DirectoryLimits? Limits { get; init; }

    /// <summary>The digest of the request that made it, where that had an <c>Idempotency-Key</c>.</summary>
    [Id(51)]
    public string? Digest { get; init; }

    /// <summary>See <see cref="Directories.SpentKeys"/>.</summary>
    [Id(52)]
    public string[] SpentKeys { get => field ?? []; init; } = [];
    /// <summary>Indexes that were added or taken away since the directory was made: see <see cref="IndexRules"/>.</summary>
    [Id(16)]
    public DirectoryIndex[] Indexes { get => field ?? []; init; } = [];

    /// <summary>See <see cref="DirectoryContext.IndexEpoch"/>.</summary>
    [Id(17)]
    public int IndexEpoch { get; init; }

    /// <summary>How far those that are being built have come.</summary>
    [Id(18)]
    public IndexBuild[] IndexBuilds { get => field ?? []; init; } = [];

    /// <summary>What it took from its profile; null without one.</summary>
    [Id(20)]
    public ProfileSettings? Profile { get; init; }

    [Id(21)]
    public bool ProvisioningOff { get; init; }

    /// <summary>The OAuth 2.0 clients, in the order in which they were made.</summary>
    [Id(30)]
    public StoredClient[] Clients { get => field ?? []; init; } = [];

    /// <summary>When keys, secrets and federations were last used, some minutes late.</summary>
    [Id(31)]
    public LastUse[] LastUses { get => field ?? []; init; } = [];

    /// <summary>Assertions that were taken, for as long as they could be taken again.</summary>
    [Id(32)]
    public TakenAssertion[] Assertions { get => field ?? []; init; } = [];

    /// <summary>The setup links, in the order in which they were made, ended ones too.</summary>
    [Id(70)]
    public StoredSetupLink[] SetupLinks { get => field ?? []; init; } = [];
    /// <summary>What its request log keeps; null where all goes by the server's settings.</summary>
    [Id(40)]
    public RequestLogSettings? RequestLog { get; init; }

    /// <inheritdoc />
    public DirectoryState WithWriteId(string writeId) => this with { WriteId = writeId };

    /// <summary>The number of buckets of an index.</summary>
    public long WidthOf(string index) => Array.Find(Widths, w => w.Index == index)?.Width ?? 1;
}
