namespace Grains.Abstractions.Requests;

/// <summary>What was made in one interval of a directory's life.</summary>
[GenerateSerializer, Immutable, Alias("muster.ProgressPoint")]
public sealed record ProgressPoint
{
    [Id(0)]
    public long UsersMade { get; init; }

    [Id(1)]
    public long GroupsMade { get; init; }

    [Id(2)]
    public long MembersAdded { get; init; }
}
