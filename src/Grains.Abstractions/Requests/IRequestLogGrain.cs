namespace Grains.Abstractions.Requests;

/// <summary>
/// The log of what a directory's clients sent and got, and what follows from it: the state of the connection and the progress of the
/// first cycle. Fronts append to it in batches, behind the requests: no request waits for it.
/// </summary>
[Alias("muster.IRequestLogGrain")]
public interface IRequestLogGrain : IGrainWithStringKey
{
    /// <summary>Appends what a front has seen, once: what is not confirmed is not to be sent again.</summary>
    /// <returns>False where it was not confirmed, or where there is no such directory.</returns>
    [Alias("Append")]
    Task<bool> Append(RequestBatch batch);

    /// <summary>Looks for requests, newest first. It looks at a bounded part of the log: a page may have fewer than were asked for, and go on.</summary>
    [Alias("Find")]
    Task<RequestPage> Find(RequestQuery query);

    /// <returns>The request with its bodies, or null where it is not there any more.</returns>
    [Alias("Read")]
    Task<LoggedRequest?> Read(long sequence);

    /// <summary>What the directory's clients did lately.</summary>
    [Alias("Traffic")]
    ValueTask<DirectoryTraffic> Traffic();

    /// <summary>Clears what is older than the last batch said is kept. An append does so, too; this is for directories that nobody asks for.</summary>
    [Alias("Sweep")]
    Task Sweep();

    /// <summary>Keeps less from now on, or more: what is too old by these limits goes at once.</summary>
    [Alias("Limit")]
    Task Limit(RequestLogLimits limits);

    /// <summary>Clears all of it.</summary>
    /// <returns>False where storage did not confirm.</returns>
    [Alias("Clear")]
    Task<bool> Clear();
}
