namespace Grains.Abstractions.Directories;

/// <summary>The answer to a change of a directory's indexes.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexesReply")]
public sealed record IndexesReply
{
    /// <summary>Why nothing was changed; null where it was done, or was so already.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>All indexes as they are now.</summary>
    [Id(1)]
    public IndexDescription[] Indexes { get; init; } = [];
}
