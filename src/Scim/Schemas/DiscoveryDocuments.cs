using System.Buffers;
using System.Text.Json;
using Scim.Paging;
using Scim.Resources;

namespace Scim.Schemas;

/// <summary>
/// The documents by which a client finds out what is served (RFC 7644 §4), as UTF-8 with <see cref="AddressMark"/>s: made once for
/// each <see cref="SchemaSet"/>, then sent as they are.
/// </summary>
public static class DiscoveryDocuments
{
    /// <summary><c>/Schemas</c>: a list of all.</summary>
    public static byte[] Schemas(SchemaSet set) => List([.. set.Schemas.Select(Schema)]);

    /// <summary><c>/Schemas/{urn}</c>.</summary>
    public static byte[] Schema(Schema schema) => Document(SchemaUrns.Schema, writer =>
    {
        writer.WriteString("id", schema.Id);
        writer.WriteString("name", schema.Name);
        writer.WriteString("description", schema.Description);
        SchemaWriter.WriteAttributes(writer, "attributes", schema.Attributes);
        WriteMeta(writer, "Schema", $"/Schemas/{schema.Id}");
    });

    /// <summary><c>/ResourceTypes</c>: a list of all.</summary>
    public static byte[] ResourceTypes(SchemaSet set) => List([.. set.ResourceTypes.Select(ResourceType)]);

    /// <summary><c>/ResourceTypes/{name}</c>.</summary>
    public static byte[] ResourceType(ResourceType type) => Document(SchemaUrns.ResourceType, writer =>
    {
        writer.WriteString("id", type.Name);
        writer.WriteString("name", type.Name);
        writer.WriteString("description", type.Description);
        writer.WriteString("endpoint", type.Endpoint);
        writer.WriteString("schema", type.Schema.Id);
        writer.WriteStartArray("schemaExtensions");
        foreach (var extension in type.Extensions)
        {
            writer.WriteStartObject();
            writer.WriteString("schema", extension.Schema.Id);
            writer.WriteBoolean("required", extension.Required);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteMeta(writer, "ResourceType", $"/ResourceTypes/{type.Name}");
    });

    /// <summary><c>/ServiceProviderConfig</c>.</summary>
    public static byte[] ServiceProviderConfig(ServiceProviderOptions options) => Document(SchemaUrns.ServiceProviderConfig, writer =>
    {
        if (options.DocumentationUri is not null)
        {
            writer.WriteString("documentationUri", options.DocumentationUri);
        }

        WriteSupported(writer, "patch", options.Patch);
        WriteSupported(writer, "bulk", options.Bulk, ("maxOperations", options.BulkMaxOperations), ("maxPayloadSize", options.BulkMaxPayloadSize));
        WriteSupported(writer, "filter", options.Filter, ("maxResults", options.Lists.MaxCount));
        WriteSupported(writer, "changePassword", options.ChangePassword);
        WriteSupported(writer, "sort", options.Sort);
        WriteSupported(writer, "etag", options.ETag);
        WritePagination(writer, options);
        WriteAuthenticationSchemes(writer, options.AuthenticationSchemes);
        WriteMeta(writer, "ServiceProviderConfig", "/ServiceProviderConfig");
    });

    private static void WriteSupported(Utf8JsonWriter writer, string member, bool supported, params ReadOnlySpan<(string Name, int Value)> limits)
    {
        writer.WriteStartObject(member);
        writer.WriteBoolean("supported", supported);
        foreach (var (name, value) in limits)
        {
            writer.WriteNumber(name, value);
        }

        writer.WriteEndObject();
    }

    private static void WritePagination(Utf8JsonWriter writer, ServiceProviderOptions options)
    {
        writer.WriteStartObject("pagination");
        writer.WriteBoolean("cursor", options.CursorPagination);
        writer.WriteBoolean("index", true);
        writer.WriteString("defaultPaginationMethod", "index");
        writer.WriteNumber("defaultPageSize", options.Lists.DefaultCount);
        writer.WriteNumber("maxPageSize", options.Lists.MaxCount);
        if (options is { CursorPagination: true, CursorTimeout: { } seconds })
        {
            writer.WriteNumber("cursorTimeout", seconds);
        }

        writer.WriteEndObject();
    }

    private static void WriteAuthenticationSchemes(Utf8JsonWriter writer, IReadOnlyList<AuthenticationScheme> schemes)
    {
        writer.WriteStartArray("authenticationSchemes");
        foreach (var scheme in schemes)
        {
            writer.WriteStartObject();
            writer.WriteString("type", scheme.Type);
            writer.WriteString("name", scheme.Name);
            writer.WriteString("description", scheme.Description);
            if (scheme.SpecUri is not null)
            {
                writer.WriteString("specUri", scheme.SpecUri);
            }

            writer.WriteBoolean("primary", scheme.Primary);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, string resourceType, string path)
    {
        writer.WriteStartObject("meta");
        writer.WriteString("resourceType", resourceType);
        AddressMark.Write(writer, "location", path);
        writer.WriteEndObject();
    }

    private static byte[] Document(string schema, Action<Utf8JsonWriter> writeMembers)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, JsonFormat.Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("schemas");
        writer.WriteStringValue(schema);
        writer.WriteEndArray();
        writeMembers(writer);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static byte[] List(List<byte[]> documents)
    {
        var output = new ArrayBufferWriter<byte>();
        var list = new ListResponseWriter(output, documents.Count, startIndex: 1, itemsPerPage: documents.Count);
        foreach (var document in documents)
        {
            list.Add(document);
        }

        list.Complete();
        return output.WrittenSpan.ToArray();
    }
}
