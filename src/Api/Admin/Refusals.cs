using Api.Admin.Problems;
using Grains.Abstractions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

/// <summary>Refusals of the admin API (RFC 9457). What a key does not open does not exist for it.</summary>
internal static class Refusals
{
    public static ProblemHttpResult NotFound(string what) =>
        TypedResults.Problem($"There is no such {what}.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>What a grain refused, with when to try again where that is in order.</summary>
    public static ProblemHttpResult Of(GrainError error, HttpContext http)
    {
        if (error.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return TypedResults.Problem(
            error.Detail,
            statusCode: error.Status,
            type: error.Status == StatusCodes.Status412PreconditionFailed ? ProblemTypes.PreconditionFailed : null);
    }

    /// <summary>What a query was refused with: its filter is at fault, or it is not answered now.</summary>
    public static ProblemHttpResult OfFilter(GrainError error, HttpContext http) =>
        error.Status == StatusCodes.Status400BadRequest ? Faults.Problem(new Fault(error.Detail, Parameter: "filter")) : Of(error, http);

    public static ProblemHttpResult WholePlatform() =>
        TypedResults.Problem("This needs an admin key for the whole platform.", statusCode: StatusCodes.Status403Forbidden, type: ProblemTypes.WholePlatform);

    public static ProblemHttpResult ReadOnly() =>
        TypedResults.Problem("This admin key is for reading alone: it changes nothing.", statusCode: StatusCodes.Status403Forbidden, type: ProblemTypes.ReadOnlyKey);

    public static ProblemHttpResult Taken(string what) =>
        TypedResults.Problem($"The {what} is taken.", statusCode: StatusCodes.Status409Conflict);

    public static ProblemHttpResult Busy() =>
        TypedResults.Problem("Others changed it again and again meanwhile. Try again.", statusCode: StatusCodes.Status409Conflict);

    public static ProblemHttpResult Reused() =>
        TypedResults.Problem(
            "The Idempotency-Key was used for a request with another body.",
            statusCode: StatusCodes.Status422UnprocessableEntity,
            type: ProblemTypes.IdempotencyKeyReused);

    public static ProblemHttpResult Spent(string what) =>
        TypedResults.Problem(
            $"The {what} that this Idempotency-Key made is gone, and is not made again. Use another Idempotency-Key for a new one.",
            statusCode: StatusCodes.Status409Conflict,
            type: ProblemTypes.KeySpent);
}
