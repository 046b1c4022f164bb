using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Scim;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Profiles;
using Grains.Abstractions.Resources;
using Grains.Abstractions.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class UserEndpoints
{
    /// <summary>How often a restore is tried again of a user who has still to leave groups.</summary>
    private const int MaxAttempts = 3;

    public static void MapUsers(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/users").WithTags("Users")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List)
            .WithSummary("List the users of a directory, a page at a time")
            .WithDescription("`state` is `active` (the default), `disabled`, `deleted`, `archived` or `all`. In a directory whose profile archives, those are archived that are disabled, and those that were deleted and are kept. `filter` is a SCIM filter. Give `next` as `after` for the next page; a page may be short and yet have one behind it.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapGet("/{user}", Get).WithSummary("Read a user, whether it stands or is in the archive");
        group.MapPost("/{user}/archive", Archive)
            .WithSummary("Archive a user: its active is set to false")
            .WithDescription("For directories whose profile archives. It is a change of the user as any, with a version and an event. Done again it changes nothing.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{user}/restore", Restore)
            .WithSummary("Bring a user back from the archive")
            .WithDescription("It is active then. One that was deleted claims its userName again: 409 where another user has it by now. It is in no groups. Done again it changes nothing.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{user}/invite", Invite)
            .WithSummary("Invite a user")
            .WithDescription("For directories whose profile has invitations. It is written down that the user was invited, and by whom; no message is sent. SCIM neither shows nor changes it. Done again it changes nothing.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{user}/invite", Uninvite)
            .WithSummary("Take back that a user was invited")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapDelete("/{user}", Erase)
            .WithSummary("Erase a deleted user from the archive, for good")
            .WithDescription("409 where the user stands: only who was deleted by SCIM can be erased. The directory's profile says after how many days that happens by itself.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<Page<UserItem>>, ProblemHttpResult>> List(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        UserLists lists,
        ResourceView view,
        string state = UserLists.Active,
        string? filter = null,
        int? count = null,
        string? after = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name: null, faults, PageRequest.MaxRead);
        if (!UserLists.TryRead(page.After, out var place))
        {
            faults.Add(PageRequest.BadCursor());
        }

        if (!UserLists.States.Contains(state))
        {
            faults.Add(new Fault($"must be one of {string.Join(", ", UserLists.States)}.", Parameter: "state"));
        }

        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        if (await Context(directory, http, grains) is not { } context)
        {
            return Refusals.NotFound("directory");
        }

        var (error, users, next) = await lists.Page(context, state, filter, place, page.Count, http.RequestAborted);
        return error is not null
            ? Refusals.OfFilter(error, http)
            : TypedResults.Ok(PageRequest.Of([.. users.Select(u => Shown(u, context, http, view))], next, http));
    }

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Get(string directory, string user, HttpContext http, IGrainFactory grains, ResourceView view) =>
        await Context(directory, http, grains) is { } context && Grain(directory, user, grains) is { } grain
            ? await Answer(grain, context, http, view)
            : Refusals.NotFound("user");

    private static Task<Results<Ok<UserItem>, ProblemHttpResult>> Archive(string directory, string user, HttpContext http, IGrainFactory grains, ResourceView view) =>
        Change(directory, user, http, grains, view, rules => rules.Archives ? null : "The directory's profile does not archive.", (grain, context) => grain.Disable(context));

    private static Task<Results<Ok<UserItem>, ProblemHttpResult>> Restore(string directory, string user, HttpContext http, IGrainFactory grains, ResourceView view) =>
        Change(directory, user, http, grains, view, rules => rules.Archives ? null : "The directory's profile does not archive.", BroughtBack);

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Invite(
        string directory, string user, HttpContext http, IGrainFactory grains, ResourceView view, TimeProvider time, NewInvitation? body = null)
    {
        var by = body?.By?.Trim();
        var invitation = new Invitation { At = time.GetUtcNow(), By = string.IsNullOrEmpty(by) ? HolderOf(http) : by };
        return await Change(directory, user, http, grains, view, rules => rules.Invites ? null : NoInvitations, (grain, context) => grain.Invite(context, invitation));
    }

    private static Task<Results<Ok<UserItem>, ProblemHttpResult>> Uninvite(string directory, string user, HttpContext http, IGrainFactory grains, ResourceView view) =>
        Change(directory, user, http, grains, view, rules => rules.Invites ? null : NoInvitations, (grain, context) => grain.Invite(context, invitation: null));

    private static async Task<Results<NoContent, ProblemHttpResult>> Erase(string directory, string user, HttpContext http, IGrainFactory grains)
    {
        if (await Context(directory, http, grains) is not { } context || Grain(directory, user, grains) is not { } grain)
        {
            return Refusals.NotFound("user");
        }

        var reply = await grain.EraseArchived(context, onlyDue: false);
        if (reply.Error is { } error)
        {
            return Refusals.Of(error, http);
        }

        http.Audit().Changed("state", "archived", null);
        return TypedResults.NoContent();
    }

    private static string NoInvitations => "The directory's profile has no invitations.";

    /// <summary>The directory, where the request's admin key opens it.</summary>
    private static async Task<DirectoryContext?> Context(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null ? await grains.GetGrain<IDirectoryGrain>(directory).Context() : null;

    private static IUserGrain? Grain(string directory, string user, IGrainFactory grains) =>
        ScimRequest.IsId(user) ? grains.GetGrain<IUserGrain>(GrainKeys.Resource(directory, user)) : null;

    private static async Task<Results<Ok<UserItem>, ProblemHttpResult>> Change(
        string directory,
        string user,
        HttpContext http,
        IGrainFactory grains,
        ResourceView view,
        Func<DirectoryRules, string?> refusal,
        Func<IUserGrain, DirectoryContext, Task<ResourceReply>> change)
    {
        if (await Context(directory, http, grains) is not { } context || Grain(directory, user, grains) is not { } grain)
        {
            return Refusals.NotFound("user");
        }

        if (refusal(context.Rules) is { } detail)
        {
            return TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict);
        }

        var before = await grain.Inspect(context);
        var reply = await change(grain, context);
        if (reply.Error is { } error)
        {
            return Refusals.Of(error, http);
        }

        if (await grain.Inspect(context) is not { } after)
        {
            return Refusals.NotFound("user");
        }

        var trail = http.Audit();
        trail.Changed("state", before is null ? null : StateOf(before, context.Rules), StateOf(after, context.Rules));
        trail.Changed("invited", before?.Invitation?.At, after.Invitation?.At);
        return TypedResults.Ok(Shown(after, context, http, view));
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

    private static bool IsArchived(UserRecord user, DirectoryRules rules) => user.Deleted is not null || (user.Disabled && rules.Archives);

    private static string StateOf(UserRecord user, DirectoryRules rules) => IsArchived(user, rules) ? UserLists.Archived : user.Disabled ? "disabled" : UserLists.Active;

    private static UserItem Shown(UserRecord user, DirectoryContext context, HttpContext http, ResourceView view)
    {
        var rules = context.Rules;
        var isArchived = IsArchived(user, rules);
        return new UserItem(
            user.Id,
            StateOf(user, rules),
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
