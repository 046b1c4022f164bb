namespace Api.Admin;

/// <summary>Turns what storage did not confirm into 503: nothing was acknowledged, and the client may try again.</summary>
internal sealed partial class AdminFaultFilter(ILogger<AdminFaultFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is not BadHttpRequestException and not OperationCanceledException)
        {
            LogFailed(logger, exception);
            context.HttpContext.Response.Headers.RetryAfter = "1";
            return Results.Problem("Storage did not confirm the request. Try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "An admin request was not confirmed")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
