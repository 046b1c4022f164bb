namespace Grains.Embedded;

/// <summary>A timer of an activation; disposing it stops it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when it ticks next and how often thereafter; during a tick, from the end of that tick.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}
