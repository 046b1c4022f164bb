using Api.Admin.Paging;
using Api.Admin.Problems;
using System.Text.Json;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ResourceTypeEndpoints
{
    public static void MapResourceTypes(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/resource-types").WithTags("Resource types").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List).WithSummary("List the resource types of a directory's own, a page at a time").ProducesFaults();
        group.MapGet("/{name}", Get).WithSummary("Read a resource type of a directory's own");
        group.MapPut("/{name}", Put)
            .WithSummary("Give a directory a resource type of its own, beside users and groups, or add attributes to one")
            .ProducesFaults();
    }

    private static async Task<Results<Ok<Page<ResourceTypeDefinition>>, ProblemHttpResult>> List(
        string directory, HttpContext http, IGrainFactory grains, int? count = null, string? after = null, string? name = null) =>
        await Types(directory, http, grains) is { } types
            ? PageRequest.Answer(types.Select(Shown), t => t.Name!, http, (count, after, name))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<ResourceTypeDefinition>, ProblemHttpResult>> Get(string directory, string name, HttpContext http, IGrainFactory grains) =>
        await Types(directory, http, grains) is { } types && Array.Find(types, t => Same(t.Name, name)) is { } found
            ? TypedResults.Ok(Shown(found))
            : Refusals.NotFound("resource type");

    private static async Task<Results<Created<ResourceTypeDefinition>, Ok<ResourceTypeDefinition>, ProblemHttpResult>> Put(
        string directory,
        string name,
        ResourceTypeDefinition body,
        HttpContext http,
        IGrainFactory grains)
    {
        if (await Types(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        if (body.Name is not null && !Same(body.Name, name))
        {
            return Faults.Problem(new Fault($"must be '{name}', as in the address, or be left out.", "#/name"));
        }

        var grain = grains.GetGrain<IDirectoryGrain>(directory);
        var type = new DirectoryResourceType
        {
            Name = body.Name ?? name,
            Endpoint = body.Endpoint!,
            Description = body.Description ?? "",
            Definition = body.Schema.GetRawText(),
        };
        var before = Array.Find(await grain.ResourceTypes() ?? [], t => Same(t.Name, name));
        var reply = await grain.PutResourceType(type);
        if (reply.Error is { } error)
        {
            return Refusals.Of(error, http);
        }

        http.Audit().Changed("description", before?.Description, type.Description);
        http.Audit().Changed("schema", before?.Definition, type.Definition);

        // The name is spelt as it was when it was declared.
        var stands = Array.Find(await grain.ResourceTypes() ?? [], t => Same(t.Name, name)) ?? type;
        return reply.Created
            ? TypedResults.Created($"/admin/v1/directories/{directory}/resource-types/{stands.Name}", Shown(stands))
            : TypedResults.Ok(Shown(stands));
    }

    private static async Task<DirectoryResourceType[]?> Types(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is null ? null : await grains.GetGrain<IDirectoryGrain>(directory).ResourceTypes();

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static ResourceTypeDefinition Shown(DirectoryResourceType type)
    {
        using var schema = JsonDocument.Parse(type.Definition);
        return new(type.Name, type.Endpoint, type.Description, schema.RootElement.Clone());
    }
}
