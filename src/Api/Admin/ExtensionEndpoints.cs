using Api.Admin.Paging;
using Api.Admin.Problems;
using System.Text.Json;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class ExtensionEndpoints
{
    public static void MapExtensions(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/extensions").WithTags("Schema extensions").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", List).WithSummary("List the schema extensions of a directory, a page at a time").ProducesFaults();
        group.MapGet("/{urn}", Get).WithSummary("Read a schema extension");
        group.MapPut("/{urn}", Put)
            .WithSummary("Give the users, groups or other resources of a directory attributes of its own, or add attributes to those")
            .ProducesFaults();
    }

    private static async Task<Results<Ok<Page<ExtensionDefinition>>, ProblemHttpResult>> List(
        string directory, HttpContext http, IGrainFactory grains, int? count = null, string? after = null, string? name = null) =>
        await Extensions(directory, http, grains) is { } extensions
            ? PageRequest.Answer(extensions.Select(Shown), NameOf, http, (count, after, name))
            : Refusals.NotFound("directory");

    private static async Task<Results<Ok<ExtensionDefinition>, ProblemHttpResult>> Get(string directory, string urn, HttpContext http, IGrainFactory grains) =>
        await Extensions(directory, http, grains) is { } extensions && Array.Find(extensions, e => Same(e.Urn, urn)) is { } found
            ? TypedResults.Ok(Shown(found))
            : Refusals.NotFound("extension");

    private static async Task<Results<Created<ExtensionDefinition>, Ok<ExtensionDefinition>, ProblemHttpResult>> Put(
        string directory,
        string urn,
        ExtensionDefinition body,
        HttpContext http,
        IGrainFactory grains)
    {
        if (await Extensions(directory, http, grains) is not { } stand)
        {
            return Refusals.NotFound("directory");
        }

        if (!body.Schema.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String || !Same(id.GetString()!, urn))
        {
            return Faults.Problem(new Fault($"must be '{urn}', as in the address.", "#/schema/id"));
        }

        var extension = new DirectoryExtension { ResourceType = body.ResourceType!, Required = body.Required, Urn = urn, Definition = body.Schema.GetRawText() };
        var reply = await grains.GetGrain<IDirectoryGrain>(directory).PutExtension(extension);
        if (reply.Error is { } error)
        {
            return Refusals.Of(error, http);
        }

        var before = Array.Find(stand, e => Same(e.Urn, urn));
        http.Audit().Changed("required", before?.Required, extension.Required);
        http.Audit().Changed("schema", before?.Definition, extension.Definition);
        return reply.Created ? TypedResults.Created($"/admin/v1/directories/{directory}/extensions/{Uri.EscapeDataString(urn)}", body)
            : TypedResults.Ok(body);
    }

    private static async Task<DirectoryExtension[]?> Extensions(string directory, HttpContext http, IGrainFactory grains) =>
        await DirectoryEndpoints.Find(directory, http, grains) is null ? null : await grains.GetGrain<IDirectoryGrain>(directory).Extensions();

    private static string NameOf(ExtensionDefinition extension) =>
        extension.Schema.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static ExtensionDefinition Shown(DirectoryExtension extension)
    {
        using var schema = JsonDocument.Parse(extension.Definition);
        return new(extension.ResourceType, schema.RootElement.Clone(), extension.Required);
    }
}
