namespace Grains.Events;

/// <summary>How many resources of a directory's own type there are.</summary>
[GenerateSerializer, Immutable, Alias("muster.TypeCount")]
public sealed record TypeCount
{
    /// <summary>The name of the type.</summary>
    [Id(0)]
    public string Type { get; init; } = "";

    [Id(1)]
    public long Count { get; init; }
}
