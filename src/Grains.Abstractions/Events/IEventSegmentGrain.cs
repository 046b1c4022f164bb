namespace Grains.Abstractions.Events;

/// <summary>A part of a directory's log that no longer changes.</summary>
[Alias("muster.IEventSegmentGrain")]
public interface IEventSegmentGrain : IGrainWithStringKey
{
    /// <summary>Makes the segment, once: a later call changes nothing.</summary>
    /// <param name="entries">The entries, as the storage form of a log's entries (UTF-8 JSON).</param>
    /// <returns>False where storage did not confirm.</returns>
    [Alias("Install")]
    Task<bool> Install(byte[] entries);

    /// <summary>The entries, in the same form; empty where there is no such segment.</summary>
    [ReadOnly]
    [Alias("Read")]
    ValueTask<byte[]> Read();

    [Alias("Clear")]
    Task<bool> Clear();
}
