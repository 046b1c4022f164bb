namespace Grains.Abstractions.Directories;

/// <summary>A setup link to make. Its secret is made by the front and never crosses to a grain.</summary>
[GenerateSerializer, Immutable, Alias("muster.CreateSetupLink")]
public sealed record CreateSetupLink
{
    /// <summary>SHA-256 of the secret part of the link, 32 bytes. Asked again with the same hash, it is the same link.</summary>
    [Id(0)]
    public required byte[] Hash { get; init; }

    /// <summary>What people call it; null for nothing.</summary>
    [Id(1)]
    public string? Label { get; init; }

    [Id(2)]
    public required DateTimeOffset Expires { get; init; }

    /// <summary>What may be made by it.</summary>
    [Id(3)]
    public SetupWay[] Ways { get => field ?? []; init; } = [];
}
