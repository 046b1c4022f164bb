using Grains.Abstractions.Indexes;
using Microsoft.Extensions.Logging;

namespace Grains.Resources;

/// <summary>Steps that run beside the write of a row. Their exceptions mean what a refusal means: storage did not confirm.</summary>
internal static partial class Companions
{
    /// <summary>Whether a step was confirmed.</summary>
    public static async Task<bool> Confirmed(Task<bool> step, ILogger logger, string grain)
    {
        try
        {
            return await step;
        }
        catch (Exception exception)
        {
            LogStepFailed(logger, grain, exception);
            return false;
        }
    }

    /// <summary>A step that nobody waits for, and that may fail.</summary>
    public static async Task Quietly(Task step)
    {
        try
        {
            await step;
        }
        catch (Exception)
        {
            // It is tried again when it is next wanted.
        }
    }

    /// <summary>What a claim came to.</summary>
    public static async Task<BucketStatus> Confirmed(Task<BucketStatus> step, ILogger logger, string grain)
    {
        try
        {
            return await step;
        }
        catch (Exception exception)
        {
            LogStepFailed(logger, grain, exception);
            return BucketStatus.Retry;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Grain {Grain}: a write on its behalf was not confirmed")]
    private static partial void LogStepFailed(ILogger logger, string grain, Exception exception);
}
