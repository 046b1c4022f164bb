using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entra.Requests;

/// <summary>Writes a JSON body as Entra does: compact, with letters of all scripts as they are.</summary>
internal static class RequestBody
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write<T>(T content, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            write(writer, content);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteSchemas(Utf8JsonWriter writer, params ReadOnlySpan<string> urns)
    {
        writer.WriteStartArray("schemas"u8);
        foreach (var urn in urns)
        {
            writer.WriteStringValue(urn);
        }

        writer.WriteEndArray();
    }

    /// <summary><c>"meta":{"resourceType":…}</c>, which Entra adds to each create.</summary>
    public static void WriteMeta(Utf8JsonWriter writer, string resourceType)
    {
        writer.WriteStartObject("meta"u8);
        writer.WriteString("resourceType"u8, resourceType);
        writer.WriteEndObject();
    }
}
