namespace Grains.Abstractions.Directories;

/// <summary>What came of a resource type that was put into a directory.</summary>
[GenerateSerializer, Immutable, Alias("muster.ResourceTypeReply")]
public sealed record ResourceTypeReply
{
    /// <summary>Why it was not; null where it stands.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>Whether it is new; false where it was there, and may have been added to.</summary>
    [Id(1)]
    public bool Created { get; init; }
}
