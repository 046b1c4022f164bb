using System.Text.Json.Nodes;

namespace Scim.Bulk;

/// <summary>
/// References in a bulk request to what another operation makes (RFC 7644 §3.7.2): a text that is <c>bulkId:name</c>, one that ends in
/// <c>/bulkId:name</c> as a <c>$ref</c> does, and <c>"bulkId:name"</c> within the filter of a PATCH's path.
/// </summary>
public static class BulkReferences
{
    private const string Prefix = "bulkId:";

    /// <summary>Whether a text is a reference and nothing else.</summary>
    public static bool IsReference(string text) => text.Length > Prefix.Length && text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name in a text that is a reference.</summary>
    public static string NameOf(string reference) => reference[Prefix.Length..];

    /// <summary>The names that a body refers to, each as often as it stands there.</summary>
    public static IEnumerable<string> In(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => In(m.Value)),
        JsonArray elements => elements.SelectMany(In),
        JsonValue value when value.TryGetValue<string>(out var text) => Found(text).Select(f => f.Name),
        _ => [],
    };

    /// <summary>Puts ids in the place of references, in the body itself.</summary>
    /// <param name="node">The body.</param>
    /// <param name="idOf">The id that a name stands for.</param>
    public static void Resolve(JsonNode? node, Func<string, string> idOf)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (Resolved(value, idOf) is { } text)
                    {
                        members[name] = text;
                    }
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    if (Resolved(elements[i], idOf) is { } text)
                    {
                        elements[i] = text;
                    }
                }

                break;
        }
    }

    private static string? Resolved(JsonNode? node, Func<string, string> idOf)
    {
        if (node is not JsonValue value)
        {
            Resolve(node, idOf);
            return null;
        }

        if (!value.TryGetValue<string>(out var text))
        {
            return null;
        }

        var resolved = text;
        foreach (var (start, name) in Enumerable.Reverse(Found(text)))
        {
            resolved = string.Concat(resolved.AsSpan(0, start), idOf(name), resolved.AsSpan(start + Prefix.Length + name.Length));
        }

        return ReferenceEquals(resolved, text) ? null : resolved;
    }

    private static List<(int Start, string Name)> Found(string text)
    {
        var found = new List<(int, string)>();
        for (var at = 0; (at = text.IndexOf(Prefix, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += Prefix.Length)
        {
            var start = at + Prefix.Length;
            var isQuoted = at > 0 && text[at - 1] == '"';
            var end = isQuoted ? text.IndexOf('"', start) : text.Length;
            if (end > start && (isQuoted || at == 0 || text[at - 1] == '/'))
            {
                found.Add((at, text[start..end]));
                if (!isQuoted)
                {
                    break;
                }
            }
        }

        return found;
    }
}
