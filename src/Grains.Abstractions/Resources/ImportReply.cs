namespace Grains.Abstractions.Resources;

/// <summary>What an import of a resource came to.</summary>
[GenerateSerializer, Immutable, Alias("muster.ImportReply")]
public sealed record ImportReply
{
    /// <summary>Why it was refused, or null.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>It stood there already, just as it was to be made; nothing was written.</summary>
    [Id(1)]
    public bool AlreadyThere { get; init; }

    public static implicit operator ImportReply(GrainError error) => new() { Error = error };
}
