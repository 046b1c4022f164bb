using Api.Scim;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class UserEndpoints
{
    private const int DefaultCount = 50;
    private const int MaxCount = 200;
    private const int MaxByLength = 200;

    /// <summary>How often a restore is tried again of a user who has still to leave groups.</summary>
    private const int MaxAttempts = 3;

    public static void MapUsers(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/users").WithTags("Users")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List)
            .WithSummary("List the users of a directory")
            .WithDescription("`state` is `active` (the default), `disabled`, `deleted`, `archived` or `all`. In a directory whose profile archives, those are archived that are disabled, and those that were deleted and are kept. `filter` is a SCIM filter. Give `next` as `after` for the next page; a page may be short and yet have one behind it.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/{id}", Get).WithSummary("Read a user, whether it stands or is in the archive");
        group.MapPost("/{id}/archive", Archive)
            .WithSummary("Archive a user: its active is set to false")
            .WithDescription("For directories whose profile archives. It is a change of the user as any, with a version and an event. Done again it changes nothing.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/restore", Restore)
            .WithSummary("Bring a user back from the archive")
            .WithDescription("It is active then. One that was deleted claims its userName again: 409 where another user has it by now. It is in no groups. Done again it changes nothing.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{id}/invite", Invite)
            .WithSummary("Invite a user")
            .WithDescription("For directories whose profile has invitations. It is written down that the user was invited, and by whom; no message is sent. SCIM neither shows nor changes it. Done again it changes nothing.")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id}/invite", Uninvite)
            .WithSummary("Take back that a user was invited")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{id}", Erase)
            .WithSummary("Erase a deleted user from the archive, for good")
            .WithDescription("409 where the user stands: only who was deleted by SCIM can be erased. The directory's profile says after how many days that happens by itself.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<UserPage>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        UserLists lists,
        ResourceView view,
        string state = UserLists.Active,
        string? filter = null,
        int count = DefaultCount,
        string? after = null)
    {
        if (!UserLists.States.Contains(state) || count is < 1 or > MaxCount)
        {
            return TypedResults.Problem($"'state' must be one of {string.Join(", ", UserLists.States)}, and 'count' between 1 and {MaxCount}.", statusCode: StatusCodes.Status400BadRequest);
        }

        if (await Context(directory, http, grains) is not { } context)
        {
            return Refusals.NotFound("directory");
        }

        var (error, users, next) = await lists.Page(context, state, filter, after, count, http.RequestAborted);
        return error is not null
            ? Refusals.Of(error, http)
            : TypedResults.Ok(new UserPage([.. users.Select(u => Shown(u, context, http, view))], next));
    }

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Get(string directory, string id, HttpContext http, IGrainFactory grains, ResourceView view) =>
        await Context(directory, http, grains) is { } context && User(directory, id, grains) is { } user
            ? await Answer(user, context, http, view)
            : Refusals.NotFound("user");

    private static Task<Results<Ok<UserItem>, ProblemHttpResult>> Archive(string directory, string id, HttpContext http, IGrainFactory grains, ResourceView view) =>
        Change(directory, id, http, grains, view, rules => rules.Archives ? null : "The directory's profile does not archive.", (user, context) => user.Disable(context));

    private static Task<Results<Ok<UserItem>, ProblemHttpResult>> Restore(string directory, string id, HttpContext http, IGrainFactory grains, ResourceView view) =>
        Change(directory, id, http, grains, view, rules => rules.Archives ? null : "The directory's profile does not archive.", BroughtBack);

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Invite(
        string directory, string id, HttpContext http, IGrainFactory grains, ResourceView view, TimeProvider time, NewInvitation? body = null)
    {
        var by = body?.By?.Trim();
        if (by is { Length: > MaxByLength })
        {
            return TypedResults.Problem($"'by' may have {MaxByLength} characters.", statusCode: StatusCodes.Status400BadRequest);
        }

        var invitation = new Invitation { At = time.GetUtcNow(), By = string.IsNullOrEmpty(by) ? HolderOf(http) : by };
        return await Change(directory, id, http, grains, view, rules => rules.Invites ? null : NoInvitations, (user, context) => user.Invite(context, invitation));
    }

    private static Task<Results<Ok<UserItem>, ProblemHttpResult>> Uninvite(string directory, string id, HttpContext http, IGrainFactory grains, ResourceView view) =>
        Change(directory, id, http, grains, view, rules => rules.Invites ? null : NoInvitations, (user, context) => user.Invite(context, invitation: null));

    private static async Task<Results<NoContent, ProblemHttpResult>> Erase(string directory, string id, HttpContext http, IGrainFactory grains)
    {
        if (await Context(directory, http, grains) is not { } context || User(directory, id, grains) is not { } user)
        {
            return Refusals.NotFound("user");
        }

        var reply = await user.EraseArchived(context, onlyDue: false);
        return reply.Error is { } error ? Refusals.Of(error, http) : TypedResults.NoContent();
    }

    private static string NoInvitations => "The directory's profile has no invitations.";

    /// <summary>The directory, where the request's admin key opens it.</summary>
    private static async Task<DirectoryContext?> Context(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null ? await grains.GetGrain<IDirectoryGrain>(directory).Context() : null;

    private static IUserGrain? User(string directory, string id, IGrainFactory grains) =>
        ScimRequest.IsId(id) ? grains.GetGrain<IUserGrain>(GrainKeys.Resource(directory, id)) : null;

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Change(
        string directory,
        string id,
        HttpContext http,
        IGrainFactory grains,
        ResourceView view,
        Func<Grains.Abstractions.Profiles.DirectoryRules, string?> refusal,
        Func<IUserGrain, DirectoryContext, Task<ResourceReply>> change)
    {
        if (await Context(directory, http, grains) is not { } context || User(directory, id, grains) is not { } user)
        {
            return Refusals.NotFound("user");
        }

        if (refusal(context.Rules) is { } detail)
        {
            return TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict);
        }

        var reply = await change(user, context);
        return reply.Error is { } error ? Refusals.Of(error, http) : await Answer(user, context, http, view);
    }

    private static async Task<ResourceReply> BroughtBack(IUserGrain user, DirectoryContext context)
    {
        var reply = await user.Restore(context);
        for (var attempt = 1; reply.Unfinished && attempt < MaxAttempts; attempt++)
        {
            // It was deleted just now, and leaves its groups first.
            await user.Settle(context);
            reply = await user.Restore(context);
        }

        return reply;
    }

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Answer(IUserGrain user, DirectoryContext context, HttpContext http, ResourceView view) =>
        await user.Inspect(context) is { } found ? TypedResults.Ok(Shown(found, context, http, view)) : Refusals.NotFound("user");

    private static string HolderOf(HttpContext http) =>
        http.Features.Get<AdminScope>() is { Tenant: { } tenant } ? $"an admin of tenant {tenant}" : "an admin of the platform";

    private static UserItem Shown(UserRecord user, DirectoryContext context, HttpContext http, ResourceView view)
    {
        var rules = context.Rules;
        var isArchived = user.Deleted is not null || (user.Disabled && rules.Archives);
        return new UserItem(
            user.Id,
            isArchived ? "archived" : user.Disabled ? "disabled" : "active",
            user.Deleted is not null ? "deleted" : isArchived ? "disabled" : null,
            !rules.Invites ? null : user.Invitation is { } invited ? new UserInvitation("invited", invited.At, invited.By) : new UserInvitation("uninvited"),
            user.Groups,
            user.Version,
            user.Created,
            user.LastModified,
            user.Deleted,
            user.Deleted is { } deleted && rules.RetentionDays > 0 ? deleted.AddDays(rules.RetentionDays) : null,
            user.Restored,
            view.Of(user.Document, http));
    }
}
