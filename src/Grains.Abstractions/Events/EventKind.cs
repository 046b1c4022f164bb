namespace Grains.Abstractions.Events;

/// <summary>What happened to a resource (the event names of RFC 9967 §2.5).</summary>
[GenerateSerializer, Alias("muster.EventKind")]
public enum EventKind
{
    /// <summary>Nothing that is to be seen: a create that was refused, or a row that only says no. It is kept to clear the row by.</summary>
    Void,

    Create,
    Patch,
    Put,
    Delete,
}
