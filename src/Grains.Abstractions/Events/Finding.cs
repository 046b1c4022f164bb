namespace Grains.Abstractions.Events;

/// <summary>What a resource answers when the log wakes it.</summary>
[GenerateSerializer, Immutable, Alias("muster.Finding")]
public sealed record Finding
{
    /// <summary>Of the write ids that were asked about, those whose write stood. The others never will: their row has moved on.</summary>
    [Id(0)]
    public required string[] Standing { get; init; }

    /// <summary>Work is still to be done.</summary>
    [Id(1)]
    public bool Unfinished { get; init; }
}
