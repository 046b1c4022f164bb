namespace Grains.Abstractions.Directories;

/// <summary>What came of a rotation of a key.</summary>
[GenerateSerializer, Immutable, Alias("muster.KeyReply")]
public sealed record KeyReply
{
    /// <summary>Why it was not; null where it stands.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>The key that takes the place of the other.</summary>
    [Id(1)]
    public DirectoryKey? Key { get; init; }

    /// <summary>With <see cref="Error"/>: the key that the request's <c>Idempotency-Key</c> made is gone, and is not made again.</summary>
    [Id(50)]
    public bool Spent { get; init; }
}
