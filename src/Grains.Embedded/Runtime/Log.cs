using Microsoft.Extensions.Logging;

namespace Grains.Embedded;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "One-way call {Call} failed.")]
    public static partial void OneWayFailed(ILogger logger, Exception exception, Call call);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A timer of {Grain} failed.")]
    public static partial void TimerFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} could not be activated.")]
    public static partial void ActivationFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Grain} failed while being deactivated.")]
    public static partial void DeactivationFailed(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Grain} is deactivated: {Reason}")]
    public static partial void DeactivatedForError(ILogger logger, GrainId grain, DeactivationReason reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopped with {Count} activations still busy.")]
    public static partial void StoppedBusy(ILogger logger, int count);
}
