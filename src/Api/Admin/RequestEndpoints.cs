using System.Globalization;
using System.Text.Json;
using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Requests;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class RequestEndpoints
{
    /// <summary>For how long what this server still holds is waited for, so that a reader sees what was just done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapRequests(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/requests").WithTags("Request log");
        group.MapGet("/", List)
            .WithSummary("Search what the identity provider sent and got")
            .WithDescription(
                "Newest first, without bodies. `from` and `to` are times (`to` excluded); `status` is one (`404`), a class (`4xx`) or a range (`400-499`); `outcome` is succeeded, refused, failed, " +
                "unauthenticated or dropped. A page looks at a bounded part of the log: it may have fewer items than `count`, and there are more as long as it has `next`, which is given as `after`.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/{request}", Get).WithSummary("Read one request, with the bodies that are kept").ProducesProblem(StatusCodes.Status404NotFound);
        var settings = admin.MapGroup("/directories/{directory}/request-log").WithTags("Request log");
        settings.MapGet("/", GetSettings).WithSummary("Read what a directory's request log keeps").ProducesProblem(StatusCodes.Status404NotFound);
        settings.MapPut("/", PutSettings)
            .WithSummary("Set what a directory's request log keeps")
            .WithDescription("It is replaced as a whole; what is not there goes by the server's settings. Masks hold for requests from now on; a shorter retention clears older ones at once.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>A request as it is shown, without bodies.</summary>
    public static RequestItem Shown(LoggedRequest request) => new(
        request.Sequence.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeMilliseconds(request.At),
        Name(request.Outcome),
        request.Status,
        request.Method,
        request.Path,
        request.Query,
        request.ResourceType,
        request.ResourceId,
        request.ScimType,
        request.Detail,
        request.DurationMicroseconds / 1000.0,
        request.Address,
        request.UserAgent,
        request.CorrelationId,
        request.CredentialId,
        request.CredentialLastFour,
        Name(request.Client),
        request.RequestBytes,
        request.ResponseBytes,
        request.Outcome == RequestOutcome.Dropped ? request.Dropped : null,
        RequestBodyLeftOut: request.RequestBodyCut,
        ResponseBodyLeftOut: request.ResponseBodyCut);

    /// <summary>Writes what this server still holds of a directory, unless that takes long.</summary>
    public static async Task Settle(this RequestQueue queue, string directory)
    {
        // Where storage is slow, what is in the log already is shown all the same.
        await queue.Flush(directory).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<Results<Ok<Page<RequestItem>>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        RequestQueue queue,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? status = null,
        string? method = null,
        string? resourceType = null,
        string? resourceId = null,
        string? correlationId = null,
        string? outcome = null,
        int? count = null,
        string? after = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name: null, faults, PageRequest.MaxRead);
        if (!TryReadSequence(page.After, out var before))
        {
            faults.Add(PageRequest.BadCursor());
        }

        if (!TryReadStatus(status, out var least, out var most))
        {
            faults.Add(new Fault("must be as 404, 4xx or 400-499.", Parameter: "status"));
        }

        var kind = RequestOutcome.Succeeded;
        if (outcome is not null && (!Enum.TryParse(outcome, ignoreCase: true, out kind) || !Enum.IsDefined(kind)))
        {
            faults.Add(new Fault("must be succeeded, refused, failed, unauthenticated or dropped.", Parameter: "outcome"));
        }

        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        await queue.Settle(directory);
        var found = await grains.GetGrain<IRequestLogGrain>(directory).Find(new RequestQuery
        {
            From = from?.ToUnixTimeMilliseconds(),
            To = to?.ToUnixTimeMilliseconds(),
            LeastStatus = least,
            MostStatus = most,
            Method = method,
            ResourceType = resourceType,
            ResourceId = resourceId,
            CorrelationId = correlationId,
            Outcome = outcome is null ? null : kind,
            Before = before,
            Count = page.Count,
        });
        return TypedResults.Ok(PageRequest.Of([.. found.Requests.Select(Shown)], found.Next?.ToString(CultureInfo.InvariantCulture), http));
    }

    private static async Task<Results<Ok<RequestItem>, ProblemHttpResult>> Get(string directory, string request, HttpContext http, IGrainFactory grains, RequestQueue queue)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null || !TryReadSequence(request, out var sequence) || sequence is null)
        {
            return Refusals.NotFound("request");
        }

        await queue.Settle(directory);
        return await grains.GetGrain<IRequestLogGrain>(directory).Read(sequence.Value) is { } found
            ? TypedResults.Ok(Shown(found) with { RequestBody = Json(found.RequestBody), ResponseBody = Json(found.ResponseBody) })
            : Refusals.NotFound("request");
    }

    private static async Task<Results<Ok<RequestLogOptions>, ProblemHttpResult>> GetSettings(string directory, HttpContext http, IGrainFactory grains, RequestQueue queue, Hosting.MusterSettings settings) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null && await grains.GetGrain<IDirectoryGrain>(directory).Context() is { } context
            ? TypedResults.Ok(Shown(context.RequestLog, queue.LimitsOf(context.RequestLog), settings))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<RequestLogOptions>, ProblemHttpResult>> PutSettings(
        string directory,
        RequestLogEdit body,
        HttpContext http,
        IGrainFactory grains,
        RequestQueue queue,
        Hosting.MusterSettings settings)
    {
        var own = new RequestLogSettings
        {
            On = body.On,
            Bodies = body.Bodies is { } bodies ? Enum.Parse<RequestBodies>(bodies, ignoreCase: true) : null,
            Masked = body.Masked is { } masked ? [.. masked.Select(p => p!.Trim())] : null,
            RetentionDays = body.RetentionDays,
        };
        var grain = grains.GetGrain<IDirectoryGrain>(directory);
        if (await DirectoryEndpoints.Find(directory, http, grains) is null
            || await grain.Context() is not { } context
            || !await grain.SetRequestLog(own))
        {
            return Refusals.NotFound("directory");
        }

        var limits = queue.LimitsOf(own);
        await grains.GetGrain<IRequestLogGrain>(directory).Limit(limits);
        var (before, now) = (Shown(context.RequestLog, queue.LimitsOf(context.RequestLog), settings), Shown(own, limits, settings));
        var trail = http.Audit();
        trail.Changed("on", Text(before.On), Text(now.On));
        trail.Changed("bodies", before.Bodies, now.Bodies);
        trail.Changed("masked", string.Join(", ", before.Masked), string.Join(", ", now.Masked));
        trail.Changed("retentionDays", before.RetentionDays, now.RetentionDays);
        return TypedResults.Ok(now);
    }

    private static RequestLogOptions Shown(RequestLogSettings? own, RequestLogLimits limits, Hosting.MusterSettings settings) => new(
        settings.RequestLog && (own?.On ?? true),
        Name(own?.Bodies ?? settings.RequestBodies),
        own?.Masked ?? [],
        limits.RetentionDays,
        limits.MaxBytes,
        limits.MaxEntries);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Text(bool value) => value ? "true" : "false";

    private static JsonElement? Json(byte[]? body) => body is null ? null : JsonElement.Parse(body);

    private static bool TryReadSequence(string? text, out long? sequence)
    {
        sequence = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        sequence = number;
        return isNumber;
    }

    private static bool TryReadStatus(string? text, out int? least, out int? most)
    {
        (least, most) = (null, null);
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (text.Length == 3 && char.IsAsciiDigit(text[0]) && text.EndsWith("xx", StringComparison.OrdinalIgnoreCase))
        {
            least = (text[0] - '0') * 100;
            most = least + 99;
            return true;
        }

        var parts = text.Split('-');
        if (parts.Length > 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
        {
            return false;
        }

        (least, most) = (first, last);
        return true;
    }
}
