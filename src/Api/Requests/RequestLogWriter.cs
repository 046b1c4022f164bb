using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Requests;
using Grains.Abstractions.Tenants;

namespace Api.Requests;

/// <summary>Writes the queue into the logs by the clock, and has the logs of directories that nobody asks for forget what is too old.</summary>
internal sealed partial class RequestLogWriter(RequestQueue queue, IGrainFactory grains, TimeProvider time, ILogger<RequestLogWriter> logger) : BackgroundService
{
    /// <summary>How long a request waits at the most, if storage does not lag behind.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How often old entries of quiet directories are looked for.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromHours(6);

    /// <summary>For how long a server that ends in order waits for its storage to take what is left.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await queue.Flush().WaitAsync(Patience, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Has every log clear what is too old.</summary>
    public async Task Sweep(CancellationToken cancellationToken)
    {
        foreach (var tenant in await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).TenantIds())
        {
            foreach (var directory in await grains.GetGrain<ITenantGrain>(tenant).DirectoryIds())
            {
                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    await grains.GetGrain<IRequestLogGrain>(GrainKeys.Directory(directory)).Sweep();
                }
                catch (Exception exception)
                {
                    // The next sweep finds it again.
                    LogNotSwept(logger, directory, exception);
                }
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Write(stoppingToken), SweepByTheClock(stoppingToken));

    private async Task Write(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await queue.Flush();
        }
    }

    private async Task SweepByTheClock(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Sweep(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogNotSwept(logger, "*", exception);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The request log of directory {Directory} was not swept")]
    private static partial void LogNotSwept(ILogger logger, string directory, Exception exception);
}
