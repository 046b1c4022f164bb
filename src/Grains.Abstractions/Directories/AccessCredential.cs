namespace Grains.Abstractions.Directories;

/// <summary>What an access token says: for which client it was made, by what, and until when. The front has checked that it is this platform's.</summary>
[GenerateSerializer, Immutable, Alias("muster.AccessCredential")]
public sealed record AccessCredential
{
    /// <summary>The id of the client.</summary>
    [Id(0)]
    public required string Client { get; init; }

    /// <summary>The id of the secret, or of the federation, that it was made by.</summary>
    [Id(1)]
    public required string Source { get; init; }

    /// <summary>When it ends.</summary>
    [Id(2)]
    public required DateTimeOffset Expires { get; init; }
}
