using Api.Admin.Problems;
using Grains.Abstractions.Events;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class EventEndpoints
{
    private const int DefaultCount = 100;
    private const int MaxCount = 1000;

    public static void MapEvents(this IEndpointRouteBuilder admin) =>
        admin.MapGroup("/directories/{directory}/events").WithTags("Events")
            .MapGet("/", Read).WithSummary("Read the events of a directory from a cursor on")
            .WithDescription("This is a feed, not a list: `next` is always there, and is where to go on now or later.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<EventPage>, ProblemHttpResult>> Read(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        long cursor = 0,
        int count = DefaultCount)
    {
        List<Fault> faults =
        [
            .. cursor < 0 ? [new Fault("must be 0 or more.", Parameter: "cursor")] : Array.Empty<Fault>(),
            .. count is < 1 or > MaxCount ? [new Fault($"must be between 1 and {MaxCount}.", Parameter: "count")] : Array.Empty<Fault>(),
        ];
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
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
