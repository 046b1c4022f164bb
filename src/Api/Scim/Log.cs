namespace Api.Scim;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "What a delete left for later is not done yet")]
    public static partial void SettlesLater(ILogger logger, Exception exception);
}
