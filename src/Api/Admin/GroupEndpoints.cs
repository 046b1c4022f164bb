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
    private const int DefaultCount = 50;
    private const int MaxCount = 200;
    private const int DefaultMembers = 100;
    private const int MaxMembers = 1000;

    public static void MapGroups(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/groups").WithTags("Groups")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List)
            .WithSummary("List the groups of a directory")
            .WithDescription("`filter` is a SCIM filter. Give `next` as `after` for the next page; a page may be short and yet have one behind it. 404 where the directory's profile has no groups.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/{id}", Get)
            .WithSummary("Read a group with a page of its members")
            .WithDescription("`count` and `after` are about its members.");
    }

    private static async Task<Results<Ok<GroupPage>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        DirectoryQueries queries,
        ResourceView view,
        string? filter = null,
        int count = DefaultCount,
        string? after = null)
    {
        if (!IndexCursor.TryRead(after, out var position) || count is < 1 or > MaxCount)
        {
            return BadPage(MaxCount);
        }

        if (await Context(directory, http, grains) is not { } context)
        {
            return Refusals.NotFound("directory, or it has no groups");
        }

        var page = await queries.Run(grains.GetGrain<IDirectoryQueryGrain>(GrainKeys.Directory(directory)), context, new DirectoryQuery
        {
            Types = ["Group"],
            Filter = filter,
            Count = count,
            Cursor = new QueryCursor { Position = position },
        }, http.RequestAborted);
        return page.Error is { } error
            ? Refusals.Of(error, http)
            : TypedResults.Ok(new GroupPage([.. page.Results.Select(r => Shown(r.Id, r.Resource, http, view))], IndexCursor.Write(page.Next?.Position)));
    }

    private static async Task<Results<Ok<GroupWithMembers>, ProblemHttpResult>> Get(
        string directory, string id, HttpContext http, IGrainFactory grains, ResourceView view, int count = DefaultMembers, string? after = null)
    {
        if (!IndexCursor.TryRead(after, out var position) || count is < 1 or > MaxMembers)
        {
            return BadPage(MaxMembers);
        }

        if (await Context(directory, http, grains) is not { } context || !ScimRequest.IsId(id))
        {
            return Refusals.NotFound("group");
        }

        var group = grains.GetGrain<IGroupGrain>(GrainKeys.Resource(directory, id));
        var head = await group.Read(context);
        if (head.Error is { } error)
        {
            return error.Status == StatusCodes.Status404NotFound ? Refusals.NotFound("group") : Refusals.Of(error, http);
        }

        var page = await group.Members(context, position, count);
        return page.Gone
            ? Refusals.NotFound("group")
            : TypedResults.Ok(new GroupWithMembers(Shown(id, head, http, view), [.. page.Members.Select(m => new GroupMemberItem(m.Id, m.Type))], IndexCursor.Write(page.Next)));
    }

    /// <summary>The directory, where the request's admin key opens it and it has groups.</summary>
    private static async Task<DirectoryContext?> Context(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null
        && await grains.GetGrain<IDirectoryGrain>(directory).Context() is { Rules.WithoutGroups: false } context
            ? context
            : null;

    private static GroupItem Shown(string id, ResourceReply group, HttpContext http, ResourceView view) =>
        new(id, group.MemberCount, group.Version, view.Of(group.Document, http));

    private static ProblemHttpResult BadPage(int most) =>
        TypedResults.Problem($"'after' must be the 'next' of the page before, and 'count' between 1 and {most}.", statusCode: StatusCodes.Status400BadRequest);
}
