using Grains.Abstractions.Directories;

namespace Grains.Directories;

/// <summary>A setup link as it is stored: never the secret.</summary>
[GenerateSerializer, Immutable, Alias("muster.StoredSetupLink")]
public sealed record StoredSetupLink
{
    [Id(0)]
    public string Id { get; init; } = "";

    /// <summary>SHA-256 of the secret part, 32 bytes.</summary>
    [Id(1)]
    public byte[] Hash { get => field ?? []; init; } = [];

    [Id(2)]
    public string? Label { get; init; }

    [Id(3)]
    public DateTimeOffset Created { get; init; }

    [Id(4)]
    public DateTimeOffset Expires { get; init; }

    [Id(5)]
    public SetupWay[] Ways { get => field ?? []; init; } = [];

    [Id(6)]
    public DateTimeOffset? Opened { get; init; }

    [Id(7)]
    public DateTimeOffset? Used { get; init; }

    [Id(8)]
    public DateTimeOffset? Withdrawn { get; init; }

    [Id(9)]
    public SetupWay? Way { get; init; }

    /// <summary>The id of the key or client that was made.</summary>
    [Id(10)]
    public string? Made { get; init; }

    /// <summary>By what the use is known again, 32 bytes.</summary>
    [Id(11)]
    public byte[]? Submission { get; init; }
}
