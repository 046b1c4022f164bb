namespace Grains.Abstractions.Resources;

/// <summary>The answer of a resource to "do you hold this value?" (PROTOCOL R5).</summary>
[GenerateSerializer, Immutable, Alias("muster.HoldsReply")]
public sealed record HoldsReply
{
    /// <summary>True where it holds the value or is about to.</summary>
    [Id(0)]
    public required bool Holds { get; init; }

    /// <summary>With a no: the version of the row that was written before the no was told.</summary>
    [Id(1)]
    public long Version { get; init; }
}
