using System.Globalization;
using Api.Admin.Paging;
using Api.Admin.Problems;
using Grains.Abstractions;
using Grains.Abstractions.Auditing;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin.Auditing;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/audit", OfPlatform).WithTags("Audit")
            .WithSummary("Read what admins changed of the platform: tenants made and removed, platform keys, backups")
            .WithDescription("The newest first. Changes of a tenant, its directories and its keys are in the tenant's own record.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden);
        admin.MapGet("/tenants/{tenant}/audit", OfTenant).WithTags("Audit")
            .WithSummary("Read what admins changed of a tenant, its directories and its keys")
            .WithDescription("The newest first. It is there for admins of the platform after the tenant is gone, too.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Page<AuditItem>>, ProblemHttpResult>> OfPlatform(
        HttpContext http,
        IGrainFactory grains,
        int? count = null,
        string? after = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? target = null,
        string? actor = null) =>
        http.Opens(tenant: null) ? await Read(GrainKeys.Platform, http, grains, count, after, from, to, target, actor) : Refusals.WholePlatform();

    private static async Task<Results<Ok<Page<AuditItem>>, ProblemHttpResult>> OfTenant(
        string tenant,
        HttpContext http,
        IGrainFactory grains,
        int? count = null,
        string? after = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? target = null,
        string? actor = null)
    {
        var exists = GrainKeys.IsPart(tenant) && tenant != GrainKeys.Platform && http.Opens(tenant)
            && (await grains.GetGrain<ITenantGrain>(tenant).Look() is not null || await grains.GetGrain<IAuditGrain>(tenant).Exists());
        return exists ? await Read(tenant, http, grains, count, after, from, to, target, actor) : Refusals.NotFound("tenant");
    }

    private static async Task<Results<Ok<Page<AuditItem>>, ProblemHttpResult>> Read(
        string record,
        HttpContext http,
        IGrainFactory grains,
        int? count,
        string? after,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? target,
        string? actor)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name: null, faults);
        long before = 0;
        if (page.After is not null && !long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            faults.Add(PageRequest.BadCursor());
        }

        if (faults.Count > 0)
        {
            return Faults.Problem(faults);
        }

        var query = new AuditQuery
        {
            Before = page.After is null ? null : before,
            Count = page.Count,
            From = from,
            To = to,
            Target = target,
            Actor = actor,
        };
        var found = await grains.GetGrain<IAuditGrain>(record).Read(query);
        return TypedResults.Ok(PageRequest.Of([.. found.Entries.Select(Shown)], found.Next?.ToString(CultureInfo.InvariantCulture), http));
    }

    private static AuditItem Shown(AuditEntry entry) => new(
        entry.Sequence,
        entry.At,
        entry.Actor,
        entry.ActorName,
        entry.Scope,
        entry.Address,
        entry.Method,
        entry.Route,
        entry.Targets,
        entry.Outcome switch
        {
            null => "begun",
            { Status: < StatusCodes.Status400BadRequest } => "done",
            { Status: StatusCodes.Status503ServiceUnavailable } => "unconfirmed",
            _ => "refused",
        },
        entry.Outcome?.Status,
        entry.Outcome?.At,
        [.. (entry.Outcome?.Changes ?? []).Select(c => new AuditItemChange(c.Name, c.Old, c.New))],
        entry.CorrelationId);
}
