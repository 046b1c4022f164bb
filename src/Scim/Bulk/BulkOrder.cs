using System.Text.Json.Nodes;

namespace Scim.Bulk;

/// <summary>
/// Which operations of a bulk request have to wait for which, so that the others can be done at once and the outcome is still that of
/// doing them one after the other: an operation waits for what makes a resource that it refers to, and for earlier ones that concern
/// the same resource or the same <c>userName</c>.
/// </summary>
public static class BulkOrder
{
    /// <summary>For each operation those that it has to wait for, by their places. References may point forward, and in a circle.</summary>
    public static IReadOnlyList<IReadOnlySet<int>> Of(BulkRequest request)
    {
        var operations = request.Operations;
        var makers = new Dictionary<string, int>(StringComparer.Ordinal);
        var targets = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i] is { Error: null, Method: BulkMethod.Post, BulkId: { } made })
            {
                makers.Add(made, i);
            }

            if (Target(operations[i]) is { } target)
            {
                targets.Add(target);
            }
        }

        var order = new List<IReadOnlySet<int>>(operations.Count);
        var lastOn = new Dictionary<string, int>(StringComparer.Ordinal);
        var readSince = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            var waits = new HashSet<int>();
            order.Add(waits);
            if (operation.Error is not null)
            {
                continue;
            }

            foreach (var name in References(operation))
            {
                if (makers.TryGetValue(name, out var maker) && maker != i)
                {
                    waits.Add(maker);
                }
            }

            foreach (var mentioned in Texts(operation.Data).Where(targets.Contains))
            {
                if (lastOn.TryGetValue(mentioned, out var last))
                {
                    waits.Add(last);
                }

                (readSince.TryGetValue(mentioned, out var readers) ? readers : readSince[mentioned] = []).Add(i);
            }

            foreach (var changed in UserNames(operation).Select(n => $"userName {n.ToUpperInvariant()}").Append(Target(operation)).OfType<string>())
            {
                if (lastOn.TryGetValue(changed, out var last))
                {
                    waits.Add(last);
                }

                if (readSince.Remove(changed, out var readers))
                {
                    waits.UnionWith(readers);
                }

                waits.Remove(i);
                lastOn[changed] = i;
            }
        }

        return order;
    }

    /// <summary>The names that an operation refers to, in its path or its body.</summary>
    public static IEnumerable<string> References(BulkOperation operation) =>
        operation.TargetBulkId is { } target ? BulkReferences.In(operation.Data).Append(target) : BulkReferences.In(operation.Data);

    private static string? Target(BulkOperation operation) => operation.TargetId ?? (operation.TargetBulkId is { } name ? $"bulkId:{name}" : null);

    /// <summary>The user names that an operation gives, whatever the form of its body.</summary>
    private static IEnumerable<string> UserNames(BulkOperation operation)
    {
        if (operation.Type?.Name != "User" || operation.Data is not { } data)
        {
            return [];
        }

        var changes = (data["Operations"] as JsonArray)?.OfType<JsonObject>() ?? [];
        return changes
            .Select(c => Text(c["path"]) is { } path && path.Equals("userName", StringComparison.OrdinalIgnoreCase) ? Text(c["value"]) : Text((c["value"] as JsonObject)?["userName"]))
            .Append(Text(data["userName"]))
            .OfType<string>();
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Texts(m.Value)),
        JsonArray elements => elements.SelectMany(Texts),
        _ => Text(node) is { } text ? [text] : [],
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
