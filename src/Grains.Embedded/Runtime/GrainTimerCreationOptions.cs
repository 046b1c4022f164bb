using System.Diagnostics.CodeAnalysis;

namespace Grains.Embedded;

/// <summary>When a grain timer ticks, and how its ticks mix with requests.</summary>
#pragma warning disable CA1815 // Orleans' type has no equality.
public readonly struct GrainTimerCreationOptions()
{
    [SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick; <see cref="Timeout.InfiniteTimeSpan"/> for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of a tick to the next one; <see cref="Timeout.InfiniteTimeSpan"/> for no more.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Whether ticks run between the awaits of requests; otherwise a tick is a request like any other.</summary>
    public bool Interleave { get; init; }

    /// <summary>Whether a tick counts as use, so that the activation is not collected as idle.</summary>
    public bool KeepAlive { get; init; }
}
