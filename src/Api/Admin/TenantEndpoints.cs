using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using Api.Hosting;
using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class TenantEndpoints
{
    /// <summary>How often a change is tried again that another change came between.</summary>
    private const int MaxAttempts = 4;

    public static void MapTenants(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/tenants").WithTags("Tenants");
        group.MapPost("/", Create)
            .WithSummary("Make a tenant")
            .WithDescription("With an Idempotency-Key, a retry gets the tenant that the first try made.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", List)
            .WithSummary("List tenants, those being removed included")
            .WithDescription("A page at a time, in the order of their ids; name= chooses those whose name has it in it, whatever the case.")
            .ProducesFaults();
        group.MapGet("/{tenant}", Get)
            .WithSummary("Read a tenant, with the progress of its removal")
            .Produces<Tenant>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPatch("/{tenant}", Change)
            .Accepts<TenantPatch>(MergePatch.MediaType, "application/json")
            .WithSummary("Change a tenant's name, by a JSON Merge Patch")
            .Produces<Tenant>()
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
        group.MapDelete("/{tenant}", Remove)
            .WithSummary("Remove a tenant with all its directories")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static async Task<Results<Created<Tenant>, ProblemHttpResult>> Create(NewTenant body, HttpContext http, IGrainFactory grains, PlatformState platform)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (IdempotentRequest.TryRead(http, platform, out var request) is { } fault)
        {
            return Faults.Problem(fault);
        }

        var made = await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform)
            .MakeTenant(new CreateTenant { Name = body.Name!.Trim(), Id = request?.Id, Digest = request?.Digest });
        if (made.Digest != request?.Digest)
        {
            return Refusals.Reused();
        }

        if (made.Removal is not null)
        {
            return Refusals.Spent("tenant");
        }

        http.Audit().Changed("name", null, made.Name);
        return TypedResults.Created($"/admin/v1/tenants/{made.Id}", Shown(made));
    }

    private static async Task<Results<Ok<Page<Tenant>>, ProblemHttpResult>> List(
        HttpContext http,
        IGrainFactory grains,
        int? count = null,
        string? after = null,
        string? name = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name, faults);
        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        if (http.Features.GetRequiredFeature<AdminScope>().Tenant is { } own)
        {
            TenantDescription[] one = await grains.GetGrain<ITenantGrain>(own).Look() is { } found ? [found] : [];
            return TypedResults.Ok(page.Of(one.Select(Shown), t => t.Id, t => t.Name, http));
        }

        var tenants = await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform)
            .ListTenants(new KeysetQuery { After = page.After, Count = page.Count, Name = page.Name });
        return TypedResults.Ok(PageRequest.Of([.. tenants.Tenants.Select(Shown)], tenants.Next, http));
    }

    private static async Task<IResult> Get(string tenant, HttpContext http, IGrainFactory grains, EntityTags tags) =>
        await Find(tenant, http, grains) is { } found ? tags.Answer(http, Shown(found)) : Refusals.NotFound("tenant");

    private static async Task<IResult> Change(string tenant, HttpContext http, IGrainFactory grains, EntityTags tags)
    {
        var patch = MergePatch.Of(http);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await Find(tenant, http, grains) is not { Removal: null } found)
            {
                break;
            }

            if (tags.Refusal(http, Shown(found)) is { } refusal)
            {
                return refusal;
            }

            var name = MergePatch.Apply(http, new TenantPatch(found.Name), patch).Name;
            if (name is null)
            {
                return Faults.Problem(new Fault("cannot be taken away.", "#/name"));
            }

            var reply = await grains.GetGrain<ITenantGrain>(tenant).Change(new ChangeTenant { Name = name.Trim(), IfRevision = found.Revision });
            if (!reply.Stale && reply.Tenant is { } changed)
            {
                http.Audit().Changed("name", found.Name, changed.Name);
                http.Response.Headers.ETag = tags.Of(Shown(changed));
                return TypedResults.Ok(Shown(changed));
            }
        }

        return await Find(tenant, http, grains) is { Removal: null } ? Refusals.Busy() : Refusals.NotFound("tenant");
    }

    private static async Task<IResult> Remove(string tenant, HttpContext http, IGrainFactory grains, EntityTags tags)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (await Find(tenant, http, grains) is not { } found)
        {
            return Refusals.NotFound("tenant");
        }

        if (tags.Refusal(http, Shown(found)) is { } refusal)
        {
            return refusal;
        }

        http.Audit().Changed("name", found.Name, null);
        return await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).RemoveTenant(tenant)
            ? TypedResults.Accepted($"/admin/v1/tenants/{tenant}")
            : Refusals.NotFound("tenant");
    }

    private static async Task<TenantDescription?> Find(string tenant, HttpContext http, IGrainFactory grains) =>
        GrainKeys.IsPart(tenant) && http.Opens(tenant) ? await grains.GetGrain<ITenantGrain>(tenant).Look() : null;

    private static Tenant Shown(TenantDescription tenant) => new(
        tenant.Id,
        tenant.Name,
        tenant.Created,
        tenant.Removal is { } removal ? new TenantRemovalProgress(removal.Started, removal.Directories) : null);
}
