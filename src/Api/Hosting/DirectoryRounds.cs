using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Events;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;

namespace Api.Hosting;

/// <summary>
/// Goes round the directories that keep deleted users for a set time. A directory that is in use erases them by itself; one that nobody asks
/// for any more is not in memory, and has its time nevertheless.
/// </summary>
internal sealed partial class DirectoryRounds(IGrainFactory grains, PlatformState platform, TimeProvider time, ILogger<DirectoryRounds> logger) : BackgroundService
{
    /// <summary>How long after a round the next begins, and the first after the start.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromHours(6);

    /// <summary>One round. A directory that could not be asked has its turn in the next.</summary>
    public async Task Go(CancellationToken stop)
    {
        foreach (var tenant in await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Tenants())
        {
            foreach (var directory in await grains.GetGrain<ITenantGrain>(tenant.Id).Directories() ?? [])
            {
                stop.ThrowIfCancellationRequested();
                if (directory is { Removal: null, Profile.Rules: { Archives: true, RetentionDays: > 0 } })
                {
                    await Wake(directory.Id);
                }
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await GoIfOpen(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task GoIfOpen(CancellationToken stop)
    {
        if (!platform.IsOpen)
        {
            return;
        }

        try
        {
            await Go(stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogBrokenOff(logger, exception);
        }
    }

    private async Task Wake(string directory)
    {
        try
        {
            if (await grains.GetGrain<IDirectoryGrain>(GrainKeys.Directory(directory)).Context() is { } context)
            {
                await grains.GetGrain<IEventLogGrain>(GrainKeys.Directory(directory)).Sweep(context);
            }
        }
        catch (Exception exception)
        {
            LogNotAsked(logger, directory, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The round of the directories was broken off")]
    private static partial void LogBrokenOff(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Directory {Directory} could not be asked to erase whom it has kept long enough")]
    private static partial void LogNotAsked(ILogger logger, string directory, Exception exception);
}
