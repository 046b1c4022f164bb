using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Conformance.Client;

/// <summary>An answer, read to its end, and what can be expected of it. Each expectation that is not met ends the case.</summary>
internal sealed class Answer(Exchange request, int status, IReadOnlyDictionary<string, string> headers, byte[] body)
{
    private const string ErrorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

    private readonly Lazy<JsonNode?> json = new(() => Parse(body));

    public int Status => status;

    public byte[] Bytes => body;

    public string Text => Encoding.UTF8.GetString(body);

    public JsonNode? Json => json.Value;

    /// <summary>The <c>id</c> of the resource.</summary>
    public string Id => String("id");

    /// <summary>The <c>Resources</c> of a list; empty where there is no such member.</summary>
    public IReadOnlyList<JsonNode> Resources => Json?["Resources"] is JsonArray all ? [.. all.Where(r => r is not null).Select(r => r!)] : [];

    public IReadOnlyList<string> Ids => [.. Resources.Select(r => r["id"]?.GetValue<string>() ?? "")];

    public int TotalResults => Number("totalResults");

    public string? Header(string name) => headers.GetValueOrDefault(name);

    public JsonNode? At(string path) => Client.Json.At(Json, path);

    /// <summary>A part of the document, to be looked at as if it were one.</summary>
    public Answer Part(string path) => new(request, status, headers, At(path) is { } part ? Encoding.UTF8.GetBytes(Client.Json.Text(part)) : throw Fault($"'{path}' is there"));

    public string String(string path) =>
        At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : throw Fault($"'{path}' is a string");

    public int Number(string path) =>
        At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<int>(out var number)
            ? number
            : throw Fault($"'{path}' is a whole number");

    public bool? Boolean(string path) => At(path)?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public JsonArray Array(string path) => At(path) as JsonArray ?? throw Fault($"'{path}' is an array");

    /// <summary>The texts of one sub-attribute over all elements of an array; empty where the array is not there.</summary>
    public IReadOnlyList<string> Values(string path, string sub = "value") =>
        At(path) is JsonArray elements ? [.. elements.Select(e => e?[sub]?.ToString() ?? "")] : [];

    /// <summary>The element of an array whose sub-attribute has this text.</summary>
    public JsonNode Element(string path, string sub, string text) =>
        (At(path) as JsonArray)?.FirstOrDefault(e => e?[sub]?.ToString() == text) ?? throw Fault($"'{path}' has an element whose '{sub}' is '{text}'");

    public Answer Is(params ReadOnlySpan<int> expected) =>
        expected.Contains(status) ? this : throw Fault($"status {string.Join(" or ", expected.ToArray())}");

    /// <summary>200 with the resource, or 204.</summary>
    public Answer IsDone() => Is(200, 204);

    /// <summary>A SCIM error (RFC 7644 §3.12).</summary>
    /// <param name="expected">The status.</param>
    /// <param name="scimTypes">Which <c>scimType</c> it may have; none for any or none.</param>
    public Answer IsError(int expected, params string[] scimTypes) => IsError([expected], scimTypes);

    public Answer IsError(int[] expected, params string[] scimTypes)
    {
        Is(expected);
        True(At("schemas") is JsonArray urns && urns.Any(u => u?.ToString() == ErrorUrn), $"an error with the schema {ErrorUrn}");
        if (scimTypes.Length > 0)
        {
            True(scimTypes.Contains(At("scimType")?.ToString(), StringComparer.Ordinal), $"scimType {string.Join(" or ", scimTypes)}");
        }

        return this;
    }

    public Answer Has(string path) => True(At(path) is not null, $"'{path}' is there");

    public Answer Has(string path, JsonNode? expected) =>
        True(JsonNode.DeepEquals(At(path), expected), $"'{path}' is {Client.Json.Text(expected)}, and not {Client.Json.Text(At(path))}");

    /// <summary>As <see cref="Has(string, JsonNode?)"/>, with the value written in JSON.</summary>
    public Answer HasJson(string path, string expected) => Has(path, Client.Json.Parse(expected));

    /// <summary>Absent, null or empty: the same thing (RFC 7643 §2.5).</summary>
    public Answer Lacks(string path) =>
        True(At(path) is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }, $"'{path}' is not there, but is {Client.Json.Text(At(path))}");

    /// <summary>The member is not in the document at all.</summary>
    public Answer Omits(string name) => True(Json is JsonObject members && !members.ContainsKey(name), $"the answer has no member '{name}'");

    /// <summary>The texts are these, in any order.</summary>
    public Answer HasValues(string path, string[] expected, string sub = "value") =>
        True(Values(path, sub).Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal), StringComparer.Ordinal),
            $"the '{sub}' of '{path}' are [{string.Join(", ", expected)}], and not [{string.Join(", ", Values(path, sub))}]");

    public Answer HasHeader(string name, Func<string, bool> test, string expected) =>
        True(Header(name) is { } value && test(value), $"header {name} {expected}, and not {Header(name) ?? "absent"}");

    public Answer True(bool condition, string expected) => condition ? this : throw Fault(expected);

    /// <summary>What to throw where an expectation is not met.</summary>
    public CaseFailedException Fault(string expected)
    {
        var shown = string.Join("", headers.Where(h => h.Key is "Content-Type" or "Location" or "ETag" or "Allow").Select(h => $"\n          {h.Key}: {h.Value}"));
        return new CaseFailedException(
            string.Create(CultureInfo.InvariantCulture, $"expected: {expected}\nsent:     {request}\ncame:     {status}{shown}\n          {Exchange.Short(Text)}"));
    }

    private static JsonNode? Parse(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
