using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Scim.Errors;

namespace Scim.Resources;

/// <summary>
/// Parses the body of a request. Stricter than <see cref="JsonNode.Parse(ReadOnlySpan{byte}, JsonNodeOptions?, JsonDocumentOptions)"/>:
/// names that differ only by case are duplicates (RFC 7643 §2.1), text must be valid Unicode, and every string is decoded here,
/// so that nothing that reads the result later can throw. Numbers keep their text.
/// </summary>
public static class JsonBody
{
    /// <summary>How deep objects and arrays may nest when nothing else is said; a resource of the standard schemas needs five levels.</summary>
    public const int DefaultMaxDepth = 32;

    private static readonly JsonNodeOptions NamesIgnoreCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Parses a JSON object, or says where the bytes stop being one (400 <c>invalidSyntax</c>). Throws on no bytes whatever.</summary>
    /// <param name="utf8">The body. A byte order mark is tolerated.</param>
    /// <param name="maxDepth">How many objects and arrays may stand in one another.</param>
    public static Result<JsonObject> Parse(ReadOnlySpan<byte> utf8, int maxDepth = DefaultMaxDepth)
    {
        ReadOnlySpan<byte> byteOrderMark = [0xEF, 0xBB, 0xBF];
        if (utf8.StartsWith(byteOrderMark))
        {
            utf8 = utf8[byteOrderMark.Length..];
        }

        if (!Utf8.IsValid(utf8))
        {
            return ScimError.InvalidSyntax("The body is not valid UTF-8.");
        }

        // One level more than allowed, so that the depth is found too great here, with a text that names the limit.
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth + 1 });
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                return ScimError.InvalidSyntax("The body must be a JSON object.");
            }

            ScimError? error = null;
            var root = (JsonObject?)ReadValue(ref reader, maxDepth, ref error);
            if (error is not null)
            {
                return error;
            }

            // Anything but white space after the object makes the reader throw.
            reader.Read();
            return root!;
        }
        catch (JsonException e)
        {
            return ScimError.InvalidSyntax(utf8.IsEmpty
                ? "The body is empty."
                : $"The body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static JsonNode? ReadValue(ref Utf8JsonReader reader, int maxDepth, ref ScimError? error)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
            case JsonTokenType.StartArray:
                if (reader.CurrentDepth >= maxDepth)
                {
                    error = ScimError.InvalidSyntax($"The body nests deeper than the limit of {maxDepth} levels, at byte {reader.TokenStartIndex}.");
                    return null;
                }

                return reader.TokenType == JsonTokenType.StartObject
                    ? ReadObject(ref reader, maxDepth, ref error)
                    : ReadArray(ref reader, maxDepth, ref error);
            case JsonTokenType.String:
                return ReadText(ref reader, ref error) is { } text ? JsonValue.Create(text) : null;
            case JsonTokenType.Number:
                return JsonValue.Create(JsonElement.ParseValue(ref reader));
            case JsonTokenType.True:
                return JsonValue.Create(true);
            case JsonTokenType.False:
                return JsonValue.Create(false);
            default:
                return null;
        }
    }

    private static JsonObject? ReadObject(ref Utf8JsonReader reader, int maxDepth, ref ScimError? error)
    {
        var result = new JsonObject(NamesIgnoreCase);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var position = reader.TokenStartIndex;
            if (ReadText(ref reader, ref error) is not { } name)
            {
                return null;
            }

            if (result.ContainsKey(name))
            {
                error = ScimError.InvalidSyntax($"'{Shown.Text(name)}' stands twice in one object, at byte {position}; names are compared without regard to case.");
                return null;
            }

            reader.Read();
            var value = ReadValue(ref reader, maxDepth, ref error);
            if (error is not null)
            {
                return null;
            }

            result.Add(name, value);
        }

        return result;
    }

    private static JsonArray? ReadArray(ref Utf8JsonReader reader, int maxDepth, ref ScimError? error)
    {
        var result = new JsonArray(NamesIgnoreCase);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var value = ReadValue(ref reader, maxDepth, ref error);
            if (error is not null)
            {
                return null;
            }

            result.Add(value);
        }

        return result;
    }

    private static string? ReadText(ref Utf8JsonReader reader, ref ScimError? error)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // The bytes are valid UTF-8, so this is an escaped half of a surrogate pair.
            error = ScimError.InvalidSyntax($"The text at byte {reader.TokenStartIndex} is not valid Unicode: it has a lone surrogate.");
            return null;
        }
    }

    /// <summary>The bytes of an object: text readable, numbers as they came.</summary>
    public static byte[] ToUtf8(JsonObject body)
    {
        using var scratch = JsonScratch.Take();
        body.WriteTo(scratch.Writer);
        return scratch.ToArray();
    }
}
