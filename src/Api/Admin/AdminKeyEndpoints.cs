using Api.Security;
using Grains.Abstractions;
using Grains.Abstractions.Platform;
using Grains.Abstractions.Tenants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class AdminKeyEndpoints
{
    public static void MapAdminKeys(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/keys").WithTags("Admin keys");
        group.MapPost("/", Create).AddEndpointFilter<ValidationFilter<NewAdminKey>>().WithSummary("Issue an admin key; its secret is shown once").ProducesValidationProblem();
        group.MapGet("/", List).WithSummary("List admin keys");
        group.MapDelete("/{key}", Remove).WithSummary("Revoke an admin key");
    }

    private static async Task<Results<Created<IssuedAdminKey>, ProblemHttpResult>> Create(
        NewAdminKey body,
        HttpContext http,
        IGrainFactory grains,
        TokenMint mint)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        if (body.Tenant is not null && (!GrainKeys.IsPart(body.Tenant) || await grains.GetGrain<ITenantGrain>(body.Tenant).Describe() is null))
        {
            return Refusals.NotFound("tenant");
        }

        var minted = mint.AdminKey();
        var request = new IssueAdminKey { Name = body.Name!.Trim(), Hash = minted.Hash, LastFour = minted.LastFour, Tenant = body.Tenant };
        var key = await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).AddKey(request);
        return TypedResults.Created($"/admin/v1/keys/{key.Id}", new IssuedAdminKey(key.Id, key.Name, key.Tenant, minted.Token, key.LastFour, key.Created));
    }

    private static async Task<Results<Ok<List<AdminKeyItem>>, ProblemHttpResult>> List(HttpContext http, IGrainFactory grains)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        var keys = await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).Keys();
        return TypedResults.Ok(keys.Select(k => new AdminKeyItem(k.Id, k.Name, k.Tenant, k.LastFour, k.Created)).ToList());
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string key, HttpContext http, IGrainFactory grains)
    {
        if (!http.Opens(tenant: null))
        {
            return Refusals.WholePlatform();
        }

        return await grains.GetGrain<IPlatformGrain>(GrainKeys.Platform).RemoveKey(key) ? TypedResults.NoContent() : Refusals.NotFound("key");
    }
}
