using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class TenantEndpoints
{
    public static void MapTenants(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/tenants").WithTags("Tenants");
        group.MapPost("/", Create).AddEndpointFilter<ValidationFilter<NewTenant>>().WithSummary("Make a tenant").ProducesValidationProblem();
        group.MapGet("/", List).WithSummary("List tenants");
        group.MapGet("/{tenant}", Get).WithSummary("Read a tenant");
        group.MapDelete("/{tenant}", Remove).WithSummary("Remove a tenant with all its directories");
    }

    private static async Task<Results<Created<Tenant>, ProblemHttpResult>> Create(NewTenant body, HttpContext http, IGrainFactory grains)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        var tenant = Shown(await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).AddTenant(body.Name!.Trim()));
        return TypedResults.Created($"/admin/v1/tenants/{tenant.Id}", tenant);
    }

    private static async Task<Ok<List<Tenant>>> List(HttpContext http, IGrainFactory grains)
    {
        var tenants = await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Tenants();
        return TypedResults.Ok(tenants.Where(t => http.Opens(t.Id)).Select(Shown).ToList());
    }

    private static async Task<Results<Ok<Tenant>, ProblemHttpResult>> Get(string tenant, HttpContext http, IGrainFactory grains) =>
        GrainKeys.IsPart(tenant) && http.Opens(tenant) && await grains.GetGrain<ITenantGrain>(tenant).Describe() is { } found
            ? TypedResults.Ok(Shown(found))
            : Refusals.NotFound("tenant");

    private static async Task<Results<Accepted, ProblemHttpResult>> Remove(string tenant, HttpContext http, IGrainFactory grains)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        return GrainKeys.IsPart(tenant) && await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).RemoveTenant(tenant)
            ? TypedResults.Accepted((string?)null)
            : Refusals.NotFound("tenant");
    }

    private static Tenant Shown(TenantDescription tenant) => new(tenant.Id, tenant.Name, tenant.Created);
}
