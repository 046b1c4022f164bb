using System.Collections.Concurrent;
using Grains.Abstractions.Directories;

namespace Grains.Indexes;

/// <summary>
/// The newest epoch of each directory's indexes that this process has heard of, so that a writer who does not know of it is mostly refused
/// before he writes anything, and not only by the log.
/// </summary>
internal sealed class IndexEpochs
{
    private readonly ConcurrentDictionary<string, int> newestOf = new(StringComparer.Ordinal);

    /// <summary>Whether a caller knows of fewer indexes than others do, or than a row was written by. Its front learns of them with the next request.</summary>
    /// <param name="directory">The directory as the caller knows it.</param>
    /// <param name="ofRow">The epoch by which the row was written.</param>
    public bool IsStale(DirectoryContext directory, int ofRow)
    {
        var epoch = directory.IndexEpoch;
        if (epoch < ofRow)
        {
            return true;
        }

        var known = newestOf.GetValueOrDefault(directory.Id);
        if (epoch > known)
        {
            newestOf.AddOrUpdate(directory.Id, epoch, (_, newest) => Math.Max(newest, epoch));
        }

        return epoch < known;
    }
}
