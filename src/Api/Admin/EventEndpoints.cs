using Grains.Abstractions.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class EventEndpoints
{
    private const int DefaultCount = 100;
    private const int MaxCount = 1000;

    public static void MapEvents(this IEndpointRouteBuilder admin) =>
        admin.MapGroup("/directories/{directory}/events").WithTags("Events")
            .MapGet("/", Read).WithSummary("Read the events of a directory from a cursor on");

    private static async Task<Results<Ok<EventPage>, ProblemHttpResult>> Read(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        long cursor = 0,
        int count = DefaultCount)
    {
        if (cursor < 0 || count is < 1 or > MaxCount)
        {
            return TypedResults.Problem($"cursor must be 0 or more, and count between 1 and {MaxCount}.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        var page = await grains.GetGrain<IEventLogGrain>(directory).Read(cursor, count);
        return TypedResults.Ok(new EventPage([.. page.Events.Select(Shown)], page.Next, page.More));
    }

    private static Event Shown(DirectoryEvent e) =>
        new(e.Sequence, e.Kind.ToString().ToLowerInvariant(), e.ResourceType, e.ResourceId, e.Version, e.At);
}
