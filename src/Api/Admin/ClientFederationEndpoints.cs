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

        var reply = await grains.GetGrain<IDirectoryClientsGrain>(directory).PutFederation(client, new ClientFederation
        {
            Issuer = body.Issuer!.Trim(),
            JwksUrl = body.JwksUrl!.Trim(),
            Subject = body.Subject!.Trim(),
            Audience = body.Audience!.Trim(),
            TenantId = body.TenantId?.Trim(),
        });
        return reply.Client is { } stands ? TypedResults.Ok(ClientEndpoints.Shown(found, stands, http, addresses, mint)) : ClientEndpoints.Refused(reply);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(string directory, string client, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is not null && await grains.GetGrain<IDirectoryClientsGrain>(directory).RemoveFederation(client)
            ? TypedResults.NoContent()
            : Refusals.NotFound("federation");
}
