namespace Grains.Storage;

/// <summary>How a write ended, once an own write has been recognised as such (PROTOCOL R3).</summary>
internal enum WriteOutcome
{
    /// <summary>Durable.</summary>
    Written,

    /// <summary>The decision was to write nothing.</summary>
    Skipped,

    /// <summary>Another's write stands; memory now has it, and the grain decides again from there.</summary>
    Conflict,

    /// <summary>It may have been applied, or may be yet. Nobody may be told anything but "try again".</summary>
    Unknown,
}
