using Grains.Abstractions.Directories;

namespace Grains.Abstractions.Events;

/// <summary>
/// The ordered events of a directory, and its alarm clock (PROTOCOL R8): an event stands here from the moment its row's write is
/// under way, is seen once that write is known to stand, and wakes its resource until all that the row lists is done.
/// </summary>
[Alias("muster.IEventLogGrain")]
public interface IEventLogGrain : IGrainWithStringKey
{
    /// <summary>Appends an event; durable when it returns.</summary>
    [Alias("Append")]
    Task<AppendReply> Append(DirectoryContext directory, NewEvent entry);

    /// <summary>The sequence that the next event will get: a lower bound for whoever is about to append.</summary>
    [Alias("Next")]
    ValueTask<long> Next();

    /// <summary>A row's write stands. Nobody waits for it: where it is lost, the log asks the resource.</summary>
    [Alias("Settle")]
    Task Settle(DirectoryContext directory, Settlement settlement);

    /// <summary>Events from a sequence on, in order: of each resource by version, each version once.</summary>
    [Alias("Read")]
    Task<EventsPage> Read(long from, int take);

    /// <summary>How many resources of a type there are: those whose creation stands here and whose deletion does not. All that was acknowledged is counted.</summary>
    /// <param name="resourceType"><c>User</c>, <c>Group</c>, or one of the directory's own.</param>
    [Alias("Count")]
    ValueTask<long> Count(string resourceType);

    /// <summary>
    /// How many users, groups or resources of another type there are. Of what was left unsettled when a process ended it is found out first
    /// whether it counts.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="resourceType"><c>User</c>, <c>Group</c>, or one of the directory's own.</param>
    [Alias("Total")]
    ValueTask<long> Total(DirectoryContext directory, string resourceType);

    /// <summary>
    /// Asks for room for a new resource in a directory with a limit, just before it is made: those that are being made count, too. It costs
    /// no storage operation. What another activation of the log let in a moment ago is not known to it.
    /// </summary>
    /// <param name="name">The new resource.</param>
    /// <param name="most">How many of its type there may be.</param>
    [Alias("Admit")]
    ValueTask<bool> Admit(ResourceName name, long most);

    /// <summary>Asks after what stays unsettled, and wakes what is unfinished.</summary>
    [Alias("Sweep")]
    Task Sweep(DirectoryContext directory);

    /// <summary>
    /// From now on takes no event of a writer that does not know of all the indexes that are to be kept, so that no change of a resource
    /// can stand that left one out.
    /// </summary>
    /// <param name="directory">The directory.</param>
    /// <param name="epoch">The lowest <see cref="DirectoryContext.IndexEpoch"/> that is taken.</param>
    /// <returns>Whether it is also known of every event that was taken before whether its change stands: none of them is under way any more.</returns>
    [Alias("Fence")]
    Task<bool> Fence(DirectoryContext directory, int epoch);

    /// <summary>Resources that were deleted, or never came to be, from a sequence on.</summary>
    [Alias("Tombstones")]
    Task<TombstonesPage> Tombstones(long from);

    /// <summary>Clears the log, when the directory is removed.</summary>
    [Alias("Clear")]
    Task<bool> Clear();
}
