using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Scim.Schemas;

namespace Scim.Resources;

/// <summary>
/// Renders a resource as it is sent (RFC 7643 §3), with <see cref="AddressMark"/>s for the base URL, in this order: <c>schemas</c>,
/// <c>id</c>, <c>externalId</c>, the other core attributes as they are kept, <c>groups</c>, extensions, <c>meta</c>. Values are copied
/// from the bytes they are kept as, byte for byte.
/// </summary>
public static class ResourceRenderer
{
    /// <summary>Versions up to this one have their entity-tag ready.</summary>
    private const int ReadyEntityTags = 64;

    private static readonly string?[] EntityTags = new string?[ReadyEntityTags];

    /// <summary>For each schema the attributes whose values have a <c>$ref</c> that is made here, and the collection it points into.</summary>
    private static readonly ConditionalWeakTable<Schema, (string Name, string Collection)[]> References = [];

    /// <summary>Renders a resource.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="attributesUtf8">
    /// What <see cref="ResourceReader"/> gave, as <see cref="JsonBody.ToUtf8"/> wrote it; of a group, without its members
    /// (<see cref="GroupMembers"/>).
    /// </param>
    /// <param name="meta">Its identifier, version and times.</param>
    /// <param name="groups">The groups of a user, or null.</param>
    /// <returns>UTF-8, ready to send but for the address.</returns>
    public static byte[] Render(ResourceType type, ReadOnlySpan<byte> attributesUtf8, ResourceMeta meta, IReadOnlyList<ResourceReference>? groups = null)
    {
        Span<Range> extensions = stackalloc Range[type.Extensions.Count];
        var externalId = Locate(attributesUtf8, type, extensions);
        using var scratch = JsonScratch.Take();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        WriteSchemas(writer, type, extensions);
        writer.WriteString("id"u8, meta.Id);
        if (!externalId.Equals(default))
        {
            writer.WritePropertyName(CommonAttributes.ExternalId.Name);
            writer.WriteRawValue(attributesUtf8[externalId], skipInputValidation: true);
        }

        WriteAttributes(writer, attributesUtf8, type.Schema, coreOf: type);
        WriteGroups(writer, groups);
        for (var i = 0; i < extensions.Length; i++)
        {
            if (!extensions[i].Equals(default))
            {
                writer.WriteStartObject(type.Extensions[i].Schema.Id);
                WriteAttributes(writer, attributesUtf8[extensions[i]], type.Extensions[i].Schema, coreOf: null);
                writer.WriteEndObject();
            }
        }

        WriteMeta(writer, type, meta);
        writer.WriteEndObject();
        return scratch.ToArray();
    }

    /// <summary>The entity-tag of a version, as it stands in <c>meta.version</c> and in the ETag header (RFC 7644 §3.14): <c>W/"3"</c>.</summary>
    public static string EntityTag(long version)
    {
        if (version is < 0 or >= ReadyEntityTags)
        {
            return Text(version);
        }

        return EntityTags[version] ??= Text(version);

        static string Text(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");
    }

    /// <summary>Finds what does not stand where it is kept: the extensions that have values, in the order of the type, and <c>externalId</c>.</summary>
    /// <returns>The place of externalId's value. A place that is not there is the default.</returns>
    private static Range Locate(ReadOnlySpan<byte> attributesUtf8, ResourceType type, Span<Range> extensions)
    {
        extensions.Clear();
        Range externalId = default;
        var reader = new Utf8JsonReader(attributesUtf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var extension = ExtensionAt(ref reader, type);
            var isExternalId = reader.ValueTextEquals(CommonAttributes.ExternalId.Name);
            reader.Read();
            var token = reader.TokenType;
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            var value = start..(int)reader.BytesConsumed;
            if (isExternalId && token != JsonTokenType.Null)
            {
                externalId = value;
            }
            else if (extension >= 0 && token == JsonTokenType.StartObject && !IsEmpty(attributesUtf8[value]))
            {
                extensions[extension] = value;
            }
        }

        return externalId;
    }

    private static bool IsEmpty(ReadOnlySpan<byte> jsonObject)
    {
        var reader = new Utf8JsonReader(jsonObject);
        reader.Read();
        reader.Read();
        return reader.TokenType == JsonTokenType.EndObject;
    }

    /// <summary>Which extension the reader's name is the URN of, or -1.</summary>
    private static int ExtensionAt(ref Utf8JsonReader reader, ResourceType type)
    {
        for (var i = 0; i < type.Extensions.Count; i++)
        {
            if (reader.ValueTextEquals(type.Extensions[i].Schema.Id))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsCommon(ref Utf8JsonReader reader)
    {
        foreach (var attribute in CommonAttributes.All)
        {
            if (reader.ValueTextEquals(attribute.Name))
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteSchemas(Utf8JsonWriter writer, ResourceType type, ReadOnlySpan<Range> extensions)
    {
        writer.WriteStartArray(CommonAttributes.Schemas.Name);
        writer.WriteStringValue(type.Schema.Id);
        for (var i = 0; i < extensions.Length; i++)
        {
            if (!extensions[i].Equals(default))
            {
                writer.WriteStringValue(type.Extensions[i].Schema.Id);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the attributes of a schema as they are kept.</summary>
    /// <param name="writer">Takes them.</param>
    /// <param name="values">The object that they stand in.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="coreOf">At the top of a resource its type: what is not of the core schema, or null, is left out.</param>
    private static void WriteAttributes(Utf8JsonWriter writer, ReadOnlySpan<byte> values, Schema schema, ResourceType? coreOf)
    {
        var references = References.GetValue(schema, ReferencesOf);
        var reader = new Utf8JsonReader(values);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader;
            var isLeftOut = coreOf is not null && (IsCommon(ref reader) || ExtensionAt(ref reader, coreOf) >= 0);
            reader.Read();
            var value = Value(ref reader, values);
            if (isLeftOut || (coreOf is not null && value is [(byte)'n', ..]))
            {
                continue;
            }

            WriteName(writer, ref name);
            if (value is [(byte)'{' or (byte)'[', ..] && CollectionOf(ref name, references) is { } collection)
            {
                var inner = new Utf8JsonReader(value);
                inner.Read();
                WriteReferences(writer, ref inner, value, collection);
            }
            else
            {
                writer.WriteRawValue(value, skipInputValidation: true);
            }
        }
    }

    /// <summary>The bytes of the value that the reader stands on; afterwards it stands on the value's last token.</summary>
    private static ReadOnlySpan<byte> Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static void WriteName(Utf8JsonWriter writer, ref Utf8JsonReader name)
    {
        if (name.ValueIsEscaped)
        {
            writer.WritePropertyName(name.GetString()!);
        }
        else
        {
            writer.WritePropertyName(name.ValueSpan);
        }
    }

    private static string? CollectionOf(ref Utf8JsonReader name, (string Name, string Collection)[] references)
    {
        foreach (var reference in references)
        {
            if (name.ValueTextEquals(reference.Name))
            {
                return reference.Collection;
            }
        }

        return null;
    }

    /// <summary>Where the resources are served that an attribute's <c>$ref</c> points to, if that is one kind: a manager is a user.</summary>
    private static (string Name, string Collection)[] ReferencesOf(Schema schema)
    {
        var references = new List<(string, string)>();
        foreach (var attribute in schema.Attributes)
        {
            switch (attribute.FindSubAttribute("$ref")?.ReferenceTypes)
            {
                case ["User"]:
                    references.Add((attribute.Name, "/Users/"));
                    break;
                case ["Group"]:
                    references.Add((attribute.Name, "/Groups/"));
                    break;
            }
        }

        return [.. references];
    }

    /// <summary>Writes one or more objects, with a <c>$ref</c> behind each <c>value</c>. The reader stands on the first token.</summary>
    private static void WriteReferences(Utf8JsonWriter writer, ref Utf8JsonReader reader, ReadOnlySpan<byte> json, string collection)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    WriteReferences(writer, ref reader, json, collection);
                }

                writer.WriteEndArray();
                break;
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var isValue = reader.ValueTextEquals("value"u8);
                    WriteName(writer, ref reader);
                    reader.Read();
                    var id = isValue && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                    writer.WriteRawValue(Value(ref reader, json), skipInputValidation: true);
                    if (id is not null)
                    {
                        AddressMark.Write(writer, "$ref", collection, id);
                    }
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteRawValue(Value(ref reader, json), skipInputValidation: true);
                break;
        }
    }

    private static void WriteGroups(Utf8JsonWriter writer, IReadOnlyList<ResourceReference>? groups)
    {
        if (groups is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray("groups"u8);
        foreach (var group in groups)
        {
            writer.WriteStartObject();
            writer.WriteString("value"u8, group.Value);
            AddressMark.Write(writer, "$ref", "/Groups/", group.Value);
            if (group.Display is not null)
            {
                writer.WriteString("display"u8, group.Display);
            }

            writer.WriteString("type"u8, "direct"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteMeta(Utf8JsonWriter writer, ResourceType type, ResourceMeta meta)
    {
        writer.WriteStartObject(CommonAttributes.Meta.Name);
        writer.WriteString("resourceType"u8, type.Name);
        WriteInstant(writer, "created"u8, meta.Created);
        WriteInstant(writer, "lastModified"u8, meta.LastModified);
        writer.WriteString("version"u8, EntityTag(meta.Version));
        AddressMark.Write(writer, "location", type.Endpoint + "/", meta.Id);
        writer.WriteEndObject();
    }

    private static void WriteInstant(Utf8JsonWriter writer, ReadOnlySpan<byte> member, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[32];
        instant.UtcDateTime.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteString(member, text[..length]);
    }
}
