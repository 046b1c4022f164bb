namespace Api.Admin.Problems;

/// <summary>The <c>type</c> of each problem of the admin API (RFC 9457 §3.1.1); <c>docs/admin.md</c> says what each means.</summary>
internal static class ProblemTypes
{
    public const string InvalidRequest = Prefix + "invalid-request";
    public const string Unauthorized = Prefix + "unauthorized";
    public const string Forbidden = Prefix + "forbidden";
    public const string ReadOnlyKey = Prefix + "read-only-key";
    public const string WholePlatform = Prefix + "whole-platform";
    public const string NotFound = Prefix + "not-found";
    public const string MethodNotAllowed = Prefix + "method-not-allowed";
    public const string Conflict = Prefix + "conflict";
    public const string KeySpent = Prefix + "key-spent";
    public const string PreconditionFailed = Prefix + "precondition-failed";
    public const string TooLarge = Prefix + "too-large";
    public const string MediaType = Prefix + "media-type";
    public const string IdempotencyKeyReused = Prefix + "idempotency-key-reused";
    public const string TooManyRequests = Prefix + "too-many-requests";
    public const string NotImplemented = Prefix + "not-implemented";
    public const string Unavailable = Prefix + "unavailable";

    private const string Prefix = "urn:muster:problem:";

    /// <summary>The type of a problem that has none of its own.</summary>
    public static string Of(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status409Conflict => Conflict,
        StatusCodes.Status412PreconditionFailed => PreconditionFailed,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => MediaType,
        StatusCodes.Status422UnprocessableEntity => IdempotencyKeyReused,
        StatusCodes.Status429TooManyRequests => TooManyRequests,
        StatusCodes.Status501NotImplemented => NotImplemented,
        StatusCodes.Status503ServiceUnavailable => Unavailable,
        _ => InvalidRequest,
    };

    /// <summary>Gives a problem that has none of its own its type.</summary>
    public static void Put(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true)
        {
            problem.Type = Of(problem.Status ?? context.HttpContext.Response.StatusCode);
        }
    }
}
