using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Resources;
using Scim.Schemas;

namespace Scim.Tests.Resources;

/// <summary>
/// What <see cref="ResourceRenderer"/> is held against: the same, said in the simplest way, by the tree of a resource.
/// </summary>
internal static class TreeRenderer
{
    public static byte[] Render(ResourceType type, JsonObject attributes, ResourceMeta meta, IReadOnlyList<ResourceReference>? groups = null)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        WriteSchemas(writer, type, attributes);
        writer.WriteString("id", meta.Id);
        if (attributes[CommonAttributes.ExternalId.Name] is { } externalId)
        {
            writer.WritePropertyName(CommonAttributes.ExternalId.Name);
            externalId.WriteTo(writer);
        }

        foreach (var (name, value) in attributes)
        {
            if (value is not null && CommonAttributes.Find(name) is null && type.FindExtension(name) is null)
            {
                WriteAttribute(writer, name, value, type.Schema.FindAttribute(name));
            }
        }

        WriteGroups(writer, groups);
        foreach (var extension in type.Extensions)
        {
            if (attributes[extension.Schema.Id] is JsonObject { Count: > 0 } values)
            {
                writer.WriteStartObject(extension.Schema.Id);
                foreach (var (name, value) in values)
                {
                    WriteAttribute(writer, name, value, extension.Schema.FindAttribute(name));
                }

                writer.WriteEndObject();
            }
        }

        WriteMeta(writer, type, meta);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void WriteSchemas(Utf8JsonWriter writer, ResourceType type, JsonObject attributes)
    {
        writer.WriteStartArray(CommonAttributes.Schemas.Name);
        writer.WriteStringValue(type.Schema.Id);
        foreach (var extension in type.Extensions)
        {
            if (attributes[extension.Schema.Id] is JsonObject { Count: > 0 })
            {
                writer.WriteStringValue(extension.Schema.Id);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteAttribute(Utf8JsonWriter writer, string name, JsonNode? value, AttributeDefinition? attribute)
    {
        writer.WritePropertyName(name);
        if (attribute is not null && ReferenceEndpoint(attribute) is { } endpoint && value is JsonObject or JsonArray)
        {
            WriteReferences(writer, value, endpoint);
        }
        else
        {
            WriteValue(writer, value);
        }
    }

    private static string? ReferenceEndpoint(AttributeDefinition attribute) =>
        attribute.FindSubAttribute("$ref")?.ReferenceTypes is [var only] ? only switch
        {
            "User" => "/Users/",
            "Group" => "/Groups/",
            _ => null,
        }
        : null;

    private static void WriteReferences(Utf8JsonWriter writer, JsonNode? value, string endpoint)
    {
        switch (value)
        {
            case JsonArray elements:
                writer.WriteStartArray();
                foreach (var element in elements)
                {
                    WriteReferences(writer, element, endpoint);
                }

                writer.WriteEndArray();
                break;
            case JsonObject complex:
                writer.WriteStartObject();
                foreach (var (name, inner) in complex)
                {
                    WriteAttribute(writer, name, inner, attribute: null);
                    if (name == "value" && inner?.GetValueKind() == JsonValueKind.String)
                    {
                        WriteAddress(writer, "$ref", endpoint + Uri.EscapeDataString(inner.GetValue<string>()));
                    }
                }

                writer.WriteEndObject();
                break;
            default:
                WriteValue(writer, value);
                break;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static void WriteGroups(Utf8JsonWriter writer, IReadOnlyList<ResourceReference>? groups)
    {
        if (groups is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray("groups");
        foreach (var group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("value", group.Value);
            WriteAddress(writer, "$ref", "/Groups/" + Uri.EscapeDataString(group.Value));
            if (group.Display is not null)
            {
                writer.WriteString("display", group.Display);
            }

            writer.WriteString("type", "direct");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, ResourceType type, ResourceMeta meta)
    {
        writer.WriteStartObject(CommonAttributes.Meta.Name);
        writer.WriteString("resourceType", type.Name);
        writer.WriteString("created", Instant(meta.Created));
        writer.WriteString("lastModified", Instant(meta.LastModified));
        writer.WriteString("version", ResourceRenderer.EntityTag(meta.Version));
        WriteAddress(writer, "location", $"{type.Endpoint}/{Uri.EscapeDataString(meta.Id)}");
        writer.WriteEndObject();
    }

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteAddress(Utf8JsonWriter writer, string member, string path)
    {
        writer.WritePropertyName(member);
        writer.WriteRawValue($"\"\u0001{path}\"", skipInputValidation: true);
    }
}
