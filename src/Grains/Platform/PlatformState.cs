using Grains.Directories;
using Grains.Storage;

namespace Grains.Platform;

/// <summary>The row of the platform.</summary>
[GenerateSerializer, Immutable, Alias("muster.PlatformState")]
public sealed record PlatformState : IRowState<PlatformState>
{
    [Id(0)]
    public int Schema { get; init; } = 1;

    /// <inheritdoc />
    [Id(1)]
    public string? WriteId { get; init; }

    /// <summary>The key by which a front recognises a token that this platform made, 32 bytes.</summary>
    [Id(2)]
    public byte[] TokenCheckKey { get; init; } = [];

    [Id(3)]
    public StoredKey[] AdminKeys { get; init; } = [];

    /// <summary>The ids of the tenants; a tenant is listed before it is made and until it is gone.</summary>
    [Id(4)]
    public string[] Tenants { get; init; } = [];

    /// <summary>The directory that the first start made, once its secrets were printed.</summary>
    [Id(5)]
    public string? FirstDirectory { get; init; }

    /// <summary>When a front was last told to do the first start; another is told so a minute later if it was not done.</summary>
    [Id(6)]
    public DateTimeOffset FirstStartBegun { get; init; }

    /// <summary>See <see cref="Directories.SpentKeys"/>.</summary>
    [Id(30)]
    public string[] SpentKeys { get => field ?? []; init; } = [];
    /// <summary>The names of the vendor's own profiles; one is listed before it is made, and stays listed.</summary>
    [Id(40)]
    public string[] Profiles { get => field ?? []; init; } = [];

    /// <inheritdoc />
    public PlatformState WithWriteId(string writeId) => this with { WriteId = writeId };
}
