namespace Grains.Abstractions.Platform;

/// <summary>What a front needs to know to serve.</summary>
[GenerateSerializer, Immutable, Alias("muster.PlatformInfo")]
public sealed record PlatformInfo
{
    /// <summary>The key by which a front recognises a token that this platform made, 32 bytes.</summary>
    [Id(0)]
    public required byte[] TokenCheckKey { get; init; }

    /// <summary>True for the one caller that opened empty storage: it makes the first tenant and prints the first secrets.</summary>
    [Id(1)]
    public bool First { get; init; }
}
