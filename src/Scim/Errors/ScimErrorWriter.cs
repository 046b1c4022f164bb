using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Scim.Errors;

/// <summary>The JSON form of an error (RFC 7644 §3.12).</summary>
public static class ScimErrorWriter
{
    /// <summary>The URN of the error message.</summary>
    public const string Schema = "urn:ietf:params:scim:api:messages:2.0:Error";

    /// <summary>The body of the answer: <c>schemas</c>, <c>status</c> as a string, <c>scimType</c> where there is one, <c>detail</c>.</summary>
    public static byte[] ToUtf8(ScimError error)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, JsonFormat.Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("schemas");
        writer.WriteStringValue(Schema);
        writer.WriteEndArray();
        writer.WriteString("status", error.Status.ToString(CultureInfo.InvariantCulture));
        if (error.ScimType is not null)
        {
            writer.WriteString("scimType", error.ScimType);
        }

        writer.WriteString("detail", error.Detail);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
