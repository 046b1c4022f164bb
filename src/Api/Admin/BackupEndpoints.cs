using Api.Admin.Paging;
using Api.Admin.Problems;
using Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static partial class BackupEndpoints
{
    public static void MapBackups(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/backups").WithTags("Backups")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status501NotImplemented);
        group.MapPost("/", Create)
            .WithSummary("Make a backup of all tenants while the server is at work; answered when it is made and checked")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", List).WithSummary("List the backups in the backups' folder, a page at a time, oldest first").ProducesFaults();
    }

    private static async Task<Results<Created<Backup>, ProblemHttpResult>> Create(HttpContext http, IBackups backups, ILogger<IBackups> logger)
    {
        if (Refusal(http, backups) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return TypedResults.Created((string?)null, await backups.Make());
        }
        catch (InvalidOperationException exception)
        {
            return TypedResults.Problem(exception.Message, statusCode: StatusCodes.Status409Conflict);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFailed(logger, exception);
            return Refusals.Of(
                new GrainError { Status = StatusCodes.Status503ServiceUnavailable, Detail = $"The backup was not made. {exception.Message}" },
                http);
        }
    }

    private static Results<Ok<Page<BackupItem>>, ProblemHttpResult> List(
        HttpContext http, IBackups backups, int? count = null, string? after = null, string? name = null) =>
        Refusal(http, backups) is { } refusal ? refusal : PageRequest.Answer(backups.List(), b => b.Name, http, (count, after, name), b => b.Name);

    private static ProblemHttpResult? Refusal(HttpContext http, IBackups backups) =>
        !http.Opens(tenant: null) ? Refusals.WholePlatform()
        : backups.Unavailable is { } why ? TypedResults.Problem(why, statusCode: StatusCodes.Status501NotImplemented)
        : null;

    [LoggerMessage(1, LogLevel.Error, "A backup was not made")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
