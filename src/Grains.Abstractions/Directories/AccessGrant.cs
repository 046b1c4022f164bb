namespace Grains.Abstractions.Directories;

/// <summary>What came of a client's wish for an access token.</summary>
[GenerateSerializer, Immutable, Alias("muster.AccessGrant")]
public sealed record AccessGrant
{
    /// <summary>What the token is to say, or null where the client gets none.</summary>
    [Id(0)]
    public AccessCredential? Credential { get; init; }

    /// <summary>More assertions stand than are remembered: until one of them has ended none is taken. A retry is in order.</summary>
    [Id(1)]
    public bool Crowded { get; init; }

    /// <summary>No token, and no word of why.</summary>
    public static AccessGrant Refused { get; } = new();
}
