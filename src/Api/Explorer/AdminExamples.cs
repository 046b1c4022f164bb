using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Api.Explorer;

/// <summary>
/// Gives each operation of the admin API its example and its headers, which are data (<c>admin-examples.json</c>), the words about its
/// parameters (<c>admin-parameters.json</c>), and the refusals that all of its kind share.
/// </summary>
internal sealed class AdminExamples : IOpenApiDocumentTransformer
{
    private const string Problem = "application/problem+json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var examples = (JsonObject)JsonNode.Parse(ExplorerFile.Examples.Value!.Bytes)!;
        var words = (JsonObject)JsonNode.Parse(ExplorerFile.Parameters.Value!.Bytes)!;
        foreach (var (path, item) in document.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                var example = examples[$"{method.Method} {path}"] as JsonObject;
                AddHeaders(operation, example?["headers"] as JsonArray ?? []);
                AddRefusals(operation, method, document);
                if (example is not null)
                {
                    Add(operation, example);
                }

                foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                {
                    parameter.Description ??= (string?)words[InDocument(parameter.In)]?[parameter.Name!];
                }
            }
        }

        return Task.CompletedTask;
    }

    private static string InDocument(ParameterLocation? location) => location switch
    {
        ParameterLocation.Query => "query",
        ParameterLocation.Header => "header",
        _ => "path",
    };

    /// <summary>Headers are read by what all endpoints share, so that the framework does not see them.</summary>
    private static void AddHeaders(OpenApiOperation operation, JsonArray names)
    {
        foreach (var name in names)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter { Name = (string)name!, In = ParameterLocation.Header, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }
    }

    private static void AddRefusals(OpenApiOperation operation, HttpMethod method, OpenApiDocument document)
    {
        var inPath = operation.Parameters?.Any(p => p.In == ParameterLocation.Path) == true;
        var inQuery = operation.Parameters?.Any(p => p.In == ParameterLocation.Query) == true;
        if (operation.RequestBody is not null || inQuery)
        {
            Refusal("400", "The request is not valid; every fault is named.", "FaultsProblem");
        }

        if (method != HttpMethod.Get)
        {
            Refusal("403", "The admin key is not for this.");
        }

        if (inPath)
        {
            Refusal("404", "There is no such thing, or the admin key does not open it.");
        }

        if (operation.Parameters?.Any(p => p.Name == "If-Match") == true)
        {
            Refusal("412", "It is another than If-Match names.");
        }

        void Refusal(string status, string words, string shape = "ProblemDetails")
        {
            operation.Responses ??= [];
            operation.Responses.TryAdd(status, new OpenApiResponse
            {
                Description = words,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [Problem] = new() { Schema = new OpenApiSchemaReference(shape, document) },
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
