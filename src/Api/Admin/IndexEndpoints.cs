using Api.Admin.Problems;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;
using Scim.Schemas;

namespace Api.Admin;

internal static class IndexEndpoints
{
    public static void MapIndexes(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/indexes").WithTags("Indexes").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", Get).WithSummary("Read by which attributes a directory's users and groups are indexed, and how far indexes are that come or go");
        group.MapPut("/", Put)
            .WithSummary("Change by which attributes a directory's users and groups are indexed")
            .WithDescription("What is added is built while requests go on, and serves filters when it is whole; what is left out serves none from now on, and is cleared afterwards. Sent again, it changes nothing. 200 where all stand as asked for, 202 while some are under way.")
            .ProducesFaults();
    }

    private static async Task<Results<Ok<IndexLists>, ProblemHttpResult>> Get(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is { Removal: null } found
            ? TypedResults.Ok(Shown(found.Indexes))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<IndexLists>, Accepted<IndexLists>, ProblemHttpResult>> Put(
        string directory,
        IndexSettings body,
        HttpContext http,
        IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } before || await grains.GetGrain<IDirectoryGrain>(directory).Context() is not { } context)
        {
            return Refusals.NotFound("directory");
        }

        var schemas = DirectorySchemas.Of(context);
        List<Fault> faults = [.. Of(body.UserIndexes, "userIndexes", schemas.User), .. Of(body.GroupIndexes, "groupIndexes", schemas.Group)];
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        var reply = await grains.GetGrain<IDirectoryGrain>(directory).ChangeIndexes(new ChangeIndexes
        {
            UserIndexes = body.UserIndexes is null ? null : [.. body.UserIndexes.OfType<string>()],
            GroupIndexes = body.GroupIndexes is null ? null : [.. body.GroupIndexes.OfType<string>()],
        });
        if (reply.Error is { } error)
        {
            return Refusals.Of(error, http);
        }

        http.Audit().Changed("userIndexes", Wanted(before.Indexes, "User"), Wanted(reply.Indexes, "User"));
        http.Audit().Changed("groupIndexes", Wanted(before.Indexes, "Group"), Wanted(reply.Indexes, "Group"));
        return Array.Exists(reply.Indexes, i => i.Status != IndexStatus.Ready) ? TypedResults.Accepted($"/admin/v1/directories/{directory}/indexes", Shown(reply.Indexes))
            : TypedResults.Ok(Shown(reply.Indexes));
    }

    private static IEnumerable<Fault> Of(IReadOnlyList<string?>? paths, string name, ResourceType type) =>
        paths is null ? [] : DirectoryIndexes.Faults(paths, type).Select(fault => new Fault(fault, $"#/{name}"));

    /// <summary>The paths that are indexed, or will be.</summary>
    private static string Wanted(IndexDescription[] indexes, string type) =>
        string.Join(", ", indexes.Where(i => i.ResourceType == type && i.Status is (IndexStatus.Ready or IndexStatus.Building)).Select(i => i.Path));

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
