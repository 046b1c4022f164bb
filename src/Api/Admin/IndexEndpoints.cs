using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;
using Scim.Schemas;

namespace Api.Admin;

internal static class IndexEndpoints
{
    public static void MapIndexes(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/indexes").WithTags("Indexes");
        group.MapGet("/", Get).WithSummary("Read by which attributes a directory's users and groups are indexed, and how far indexes are that come or go");
        group.MapPut("/", Put)
            .WithSummary("Change by which attributes a directory's users and groups are indexed")
            .WithDescription("What is added is built while requests go on, and serves filters when it is whole; what is left out serves none from now on, and is cleared afterwards. Sent again, it changes nothing. 200 where all stand as asked for, 202 while some are under way.")
            .ProducesValidationProblem();
    }

    private static async Task<Results<Ok<IndexLists>, ProblemHttpResult>> Get(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is { Removal: null } found
            ? TypedResults.Ok(Shown(found.Indexes))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<IndexLists>, Accepted<IndexLists>, ValidationProblem, ProblemHttpResult>> Put(
        string directory,
        IndexSettings body,
        HttpContext http,
        IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null || await grains.GetGrain<IDirectoryGrain>(directory).Context() is not { } context)
        {
            return Refusals.NotFound("directory");
        }

        var schemas = DirectorySchemas.Of(context);
        var faults = new Dictionary<string, string[]>(StringComparer.Ordinal);
        AddFaults(faults, "userIndexes", body.UserIndexes, schemas.User);
        AddFaults(faults, "groupIndexes", body.GroupIndexes, schemas.Group);
        if (faults.Count > 0)
        {
            return TypedResults.ValidationProblem(faults);
        }

        var reply = await grains.GetGrain<IDirectoryGrain>(directory).ChangeIndexes(new ChangeIndexes
        {
            UserIndexes = body.UserIndexes is null ? null : [.. body.UserIndexes.OfType<string>()],
            GroupIndexes = body.GroupIndexes is null ? null : [.. body.GroupIndexes.OfType<string>()],
        });
        return reply.Error is { } error ? Refusals.Of(error)
            : Array.Exists(reply.Indexes, i => i.Status != IndexStatus.Ready) ? TypedResults.Accepted($"/admin/v1/directories/{directory}/indexes", Shown(reply.Indexes))
            : TypedResults.Ok(Shown(reply.Indexes));
    }

    private static void AddFaults(Dictionary<string, string[]> faults, string name, IReadOnlyList<string?>? paths, ResourceType type)
    {
        if (paths is not null && DirectoryIndexes.Faults(paths, type) is { Count: > 0 } found)
        {
            faults[name] = [.. found];
        }
    }

    private static IndexLists Shown(IndexDescription[] indexes) => new(Of(indexes, "User"), Of(indexes, "Group"));

    private static IndexItem[] Of(IndexDescription[] indexes, string type) => [.. indexes.Where(i => i.ResourceType == type).Select(i =>
    {
        var isBuilding = i.Status == IndexStatus.Building;
        return new IndexItem(i.Path, NameOf(i.Status), i.Since, isBuilding ? i.Done : null, isBuilding ? i.Total : null);
    })];

    private static string NameOf(IndexStatus status) => status switch
    {
        IndexStatus.Ready => "ready",
        IndexStatus.Building => "building",
        _ => "removing",
    };
}
