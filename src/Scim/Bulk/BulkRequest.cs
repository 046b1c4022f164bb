using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Errors;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Bulk;

/// <summary>A bulk request (RFC 7644 §3.7).</summary>
public sealed class BulkRequest
{
    /// <summary>The URN of the message.</summary>
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private BulkRequest(IReadOnlyList<BulkOperation> operations, int failOnErrors)
    {
        Operations = operations;
        FailOnErrors = failOnErrors;
    }

    /// <summary>The operations, in the order they came in.</summary>
    public IReadOnlyList<BulkOperation> Operations { get; }

    /// <summary>After how many failed operations no other is begun; 0 where each is to be tried.</summary>
    public int FailOnErrors { get; }

    /// <summary>Reads the body of a request. Throws on no bytes whatever.</summary>
    /// <returns>The request; or 400 where it is no bulk request, 413 where it has too many operations. A fault of one operation is kept with that.</returns>
    public static Result<BulkRequest> Parse(ReadOnlySpan<byte> utf8, SchemaSet set, BulkLimits? limits = null)
    {
        limits ??= new BulkLimits();
        if (!JsonBody.Parse(utf8, limits.MaxDepth).TryGet(out var body, out var error))
        {
            return error;
        }

        if (!NamesSchema(body))
        {
            return ScimError.InvalidSyntax($"'schemas' must name '{Schema}'.");
        }

        if (!FailOnErrorsOf(body).TryGet(out var failOnErrors, out error))
        {
            return error;
        }

        if (body["Operations"] is not JsonArray { Count: > 0 } given)
        {
            return ScimError.InvalidSyntax("'Operations' must be an array of at least one operation.");
        }

        if (given.Count > limits.MaxOperations)
        {
            return ScimError.Plain(413, $"The request has {given.Count} operations; {limits.MaxOperations} are allowed.");
        }

        var bulkIds = new HashSet<string>(StringComparer.Ordinal);
        return new BulkRequest([.. given.Select(o => Operation(o, set, bulkIds))], failOnErrors);
    }

    private static bool NamesSchema(JsonObject body) =>
        body["schemas"] is JsonArray schemas && schemas.Any(s => string.Equals(TextOf(s), Schema, StringComparison.OrdinalIgnoreCase));

    private static Result<int> FailOnErrorsOf(JsonObject body) => body["failOnErrors"] switch
    {
        null => 0,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out var errors) && errors > 0 => errors,
        _ => ScimError.InvalidValue("'failOnErrors' must be a whole number of at least 1."),
    };

    private static BulkOperation Operation(JsonNode? node, SchemaSet set, HashSet<string> bulkIds)
    {
        if (node is not JsonObject given)
        {
            return new BulkOperation { Error = ScimError.InvalidSyntax("An operation must be an object.") };
        }

        var operation = new BulkOperation { MethodText = TextOf(given["method"]), BulkId = TextOf(given["bulkId"]), Version = TextOf(given["version"]) };
        if (!TryMethod(operation.MethodText, out var method))
        {
            return operation with { Error = ScimError.InvalidSyntax("'method' must be POST, PUT, PATCH or DELETE.") };
        }

        operation = operation with { Method = method };
        if (given["bulkId"] is not null && string.IsNullOrEmpty(operation.BulkId))
        {
            return operation with { Error = ScimError.InvalidValue("'bulkId' must be a text.") };
        }

        if (operation.BulkId is null && method == BulkMethod.Post)
        {
            return operation with { Error = ScimError.InvalidValue("A POST must have a 'bulkId'.") };
        }

        if (operation.BulkId is not null && !bulkIds.Add(operation.BulkId))
        {
            return operation with { Error = ScimError.InvalidValue($"'bulkId' '{Shown.Text(operation.BulkId)}' stands on an earlier operation already.") };
        }

        if (given["version"] is not null && operation.Version is null)
        {
            return operation with { Error = ScimError.InvalidValue("'version' must be a text.") };
        }

        operation = At(operation, TextOf(given["path"]), set);
        return operation.Error is not null || method == BulkMethod.Delete ? operation
            : given["data"] is JsonObject data ? operation with { Data = data }
            : operation with { Error = ScimError.InvalidSyntax("'data' must be the body of the request, an object.") };
    }

    /// <summary>The operation with what its path names: <c>/Users</c> of a POST, <c>/Users/{id}</c> or <c>/Users/bulkId:{bulkId}</c> of the others.</summary>
    private static BulkOperation At(BulkOperation operation, string? path, SchemaSet set)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '/')
        {
            return operation with { Error = ScimError.InvalidSyntax("'path' must be the address of the resource below the base, such as '/Users'.") };
        }

        var parts = path[1..].Split('/');
        if (parts.Length > 2 || path.AsSpan().ContainsAny('?', '#') || set.ResourceTypes.FirstOrDefault(t => t.Endpoint.AsSpan(1).SequenceEqual(parts[0])) is not { } type)
        {
            return operation with { Error = ScimError.Plain(404, $"There is no endpoint '{Shown.Text(path)}' that a bulk operation could go to.") };
        }

        operation = operation with { Type = type };
        var isPost = operation.Method == BulkMethod.Post;
        if (isPost != (parts.Length == 1))
        {
            return operation with { Error = ScimError.Plain(405, $"{operation.MethodText} is not allowed at '{Shown.Text(path)}'.") };
        }

        return isPost ? operation
            : BulkReferences.IsReference(parts[1]) ? operation with { TargetBulkId = BulkReferences.NameOf(parts[1]) }
            : operation with { TargetId = parts[1] };
    }

    private static bool TryMethod(string? text, out BulkMethod method)
    {
        (method, var known) = text?.ToUpperInvariant() switch
        {
            "POST" => (BulkMethod.Post, true),
            "PUT" => (BulkMethod.Put, true),
            "PATCH" => (BulkMethod.Patch, true),
            "DELETE" => (BulkMethod.Delete, true),
            _ => (default, false),
        };
        return known;
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
