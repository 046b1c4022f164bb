using Api.Admin;
using Grains.Abstractions.Directories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;

namespace Api.Moving;

/// <summary>Moving house: a directory goes out as a file of lines, and comes in from one.</summary>
internal static class MovingEndpoints
{
    private const string MediaType = "application/x-ndjson";

    public static void MapMoving(this IEndpointRouteBuilder admin)
    {
        var group = admin.MapGroup("/directories/{directory}").WithTags("Moving")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/export", Export)
            .WithSummary("Write a directory out as lines of JSON: its users, its groups with their members, then the resources of its own types, then the users in its archive; after= goes on behind a line's cursor")
            .Produces<string>(StatusCodes.Status200OK, MediaType);
        group.MapPost("/import", Import)
            .WithSummary("Make what an export holds, with the same ids, versions, times and members; what is there already stays as it is")
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Description = "The lines of an export, as they are. Their number is not limited.",
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        [MediaType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    },
                };
                return Task.CompletedTask;
            });
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Export(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider time,
        string? after = null)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is not { } found
            || await grains.GetGrain<IDirectoryGrain>(directory).Context() is not { } context)
        {
            return Refusals.NotFound("directory");
        }

        var cursor = after is null ? null : ExportCursor.Parse(after);
        var isOfThis = cursor is null || cursor.Type is "User" or "Group" or ExportCursor.Archive || Array.Exists(context.ResourceTypes, t => t.Name == cursor.Type);
        return (after is not null && cursor is null) || !isOfThis
            ? TypedResults.Problem("after must be the cursor of a line of this export.", statusCode: StatusCodes.Status400BadRequest)
            : TypedResults.Stream(output => new DirectoryExport(grains, found, context, time).Write(output, cursor, http.RequestAborted), MediaType);
    }

    private static async Task<Results<Ok<ImportSummary>, ProblemHttpResult>> Import(
        string directory,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider time,
        ILogger<DirectoryImport> logger)
    {
        if (await DirectoryEndpoints.Find(directory, http, grains) is null)
        {
            return Refusals.NotFound("directory");
        }

        var outcome = await new DirectoryImport(grains, directory, time, logger).Run(http.Request.BodyReader, http.RequestAborted);
        if (outcome.Fault is not { } fault)
        {
            return TypedResults.Ok(outcome.Summary);
        }

        var (users, groups, members, others) = (outcome.Summary.Users, outcome.Summary.Groups, outcome.Summary.Members, outcome.Summary.Resources);
        var resources = others is { Created: > 0 } ? $" So were {others.Created} resources of the directory's own types." : "";
        if (outcome.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return TypedResults.Problem(
            $"{fault} What was applied before stands: {users.Created} users, {groups.Created} groups and {members.Created} memberships were made.{resources}",
            statusCode: outcome.Status,
            extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["applied"] = outcome.Summary });
    }
}
