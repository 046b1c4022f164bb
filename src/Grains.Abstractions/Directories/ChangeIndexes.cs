namespace Grains.Abstractions.Directories;

/// <summary>Which attributes of a directory are to be indexed from now on.</summary>
[GenerateSerializer, Immutable, Alias("muster.ChangeIndexes")]
public sealed record ChangeIndexes
{
    /// <summary>The indexed attributes of users, in any spelling; null to leave them as they are.</summary>
    [Id(0)]
    public string[]? UserIndexes { get; init; }

    /// <summary>The same of groups.</summary>
    [Id(1)]
    public string[]? GroupIndexes { get; init; }

    /// <summary>Takes none away, and adds of those that are given as many as there is room for.</summary>
    [Id(2)]
    public bool OnlyAdd { get; init; }
}
