namespace Grains.Abstractions.Groups;

/// <summary>What an import of members came to.</summary>
[GenerateSerializer, Immutable, Alias("muster.ImportMembersReply")]
public sealed record ImportMembersReply
{
    /// <summary>Why none of them was taken, or null.</summary>
    [Id(0)]
    public GrainError? Error { get; init; }

    /// <summary>How many are members now that were not before.</summary>
    [Id(1)]
    public int Added { get; init; }

    /// <summary>How many were members already.</summary>
    [Id(2)]
    public int AlreadyThere { get; init; }

    /// <summary>Those that are no users or groups of the directory, and so cannot be members. A group cannot be its own.</summary>
    [Id(3)]
    public string[] Missing { get; init; } = [];

    public static implicit operator ImportMembersReply(GrainError error) => new() { Error = error };
}
