using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Api.Explorer;

/// <summary>
/// Gives each operation of the admin API its example, which is data (<c>admin-examples.json</c>), and the refusals that all of its kind share.
/// </summary>
internal sealed class AdminExamples : IOpenApiDocumentTransformer
{
    private const string Problem = "application/problem+json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var examples = (JsonObject)JsonNode.Parse(ExplorerFile.Examples.Value!.Bytes)!;
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                AddRefusals(operation, method, document);
                if (examples[$"{method.Method} {path}"] is JsonObject example)
                {
                    Add(operation, example);
                }
            }
        }

        return Task.CompletedTask;
    }

    private static void AddRefusals(OpenApiOperation operation, HttpMethod method, OpenApiDocument document)
    {
        var inPath = operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true;
        var inQuery = operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true;
        if (operation.RequestBody is not null || inQuery)
        {
            Refusal("400", "The request is not valid; every fault is named.");
        }

        if (method != HttpMethod.Get)
        {
            Refusal("403", "The admin key is not for this.");
        }

        if (inPath)
        {
            Refusal("404", "There is no such thing, or the admin key does not open it.");
        }

        void Refusal(string status, string words)
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = words,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Problem] = new() { Schema = new OpenApiSchemaReference("ProblemDetails", document) },
                },
            });
        }
    }

    private static void Add(OpenApiOperation operation, JsonObject example)
    {
        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
        {
            content.Example = example["body"]?.DeepClone();
        }

        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Example = (example[parameter.In == ParameterLocation.Query ? "query" : "path"] as JsonObject)?[parameter.Name!]?.DeepClone();
        }

        // Where it stands in the order in which all examples run, what it is answered, and what later ones take of the answer.
        var run = new JsonObject { ["steps"] = example["steps"]!.DeepClone(), ["status"] = example["status"]!.DeepClone() };
        if (example["take"] is { } take)
        {
            run["take"] = take.DeepClone();
        }

        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        operation.Extensions["x-run"] = new JsonNodeExtension(run);
    }
}
