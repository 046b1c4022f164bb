namespace Grains.Abstractions.Events;

/// <summary>Resources of a log whose rows may still say that they are gone.</summary>
[GenerateSerializer, Immutable, Alias("muster.TombstonesPage")]
public sealed record TombstonesPage
{
    [Id(0)]
    public required ResourceName[] Resources { get; init; }

    /// <summary>The sequence to ask for next, or null behind the last.</summary>
    [Id(1)]
    public long? Next { get; init; }
}
