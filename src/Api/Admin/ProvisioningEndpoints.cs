using Api.Admin.Problems;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ProvisioningEndpoints
{
    public static void MapProvisioning(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/provisioning").WithTags("Directories").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", Get).WithSummary("Read whether provisioning is switched on");
        group.MapPut("/", Put)
            .WithSummary("Switch provisioning on or off")
            .WithDescription("Off, every SCIM request with a good token is 403 and changes nothing, from the next request on. What is there stays.")
            .ProducesFaults();
    }

    private static async Task<Results<Ok<ProvisioningSwitch>, ProblemHttpResult>> Get(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is { } found
            ? TypedResults.Ok(new ProvisioningSwitch(!found.ProvisioningOff))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<ProvisioningSwitch>, ProblemHttpResult>> Put(string directory, ProvisioningSwitch body, HttpContext http, IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found || !await grains.GetGrain<IDirectoryGrain>(directory).SwitchProvisioning(body.On))
        {
            return Refusals.NotFound("directory");
        }

        http.Audit().Changed("provisioning", found.ProvisioningOff ? "off" : "on", body.On ? "on" : "off");
        return TypedResults.Ok(body);
    }
}
