using Api.Admin.Paging;
using Api.Admin.Problems;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grains.Abstractions;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Api.Admin;

internal static class CustomAttributeEndpoints
{
    /// <summary>How often an attribute is added again where another was added at the same moment.</summary>
    private const int MaxAttempts = 8;

    public static void MapCustomAttributes(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}/attributes").WithTags("Schema extensions").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapGet("/", List)
            .WithSummary("List the attributes below the URN that the directory's profile has for declared ones, a page at a time")
            .ProducesFaults();
        group.MapPost("/", Declare)
            .WithSummary("Declare an attribute of users")
            .WithDescription("For directories whose profile has a URN for such attributes. From the next request on it is in /Schemas, its type is enforced, and it can be patched and filtered by. It stays: users have values of it.")
            .ProducesFaults();
    }

    private static async Task<Results<Ok<Page<CustomAttribute>>, ProblemHttpResult>> List(
        string directory, HttpContext http, IGrainFactory grains, int? count = null, string? after = null, string? name = null)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("directory");
        }

        return await Extension(found, grains) is { } extension
            ? PageRequest.Answer(Attributes(Schema(extension)).Select(Shown), a => a.Name!, http, (count, after, name))
            : NoUrn();
    }

    private static async Task<Results<Created<CustomAttribute>, Ok<CustomAttribute>, ProblemHttpResult>> Declare(string directory, CustomAttribute body, HttpContext http, IGrainFactory grains)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found)
        {
            return Refusals.NotFound("directory");
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await Extension(found, grains) is not { } extension)
            {
                return NoUrn();
            }

            var schema = Schema(extension);
            if (Attributes(schema).FirstOrDefault(a => string.Equals((string?)a["name"], body.Name, StringComparison.OrdinalIgnoreCase)) is { } there)
            {
                var shown = Shown(there);
                return shown == body with { Name = shown.Name }
                    ? TypedResults.Ok(shown)
                    : TypedResults.Problem($"There is an attribute '{shown.Name}' already, and it stays as it is: {shown.Type}{(shown.MultiValued ? ", multi-valued" : "")}.", statusCode: StatusCodes.Status409Conflict);
            }

            var declared = new JsonObject { ["name"] = body.Name, ["type"] = body.Type, ["multiValued"] = body.MultiValued, ["caseExact"] = body.CaseExact };
            if (body.Description is not null)
            {
                declared["description"] = body.Description;
            }

            ((JsonArray)schema["attributes"]!).Add(declared);
            var reply = await grains.GetGrain<IDirectoryGrain>(directory).PutExtension(extension with { Definition = schema.ToJsonString() });
            if (reply.Error is null)
            {
                http.Audit().Target("attribute", body.Name);
                return TypedResults.Created($"/admin/v1/directories/{directory}/attributes", body);
            }

            // Another attribute was declared meanwhile: an extension without it is refused, and this one is added to both.
            if (reply.Error.Status != StatusCodes.Status409Conflict || (await Extension(found, grains))?.Definition == extension.Definition)
            {
                return Refusals.Of(reply.Error, http);
            }
        }

        return Refusals.Of(new GrainError { Status = StatusCodes.Status503ServiceUnavailable, Detail = "Others declare attributes at the same moment. Try again." }, http);
    }

    private static async Task<DirectoryExtension?> Extension(DirectoryDescription directory, IGrainFactory grains) =>
        directory.Profile?.CustomAttributes is { } urn && await grains.GetGrain<IDirectoryGrain>(directory.Id).Extensions() is { } extensions
            ? Array.Find(extensions, e => string.Equals(e.Urn, urn, StringComparison.OrdinalIgnoreCase))
            : null;

    private static JsonObject Schema(DirectoryExtension extension) => (JsonObject)JsonNode.Parse(extension.Definition)!;

    private static IEnumerable<JsonObject> Attributes(JsonObject schema) => schema["attributes"] is JsonArray attributes ? attributes.OfType<JsonObject>() : [];

    private static CustomAttribute Shown(JsonObject attribute) => new(
        (string?)attribute["name"],
        (string?)attribute["type"] ?? "string",
        attribute["multiValued"]?.GetValueKind() == JsonValueKind.True,
        attribute["caseExact"]?.GetValueKind() == JsonValueKind.True,
        (string?)attribute["description"]);

    private static ProblemHttpResult NoUrn() =>
        TypedResults.Problem("The directory's profile has no URN for declared attributes. Put a schema extension instead.", statusCode: StatusCodes.Status409Conflict);
}
