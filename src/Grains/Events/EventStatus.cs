namespace Grains.Events;

/// <summary>What is known of the row's write that an event belongs to.</summary>
[GenerateSerializer, Alias("muster.EventStatus")]
public enum EventStatus
{
    /// <summary>It is under way, or its outcome has not been heard of.</summary>
    Unsettled,

    /// <summary>It stands: the event is seen.</summary>
    Settled,

    /// <summary>It never will: the event is not seen.</summary>
    Dropped,
}
