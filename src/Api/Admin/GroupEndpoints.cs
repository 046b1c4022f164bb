using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Scim;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Groups;
using Grains.Abstractions.Queries;
using Grains.Abstractions.Resources;
using Grains.Queries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/groups").WithTags("Groups")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List)
            .WithSummary("List the groups of a directory, a page at a time")
            .WithDescription("`filter` is a SCIM filter. Give `next` as `after` for the next page; a page may be short and yet have one behind it. 404 where the directory's profile has no groups.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/{group}", Get).WithSummary("Read a group");
        group.MapGet("/{group}/members", Members).WithSummary("List the members of a group, a page at a time").ProducesFaults();
    }

    private static async Task<Results<Ok<Page<GroupItem>>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        DirectoryQueries queries,
        ResourceView view,
        string? filter = null,
        int? count = null,
        string? after = null)
    {
        var faults = new List<Fault>();
        var page = IndexCursor.ReadPage(count, after, name: null, faults, out var position);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        if (await Context(directory, http, grains) is not { } context)
        {
            return Refusals.NotFound("directory, or it has no groups");
        }

        var found = await queries.Run(grains.GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory)), context, new DirectoryQuery
        {
            Types = ["Group"],
            Filter = filter,
            Count = page.Count,
            Cursor = new QueryCursor { Position = position },
        }, http.RequestAborted);
        return found.Error is { } error
            ? Refusals.OfFilter(error, http)
            : TypedResults.Ok(PageRequest.Of([.. found.Results.Select(r => Shown(r.Id, r.Resource, http, view))], IndexCursor.Write(found.Next?.Position), http));
    }

    private static async Task<Results<Ok<GroupItem>, ProblemHttpResult>> Get(string directory, string group, HttpContext http, IGrainFactory grains, ResourceView view)
    {
        if (await Context(directory, http, grains) is not { } context || !ScimRequest.IsId(group))
        {
            return Refusals.NotFound("group");
        }

        var found = await grains.GetGrain<IGroupGrain>(GrainKeys.Resource(directory, group)).Read(context);
        return found.Error is not { } error ? TypedResults.Ok(Shown(group, found, http, view))
            : error.Status == StatusCodes.Status404NotFound ? Refusals.NotFound("group")
            : Refusals.Of(error, http);
    }

    private static async Task<Results<Ok<Page<GroupMemberItem>>, ProblemHttpResult>> Members(
        string directory, string group, HttpContext http, IGrainFactory grains, int? count = null, string? after = null)
    {
        var faults = new List<Fault>();
        var page = IndexCursor.ReadPage(count, after, name: null, faults, out var position, PageRequest.MaxCount);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        if (await Context(directory, http, grains) is not { } context || !ScimRequest.IsId(group))
        {
            return Refusals.NotFound("group");
        }

        var found = await grains.GetGrain<IGroupGrain>(GrainKeys.Resource(directory, group)).Members(context, position, page.Count);
        return found.Gone
            ? Refusals.NotFound("group")
            : TypedResults.Ok(PageRequest.Of([.. found.Members.Select(m => new GroupMemberItem(m.Id, m.Type))], IndexCursor.Write(found.Next), http));
    }

    /// <summary>The directory, where the request's admin key opens it and it has groups.</summary>
    private static async Task<DirectoryContext?> Context(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null
        && await grains.GetGrain<IDirectoryGrain>(directory).Context() is { Rules.WithoutGroups: false } context
            ? context
            : null;

    private static GroupItem Shown(string id, ResourceReply group, HttpContext http, ResourceView view) =>
        new(id, group.MemberCount, group.Version, view.Of(group.Document, http));
}
