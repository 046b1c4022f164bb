namespace Grains.Abstractions.Directories;

/// <summary>What came of a change of a setup link.</summary>
[GenerateSerializer, Immutable, Alias("muster.SetupLinkReply")]
public sealed record SetupLinkReply
{
    /// <summary>Why it was not made; null where it stands.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>The link as it stands.</summary>
    [Id(1)]
    public SetupLink? Link { get; init; }
}
