namespace Grains.Abstractions.Directories;

/// <summary>What came of a change of a client.</summary>
[GenerateSerializer, Immutable, Alias("muster.ClientReply")]
public sealed record ClientReply
{
    /// <summary>Why it was not made; null where it stands.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>The client as it stands.</summary>
    [Id(1)]
    public DirectoryClient? Client { get; init; }

    /// <summary>With an error: what the request's <c>Idempotency-Key</c> made was removed, and is not made again.</summary>
    [Id(50)]
    public bool Spent { get; init; }
}
