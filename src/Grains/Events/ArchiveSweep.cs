using System.Globalization;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Users;
using Grains.Indexes;
using Microsoft.Extensions.Logging;

namespace Grains.Events;

/// <summary>
/// Erases deleted users from the archive of a directory when their time is over. It walks the archive's index, a part with each sweep of the
/// log, and begins anew some time after it came to the end. What it has erased stands there no longer, so that nothing has to be remembered
/// where it is interrupted.
/// </summary>
/// <param name="grains">The cluster.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where a user is told that could not be erased.</param>
internal sealed partial class ArchiveSweep(IGrainFactory grains, TimeProvider time, ILogger logger)
{
    /// <summary>How long after a walk the next begins: so much later than its time a user may be erased.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>How many entries are looked at in one go.</summary>
    private const int EntriesAtOnce = 200;

    /// <summary>With how many entries one sweep of the log ends.</summary>
    private const int MostEntries = 2000;

    /// <summary>With how many users erased it ends: others wait for the log's next sweep.</summary>
    private const int MostErased = 200;

    /// <summary>How many users are erased side by side.</summary>
    private const int ErasedAtOnce = 16;

    private IndexPosition position;
    private DateTimeOffset next = DateTimeOffset.MinValue;

    /// <summary>Takes up the walk where it is.</summary>
    public async Task GoOn(DirectoryContext directory)
    {
        var now = time.GetUtcNow();
        if (!directory.Rules.Archives || directory.Rules.RetentionDays <= 0 || now < next)
        {
            return;
        }

        directory = directory.For("User");
        var client = new IndexClient(grains, directory);
        var before = now.AddDays(-directory.Rules.RetentionDays).ToUnixTimeSeconds();
        var erased = 0;
        for (var seen = 0; seen < MostEntries && erased < MostErased;)
        {
            var (entries, following) = await client.List(IndexNames.Archive, position, EntriesAtOnce);
            var due = entries.SelectMany(e => e.Entries).Where(e => !long.TryParse(e.Tag, NumberStyles.None, CultureInfo.InvariantCulture, out var deleted) || deleted <= before).ToList();
            foreach (var some in due.Chunk(ErasedAtOnce))
            {
                await Task.WhenAll(some.Select(e => Erase(directory, e.Id)));
            }

            seen += entries.Count;
            erased += due.Count;
            position = following ?? default;
            if (following is null)
            {
                next = now + Pause;
                return;
            }
        }
    }

    private async Task Erase(DirectoryContext directory, string id)
    {
        try
        {
            // One that could not be erased is met again by the next walk, and is in nobody's way until then.
            await grains.GetGrain<IUserGrain>(GrainKeys.Resource(directory.Id, id)).EraseArchived(directory, onlyDue: true);
        }
        catch (Exception exception)
        {
            LogNotErased(logger, directory.Id, id, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "User {Directory}/{Id} could not be erased from the archive yet")]
    private static partial void LogNotErased(ILogger logger, string directory, string id, Exception exception);
}
