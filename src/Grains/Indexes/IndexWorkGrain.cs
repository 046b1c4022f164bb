using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Indexes;
using Grains.Abstractions.Users;
using Microsoft.Extensions.Logging;

namespace Grains.Indexes;

/// <summary>
/// Goes through all resources of a directory for indexes that are being built, or through the rows of one that is being cleared. It works
/// beside its turns, so that it can be asked how far it is; where it is interrupted, the directory has it go on from where that was last
/// written down. To do something twice changes nothing.
/// </summary>
[Reentrant]
[GrainType("indexwork")]
internal sealed partial class IndexWorkGrain(ILogger<IndexWorkGrain> logger) : Grain, IIndexWorkGrain
{
    /// <summary>How many resources are listed at a time. After each page the directory is asked whether it still wants the indexes.</summary>
    private const int PageSize = 512;

    /// <summary>How many resources are put into the indexes at a time.</summary>
    private const int AtOnce = 32;

    private IndexBuildProgress? progress;
    private bool isCleared;
    private bool stopped;
    private Task working = Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        stopped = true;
        return Task.CompletedTask;
    }

    public Task<IndexBuildProgress> Build(DirectoryContext directory, string resourceType, int since, IndexBuildProgress from)
    {
        progress ??= from;
        if (!progress.Whole && working.IsCompleted)
        {
            stopped = false;
            working = Try(() => BuildOn(directory, resourceType, since));
        }

        return Task.FromResult(progress);
    }

    public Task<bool> Clear(string directory, string index)
    {
        if (!isCleared && working.IsCompleted)
        {
            working = Try(async () => isCleared = await new IndexBuckets(GrainFactory, directory, index).Clear());
        }

        return Task.FromResult(isCleared);
    }

    public Task Stop()
    {
        stopped = true;
        return working;
    }

    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception exception)
        {
            // Asked again, it goes on from there.
            LogInterrupted(logger, this.GetPrimaryKeyString(), exception);
        }
    }

    private async Task BuildOn(DirectoryContext directory, string resourceType, int since)
    {
        while (!stopped)
        {
            var index = ResourceIndexes.Of(directory, resourceType).IdIndex;
            var (entries, next) = await new IndexClient(GrainFactory, directory).List(index, progress!.Cursor, PageSize);
            foreach (var some in entries.SelectMany(e => e.Entries).Chunk(AtOnce))
            {
                var asked = some.Select(e => Reindex(directory, resourceType, e.Id, since)).ToList();
                var done = true;
                foreach (var one in asked)
                {
                    done &= await one;
                }

                if (!done || stopped)
                {
                    return;
                }
            }

            progress = new IndexBuildProgress { Cursor = next ?? progress.Cursor, Done = progress.Done + entries.Count, Whole = next is null };
            if (next is null
                || await GrainFactory.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directory.Id)).Context() is not { } current
                || !Array.Exists(current.Indexes, i => i.ResourceType == resourceType && i.Since == since && i.Status == IndexStatus.Building))
            {
                return;
            }

            // It knows how wide the indexes have become.
            directory = current;
        }
    }

    private Task<bool> Reindex(DirectoryContext directory, string resourceType, string id, int since)
    {
        var key = GrainKeys.Resource(directory.Id, id);
        return resourceType == "Group"
            ? GrainFactory.GetGrain<IGroupGrain>(key).Reindex(directory, since)
            : GrainFactory.GetGrain<IUserGrain>(key).Reindex(directory, since);
    }

    [LoggerMessage(1, LogLevel.Warning, "Work on indexes {Key} was interrupted and will be gone on with")]
    private static partial void LogInterrupted(ILogger logger, string key, Exception exception);
}
