using Api.Admin.Auditing;
using Api.Admin.Problems;
using Api.Security;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ClientFederationEndpoints
{
    public static void MapClientFederation(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/clients/{client}/federation").WithTags("Clients");
        group.MapPut("/", Put)
            .WithSummary("Say by whose assertions a client comes in (workload identity federation)")
            .WithDescription("Paste what the identity provider shows. Where something of it changes, the access tokens made by the former are refused from the next request on.")
            .ProducesFaults()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/", Remove)
            .WithSummary("Take that back: the access tokens made by it are refused from the next request on")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Client>, ProblemHttpResult>> Put(
        string directory,
        string client,
        NewFederation body,
        HttpContext http,
        IGrainFactory grains,
        AdminAddresses addresses,
        ClientMint mint)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("client");
        }

        var grain = grains.GetGrain<IDirectoryClientsGrain>(directory);
        var before = await Federation(grain, client);
        var reply = await grain.PutFederation(client, new ClientFederation
        {
            Issuer = body.Issuer!.Trim(),
            JwksUrl = body.JwksUrl!.Trim(),
            Subject = body.Subject!.Trim(),
            Audience = body.Audience!.Trim(),
            TenantId = body.TenantId?.Trim(),
        });
        if (reply.Client is not { } stands)
        {
            return ClientEndpoints.Refused(reply, http);
        }

        Audit(http.Audit(), before, stands.Federation);
        return TypedResults.Ok(ClientEndpoints.Shown(found, stands, http, addresses, mint));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string directory, string client, HttpContext http, IGrainFactory grains)
    {
        var grain = grains.GetGrain<IDirectoryClientsGrain>(directory);
        if (await DirectoryEndpoints.Find(directory, http, grains) is null || await Federation(grain, client) is not { } before || !await grain.RemoveFederation(client))
        {
            return Refusals.NotFound("federation");
        }

        Audit(http.Audit(), before, now: null);
        return TypedResults.NoContent();
    }

    private static async Task<ClientFederation?> Federation(IDirectoryClientsGrain grain, string client) =>
        Array.Find(await grain.Clients() ?? [], c => c.Id == client)?.Federation;

    private static void Audit(AuditTrail trail, ClientFederation? before, ClientFederation? now)
    {
        trail.Changed("issuer", before?.Issuer, now?.Issuer);
        trail.Changed("jwksUrl", before?.JwksUrl, now?.JwksUrl);
        trail.Changed("subject", before?.Subject, now?.Subject);
        trail.Changed("audience", before?.Audience, now?.Audience);
        trail.Changed("tenantId", before?.TenantId, now?.TenantId);
    }
}
