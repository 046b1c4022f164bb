namespace Grains.Abstractions.Requests;

/// <summary>A part of a request log that no longer changes.</summary>
[Alias("muster.IRequestSegmentGrain")]
public interface IRequestSegmentGrain : IGrainWithStringKey
{
    /// <summary>Makes the segment, once.</summary>
    /// <param name="requests">The requests, in the storage form of a log's entries.</param>
    /// <returns>False where others stand there.</returns>
    [Alias("Install")]
    Task<bool> Install(byte[] requests);

    /// <summary>The requests that are asked for, newest first, without bodies: <see cref="RequestQuery.Count"/> at the most.</summary>
    [ReadOnly]
    [Alias("Find")]
    ValueTask<LoggedRequest[]> Find(RequestQuery query);

    [ReadOnly]
    [Alias("Read")]
    ValueTask<LoggedRequest?> Read(long sequence);

    [Alias("Clear")]
    Task<bool> Clear();
}
