using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Indexes;
using Grains.Indexes;
using Microsoft.Extensions.Logging;

namespace Grains.Directories;

/// <summary>
/// Indexes that come and go. One that is added is kept by whoever writes from the next request on. When nobody writes any more who does not
/// know of it, which the log's fence makes sure of, everyone who was there before is put in; then filters go by it. One that is taken away
/// is left by filters at once, is kept until no query has it in hand, and is cleared when nobody writes it any more.
/// </summary>
internal sealed partial class DirectoryGrain
{
    /// <summary>How often the work on indexes is looked after while there is any: what was interrupted goes on.</summary>
    private static readonly TimeSpan IndexPeriod = TimeSpan.FromSeconds(1);

    /// <summary>After so many resources it is written down how far a build has come.</summary>
    private const int WriteDownEach = 10_000;

    private readonly Dictionary<(string Type, int Since), IndexBuildProgress> building = [];
    private IGrainTimer? indexTimer;

    private bool HasWorkOnIndexes => Serves && Array.Exists(row.Current.Indexes, i => i.Status != IndexStatus.Ready);

    public async Task<IndexesReply> ChangeIndexes(ChangeIndexes request)
    {
        GrainError? error = null;
        await row.Change(current =>
        {
            error = Serves ? null : GrainError.NotFound("Directory", id);
            return Serves ? IndexRules.Change(current, request, DirectorySchemas.Of(CurrentContext()), time.GetUtcNow(), out error) : null;
        });
        if (error is not null)
        {
            return new IndexesReply { Error = error };
        }

        WorkOnIndexes();
        return new IndexesReply { Indexes = IndexDescriptions() };
    }

    private static string BuildName(string type, int since) => $"{IndexNames.PrefixOf(type)}-{since}";

    private IIndexWorkGrain IndexWork(string what) => GrainFactory.GetGrain<IIndexWorkGrain>(GrainKeys.IndexWork(id, what));

    /// <summary>Whether the width of an index is of use: what is late must not make rows of one that was taken away.</summary>
    private bool Keeps(string index) => !IndexNames.IsOfResources(index) || ResourceIndexes.All(CurrentContext()).Any(i => i.Keeps(index));

    private IndexDescription[] IndexDescriptions()
    {
        var state = row.Current;
        var all = new List<IndexDescription>();
        foreach (var (type, paths) in new[] { ("User", state.UserIndexes), ("Group", state.GroupIndexes) })
        {
            var changed = Array.FindAll(state.Indexes, i => i.ResourceType == type);
            all.AddRange(paths.Select(path => new IndexDescription
            {
                ResourceType = type,
                Path = path,
                Since = Array.Find(changed, i => i.Path == path && i.Status == IndexStatus.Ready)?.Changed,
            }));
            all.AddRange(changed.Where(i => i.Status != IndexStatus.Ready).Select(i =>
            {
                var build = i.Status == IndexStatus.Building ? IndexRules.BuildOf(state, type, i.Since) : null;
                return new IndexDescription
                {
                    ResourceType = type,
                    Path = i.Path,
                    Status = i.Status,
                    Since = i.Changed,
                    Done = build is null ? 0 : Math.Max(build.Done, building.GetValueOrDefault((type, i.Since))?.Done ?? 0),
                    Total = build?.Total ?? 0,
                };
            }));
        }

        return [.. all];
    }

    /// <summary>Looks after the indexes until none is on its way; beside the turns, so that requests and admins need not wait.</summary>
    private void WorkOnIndexes()
    {
        if (indexTimer is null && HasWorkOnIndexes)
        {
            indexTimer = this.RegisterGrainTimer(WorkOnIndexes, new GrainTimerCreationOptions
            {
                DueTime = TimeSpan.Zero,
                Period = IndexPeriod,
                Interleave = true,
                KeepAlive = true,
            });
        }
    }

    private async Task WorkOnIndexes(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var build in Standing(IndexStatus.Building, options.ContextLife).DistinctBy(i => (i.ResourceType, i.Since)))
            {
                await Build(build.ResourceType, build.Since);
            }

            foreach (var index in Standing(IndexStatus.Removing, options.QueryLife))
            {
                await row.Change(current => IndexRules.Forsake(current, index, time.GetUtcNow()));
            }

            foreach (var index in Standing(IndexStatus.Clearing, options.ContextLife))
            {
                await Clear(index);
            }
        }
        catch (Exception exception)
        {
            LogIndexesInterrupted(logger, id, exception);
        }

        if (!HasWorkOnIndexes)
        {
            indexTimer?.Dispose();
            indexTimer = null;
        }
    }

    /// <summary>The indexes that have been in a status for some time.</summary>
    private List<DirectoryIndex> Standing(IndexStatus status, TimeSpan age) =>
        Serves ? [.. row.Current.Indexes.Where(i => i.Status == status && time.GetUtcNow() - i.Changed >= age)] : [];

    private async Task Build(string type, int since)
    {
        if (IndexRules.BuildOf(row.Current, type, since) is not { } build)
        {
            var log = GrainFactory.GetGrain<IEventLogGrain>(GrainKeys.Directory(id));
            if (!await log.Fence(CurrentContext(), since))
            {
                return;
            }

            build = new IndexBuild { ResourceType = type, Since = since, Total = await log.Count(type) };
            await row.Change(current => IndexRules.BuildOf(current, type, since) is null ? IndexRules.Come(current, build) : null);
            build = IndexRules.BuildOf(row.Current, type, since);
        }

        if (!Serves || build is null)
        {
            return;
        }

        var progress = await IndexWork(BuildName(type, since)).Build(CurrentContext(), type, since, new IndexBuildProgress { Cursor = build.Cursor, Done = build.Done });
        building[(type, since)] = progress;
        if (progress.Whole)
        {
            await row.Change(current => IndexRules.Built(current, type, since, time.GetUtcNow()));
            building.Remove((type, since));
        }
        else if (progress.Done >= build.Done + WriteDownEach)
        {
            await row.Change(current => IndexRules.Come(current, build with { Cursor = progress.Cursor, Done = progress.Done }));
        }
    }

    private async Task Clear(DirectoryIndex index)
    {
        if (!await GrainFactory.GetGrain<IEventLogGrain>(GrainKeys.Directory(id)).Fence(CurrentContext(), index.Until))
        {
            return;
        }

        await IndexWork(BuildName(index.ResourceType, index.Since)).Stop();
        if (await IndexWork(IndexNames.Of(index)).Clear(id, IndexNames.Of(index)))
        {
            await row.Change(current => IndexRules.Forget(current, index));
        }
    }

    /// <summary>Before everything is cleared nobody may still write an index.</summary>
    private async Task StopWorkOnIndexes()
    {
        foreach (var index in row.Current.Indexes.Where(i => i.Status != IndexStatus.Ready))
        {
            await IndexWork(BuildName(index.ResourceType, index.Since)).Stop();
            await IndexWork(IndexNames.Of(index)).Stop();
        }
    }

    [LoggerMessage(20, LogLevel.Warning, "Directory {Directory}: the work on its indexes was interrupted and will be gone on with")]
    private static partial void LogIndexesInterrupted(ILogger logger, string directory, Exception exception);
}
