namespace Grains.Abstractions.Events;

/// <summary>The answer of the log to an event.</summary>
[GenerateSerializer, Immutable, Alias("muster.AppendReply")]
public sealed record AppendReply
{
    /// <summary>The event is durable; false where storage did not confirm.</summary>
    [Id(0)]
    public required bool Confirmed { get; init; }

    /// <summary>The sequence that the next event will get, or a greater one.</summary>
    [Id(1)]
    public required long Next { get; init; }
}
