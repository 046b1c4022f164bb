namespace Grains.Abstractions.Indexes;

/// <summary>One change of an index entry. Sending it again changes nothing; an older one never undoes a newer one.</summary>
[GenerateSerializer, Immutable, Alias("muster.IndexChange")]
public sealed record IndexChange
{
    [Id(0)]
    public required ChangeKind Kind { get; init; }

    [Id(1)]
    public required IndexKey Key { get; init; }

    [Id(2)]
    public required string Id { get; init; }

    /// <summary>The version of the row on whose behalf the change is made.</summary>
    [Id(3)]
    public required long Version { get; init; }

    /// <summary>What the entry says of the id beside its version: the resource type of a group's member. Null elsewhere.</summary>
    [Id(4)]
    public string? Tag { get; init; }
}
