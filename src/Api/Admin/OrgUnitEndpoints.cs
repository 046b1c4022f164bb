using Api.Admin.Auditing;
using Api.Admin.Paging;
using Api.Admin.Problems;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Grains.Abstractions.OrgUnits;
using Grains.Abstractions.Users;
using Grains.OrgUnits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class OrgUnitEndpoints
{
    public static void MapOrgUnits(this IEndpointRouteBuilder admin)
    {
        var directory = admin.MapGroup("/directories/{directory}").WithTags("Org units").ProducesProblem(StatusCodes.Status404NotFound);
        var group = directory.MapGroup("/org-units/{kind}");
        group.MapGet("/", List)
            .WithSummary("List the org units of a kind, a page at a time")
            .WithDescription("Those that user data named: sites, departments, roles, as the directory's profile has them. `name` finds those whose name or display name contains it.")
            .ProducesFaults();
        group.MapGet("/{unit}", Get)
            .WithSummary("Read an org unit, with the number of its users")
            .WithDescription("Its ETag is of what the vendor keeps, for `If-Match`.");
        group.MapPut("/{unit}", Put)
            .WithSummary("Change what the vendor keeps of an org unit")
            .WithDescription("It is replaced as a whole. Provisioning never changes it. With `If-Match` only the version that it names is changed.")
            .Produces<OrgUnitItem>()
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{unit}", Delete)
            .WithSummary("Delete an org unit")
            .WithDescription("Its users show as unassigned. The next value of that name that is provisioned makes another, in which those are who were provisioned since.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapGet("/{unit}/users", Users).WithSummary("List the ids of the users of an org unit, a page at a time").ProducesFaults();
        directory.MapGet("/users/{user}/org-units", OfUser).WithSummary("List where a user stands by each kind of org units").ProducesFaults();
    }

    private static async Task<Results<Ok<Page<OrgUnitItem>>, ProblemHttpResult>> List(
        string directory, string kind, HttpContext http, IGrainFactory grains, OrgUnitLists lists, string? name = null, string? after = null, int? count = null)
    {
        var faults = new List<Fault>();
        var page = IndexCursor.ReadPage(count, after, name, faults, out var position);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        if (await Context(directory, kind, http, grains) is not { } context)
        {
            return Refusals.NotFound("directory or kind of org units");
        }

        var (units, next) = await lists.Page(context, kind, page.Name, position, page.Count);
        return TypedResults.Ok(PageRequest.Of([.. units.Select(Shown)], IndexCursor.Write(next), http));
    }

    private static async Task<Results<Ok<OrgUnitItem>, ProblemHttpResult>> Get(string directory, string kind, string unit, HttpContext http, IGrainFactory grains)
    {
        if (await Context(directory, kind, http, grains) is not { } context || Unit(context, kind, unit, grains) is not { } grain || await grain.Describe(context) is not { } found)
        {
            return Refusals.NotFound("org unit");
        }

        // Of what the vendor keeps, which is what a change goes by; not of the number of users.
        http.Response.Headers.ETag = Tag(found);
        return TypedResults.Ok(Shown(found));
    }

    private static async Task<IResult> Put(string directory, string kind, string unit, OrgUnitEdit body, HttpContext http, IGrainFactory grains)
    {
        if (await Context(directory, kind, http, grains) is not { } context || Unit(context, kind, unit, grains) is not { } grain)
        {
            return Refusals.NotFound("org unit");
        }

        var before = await grain.Describe(context);
        if (before is not null && EntityTags.Refusal(http, Tag(before)) is { } refusal)
        {
            return refusal;
        }

        var reply = await grain.Change(context, new OrgUnitChange
        {
            DisplayName = body.DisplayName?.Trim(),
            Description = body.Description,
            Attributes = [.. (body.Attributes ?? new Dictionary<string, string?>(StringComparer.Ordinal)).Select(a => new OrgUnitAttribute { Name = a.Key, Value = a.Value! })],
            IfVersion = IfVersion(http, before),
        });
        if (reply.Unit is not { } changed)
        {
            return Refusals.Of(reply.Error!, http);
        }

        Audit(http.Audit(), before, changed);
        http.Response.Headers.ETag = Tag(changed);
        return TypedResults.Ok(Shown(changed));
    }

    private static async Task<IResult> Delete(string directory, string kind, string unit, HttpContext http, IGrainFactory grains)
    {
        if (await Context(directory, kind, http, grains) is not { } context || Unit(context, kind, unit, grains) is not { } grain)
        {
            return Refusals.NotFound("org unit");
        }

        var before = await grain.Describe(context);
        if (before is not null && EntityTags.Refusal(http, Tag(before)) is { } refusal)
        {
            return refusal;
        }

        var reply = await grain.Delete(context, IfVersion(http, before));
        if (reply.Error is { } error)
        {
            return Refusals.Of(error, http);
        }

        http.Audit().Changed("name", before?.Name, null);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Page<string>>, ProblemHttpResult>> Users(
        string directory, string kind, string unit, HttpContext http, IGrainFactory grains, string? after = null, int? count = null)
    {
        var faults = new List<Fault>();
        var page = IndexCursor.ReadPage(count, after, name: null, faults, out var position, PageRequest.MaxCount);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        return await Context(directory, kind, http, grains) is { } context && Unit(context, kind, unit, grains) is { } grain && await grain.Users(context, position, page.Count) is { } found
            ? TypedResults.Ok(PageRequest.Of([.. found.Members.Select(m => m.Id)], IndexCursor.Write(found.Next), http))
            : Refusals.NotFound("org unit");
    }

    private static async Task<Results<Ok<Page<UserOrgUnits>>, ProblemHttpResult>> OfUser(
        string directory, string user, HttpContext http, IGrainFactory grains, int? count = null, string? after = null, string? name = null) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null
        && Api.Scim.ScimRequest.IsId(user)
        && await grains.GetGrain<IDirectoryGrain>(directory).Context() is { } context
        && await grains.GetGrain<IUserGrain>(GrainKeys.Resource(directory, user)).OrgUnits(context) is { } units
            ? PageRequest.Answer(units.Select(u => new UserOrgUnits(u.Kind, u.Slug, u.Name)), u => u.Name ?? "", http, (count, after, name), u => u.Kind)
            : Refusals.NotFound("user");

    /// <summary>The directory, where the request's admin key opens it and its profile has the kind.</summary>
    private static async Task<DirectoryContext?> Context(string directory, string kind, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null
        && await grains.GetGrain<IDirectoryGrain>(directory).Context() is { } context
        && context.Rules.OrgUnits.Any(r => r.Kind == kind)
            ? context
            : null;

    private static IOrgUnitGrain? Unit(DirectoryContext directory, string kind, string unit, IGrainFactory grains) =>
        GrainKeys.IsPart(unit) ? grains.GetGrain<IOrgUnitGrain>(GrainKeys.OrgUnit(directory.Id, kind, unit)) : null;

    private static void Audit(AuditTrail trail, OrgUnit? before, OrgUnit now)
    {
        trail.Changed("displayName", before?.DisplayName, now.DisplayName);
        trail.Changed("description", before?.Description, now.Description);
        foreach (var name in (before?.Attributes ?? []).Concat(now.Attributes).Select(a => a.Name).Distinct(StringComparer.Ordinal))
        {
            trail.Changed($"attributes.{name}", ValueOf(before?.Attributes ?? [], name), ValueOf(now.Attributes, name));
        }

        static string? ValueOf(OrgUnitAttribute[] attributes, string name) => Array.Find(attributes, a => a.Name == name)?.Value;
    }

    private static string Tag(OrgUnit unit) => $"\"{unit.Version}\"";

    /// <summary>Of a conditional request, the version that was found to be the one it expects: nobody changes it in between.</summary>
    private static long? IfVersion(HttpContext http, OrgUnit? found) => http.Request.Headers.IfMatch.Count == 0 ? null : found?.Version;

    private static OrgUnitItem Shown(OrgUnit unit) => new(
        unit.Slug,
        unit.Kind,
        unit.Name,
        unit.DisplayName,
        unit.Description,
        unit.Attributes.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        unit.Users,
        unit.Created,
        unit.LastModified,
        unit.Generation);
}
