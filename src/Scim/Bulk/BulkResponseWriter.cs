using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Scim.Errors;

namespace Scim.Bulk;

/// <summary>The answer to a bulk request (RFC 7644 §3.7.3).</summary>
public static class BulkResponseWriter
{
    /// <summary>The URN of the message.</summary>
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

    /// <summary>Writes the results of those operations that were tried.</summary>
    /// <param name="request">The request.</param>
    /// <param name="results">A result for each operation in the same place; null where it was not tried.</param>
    public static ReadOnlyMemory<byte> ToUtf8(BulkRequest request, IReadOnlyList<BulkResult?> results)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, JsonFormat.Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("schemas");
        writer.WriteStringValue(Schema);
        writer.WriteEndArray();
        writer.WriteStartArray("Operations");
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i] is { } result)
            {
                Write(writer, request.Operations[i], result);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, BulkOperation operation, BulkResult result)
    {
        writer.WriteStartObject();
        WriteIfAny(writer, "location", result.Location);
        WriteIfAny(writer, "method", operation.MethodText);
        WriteIfAny(writer, "bulkId", operation.BulkId);
        WriteIfAny(writer, "version", result.Version);
        writer.WriteString("status", result.Status.ToString(CultureInfo.InvariantCulture));
        if (result.Error is not null)
        {
            writer.WritePropertyName("response");
            writer.WriteRawValue(ScimErrorWriter.ToUtf8(result.Error));
        }

        writer.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
