using Api.Admin.Paging;
using Api.Admin.Problems;
using Api.Admin.Requests;
using Api.Hosting;
using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class AdminKeyEndpoints
{
    public static void MapAdminKeys(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/keys").WithTags("Admin keys");
        group.MapPost("/", Create)
            .WithSummary("Issue an admin key; its secret is shown once")
            .WithDescription("An admin of a tenant issues keys for that tenant alone, and none that outlives the key in use. With an Idempotency-Key, a retry gets the same key and secret.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        group.MapGet("/", List).WithSummary("List admin keys, a page at a time: an admin of a tenant sees those of the tenant").ProducesFaults();
        group.MapDelete("/{key}", Remove).WithSummary("Revoke an admin key, from the next request on").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<IssuedAdminKey>, ProblemHttpResult>> Create(
        NewAdminKey body,
        HttpContext http,
        IGrainFactory grains,
        TokenMint mint,
        PlatformState platform)
    {
        if (body.Tenant is null && !http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (body.Tenant is not null
            && (!GrainKeys.IsPart(body.Tenant) || !http.Opens(body.Tenant) || await grains.GetGrain<ITenantGrain>(body.Tenant).Describe() is null))
        {
            return Refusals.NotFound("tenant");
        }

        var ends = http.Features.GetRequiredFeature<AdminScope>().Expires;
        if (body.Expires > ends)
        {
            return Faults.Problem(new Fault($"must not be later than the key that issues it, which ends at {ends:O}.", "#/expires"));
        }

        if (IdempotentRequest.TryRead(http, platform, out var idempotent) is { } fault)
        {
            return Faults.Problem(fault);
        }

        var minted = mint.AdminKey(idempotent?.Secret);
        var request = new IssueAdminKey
        {
            Name = body.Name!.Trim(),
            Hash = minted.Hash,
            LastFour = minted.LastFour,
            Tenant = body.Tenant,
            ReadOnly = body.ReadOnly,
            Expires = body.Expires ?? ends,
            Id = idempotent?.Id,
            Digest = idempotent?.Digest,
        };
        var key = await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).AddKey(request);
        if (key.Spent || key.Digest != idempotent?.Digest)
        {
            return key.Spent ? Refusals.Spent("key") : Refusals.Reused();
        }

        var trail = http.Audit();
        trail.Changed("name", null, key.Name);
        trail.Changed("tenant", null, key.Tenant);
        trail.Changed("readOnly", null, key.ReadOnly.ToString().ToLowerInvariant());
        trail.Changed("expires", null, key.Expires);
        return TypedResults.Created(
            $"/admin/v1/keys/{key.Id}",
            new IssuedAdminKey(key.Id, key.Name, key.Tenant, key.ReadOnly, minted.Token, key.LastFour, key.Created, key.Expires));
    }

    private static async Task<Results<Ok<Page<AdminKeyItem>>, ProblemHttpResult>> List(
        HttpContext http,
        IGrainFactory grains,
        int? count = null,
        string? after = null,
        string? name = null)
    {
        var faults = new List<Fault>();
        var page = PageRequest.Read(count, after, name, faults);
        return faults.Count > 0
            ? Faults.Problem(faults)
            : TypedResults.Ok(page.Of((await Keys(http, grains)).Select(Shown), k => PageRequest.KeyOf(k.Created, k.Id), k => k.Name, http));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string key, HttpContext http, IGrainFactory grains)
    {
        if (Array.Find(await Keys(http, grains), k => k.Id == key) is not { } found)
        {
            return Refusals.NotFound("key");
        }

        http.Audit().Changed("name", found.Name, null);
        return await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).RemoveKey(key)
            ? TypedResults.NoContent()
            : Refusals.NotFound("key");
    }

    /// <summary>The keys that the request's own may see.</summary>
    private static async Task<AdminKey[]> Keys(HttpContext http, IGrainFactory grains) =>
        Array.FindAll(await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Keys(), k => http.Opens(k.Tenant));

    private static AdminKeyItem Shown(AdminKey key) =>
        new(key.Id, key.Name, key.Tenant, key.ReadOnly, key.LastFour, key.Created, key.Expires, key.LastUsed);
}
