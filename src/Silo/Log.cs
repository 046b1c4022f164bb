namespace Silo;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Critical, "The silo could not start, or did not end in order")]
    public static partial void LogSiloFailed(this ILogger logger, Exception exception);
}
