namespace Grains.Abstractions.Events;

/// <summary>A part of a directory's events.</summary>
[GenerateSerializer, Immutable, Alias("muster.EventsPage")]
public sealed record EventsPage
{
    [Id(0)]
    public required DirectoryEvent[] Events { get; init; }

    /// <summary>The sequence to ask for next.</summary>
    [Id(1)]
    public required long Next { get; init; }

    /// <summary>There are more already.</summary>
    [Id(2)]
    public bool More { get; init; }
}
