using System.Text.Json;
using Api.Requests;
using Grains.Abstractions.Events;
using Grains.Abstractions.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ConnectionEndpoints
{
    /// <summary>For so long after something was made a first cycle is taken to be under way.</summary>
    private static readonly TimeSpan StillUnderWay = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static void MapConnection(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}").WithTags("Request log").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/connection", Get)
            .WithSummary("Read how the connection of the identity provider does")
            .WithDescription("Its state, its last request, success and failure, what kind of client it is, and how near Entra is to putting its job in quarantine.");
        group.MapGet("/progress", GetProgress)
            .WithSummary("Read how far the first cycle is")
            .WithDescription("Users, groups and memberships that were made over time. Entra does not say how many there will be.");
    }

    private static async Task<Results<Ok<Connection>, ProblemHttpResult>> Get(string directory, HttpContext http, IGrainFactory grains, RequestQueue queue, TimeProvider time)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        await queue.Settle(directory);
        var traffic = await grains.GetGrain<IRequestLogGrain>(directory).Traffic();
        var reading = new TrafficReading(traffic, time.GetUtcNow());
        var (requests, failures) = reading.LastDay;
        return TypedResults.Ok(new Connection(
            Name(reading.State),
            reading.FailingReason ?? (reading.State == ConnectionState.Silent ? "No request has come for 24 hours." : null),
            Client(traffic),
            traffic.UserAgent,
            Dialect(traffic),
            Time(traffic.LastRequest),
            Time(traffic.LastSuccess),
            traffic.LastFailure is { } failure ? WithoutId(failure) : null,
            traffic.LastTest is { } test ? WithoutId(test) : null,
            traffic.CredentialId,
            Time(traffic.UnknownCredentialRefused),
            traffic.Requests,
            traffic.Dropped,
            new QuarantineMeter(Name(reading.Risk), Math.Round(reading.Level, 3), reading.RiskReason, requests, failures, requests == 0 ? 0 : Math.Round((double)failures / requests, 3))));
    }

    private static async Task<Results<Ok<Progress>, ProblemHttpResult>> GetProgress(string directory, HttpContext http, IGrainFactory grains, RequestQueue queue, TimeProvider time)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        await queue.Settle(directory);
        var traffic = await grains.GetGrain<IRequestLogGrain>(directory).Traffic();
        var events = grains.GetGrain<IEventLogGrain>(directory);
        var now = time.GetUtcNow();
        return TypedResults.Ok(new Progress(
            traffic.LastMade == 0 ? "notBegun" : now - DateTimeOffset.FromUnixTimeMilliseconds(traffic.LastMade) < StillUnderWay ? "underWay" : "settled",
            Time(traffic.Since),
            Time(traffic.LastMade),
            traffic.Points.Sum(p => p.UsersMade),
            traffic.Points.Sum(p => p.GroupsMade),
            traffic.Points.Sum(p => p.MembersAdded),
            await events.Count("User"),
            await events.Count("Group"),
            new TrafficReading(traffic, now).UsersMadeWithin(Hour),
            traffic.Interval / 1000,
            [.. traffic.Points.Select((p, i) => new ProgressInterval(DateTimeOffset.FromUnixTimeMilliseconds(traffic.Since + (i * traffic.Interval)), p.UsersMade, p.GroupsMade, p.MembersAdded))]));
    }

    private static string? Client(DirectoryTraffic traffic) =>
        traffic.Requests == 0 ? null
        : traffic.OktaSeen > traffic.EntraSeen ? "okta"
        : traffic.EntraSeen > 0 ? "entra"
        : "other";

    private static string? Dialect(DirectoryTraffic traffic)
    {
        var last = Math.Max(traffic.EntraDefaultPatch, Math.Max(traffic.EntraFlaggedPatch, traffic.StandardPatch));
        return last == 0 ? null : last == traffic.EntraFlaggedPatch ? "flagged" : last == traffic.EntraDefaultPatch ? "default" : "standard";
    }

    /// <summary>It is kept beside the log, and has no number there.</summary>
    private static RequestItem WithoutId(LoggedRequest request) => RequestEndpoints.Shown(request) with { Id = "" };

    private static DateTimeOffset? Time(long milliseconds) => milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
