using System.Text.Json;

namespace Scim.Schemas;

/// <summary>Writes a schema with each of its characteristics (RFC 7643 §7), defaults included: clients take what is not said for false.</summary>
internal static class SchemaWriter
{
    public static void WriteAttributes(Utf8JsonWriter writer, string member, IReadOnlyList<AttributeDefinition> attributes)
    {
        writer.WriteStartArray(member);
        foreach (var attribute in attributes)
        {
            writer.WriteStartObject();
            writer.WriteString("name", attribute.Name);
            writer.WriteString("type", Keyword(attribute.Type));
            writer.WriteBoolean("multiValued", attribute.MultiValued);
            writer.WriteString("description", attribute.Description);
            writer.WriteBoolean("required", attribute.Required);
            WriteTexts(writer, "canonicalValues", attribute.CanonicalValues);
            writer.WriteBoolean("caseExact", attribute.CaseExact);
            writer.WriteString("mutability", Keyword(attribute.Mutability));
            writer.WriteString("returned", Keyword(attribute.Returned));
            writer.WriteString("uniqueness", Keyword(attribute.Uniqueness));
            WriteTexts(writer, "referenceTypes", attribute.ReferenceTypes);
            if (attribute.SubAttributes.Count > 0)
            {
                WriteAttributes(writer, "subAttributes", attribute.SubAttributes);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The standard's word for a value: its name, with a small first letter.</summary>
    public static string Keyword<T>(T value)
        where T : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static void WriteTexts(Utf8JsonWriter writer, string member, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(member);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
