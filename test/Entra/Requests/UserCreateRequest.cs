using System.Text.Json;
using Entra.Model;

namespace Entra.Requests;

/// <summary>The body of <c>POST /Users</c>.</summary>
internal static class UserCreateRequest
{
    public static byte[] Write(UserValues values, UserCreateShape shape)
        => RequestBody.Write((values, shape), static (writer, content) => WriteUser(writer, content.values, content.shape));

    /// <summary>
    /// An account that somebody made by hand before Entra was connected: little is filled in, and the case of the name is theirs.
    /// </summary>
    public static byte[] WriteByHand(UserValues values)
        => RequestBody.Write(values, static (writer, values) =>
        {
            RequestBody.WriteSchemas(writer, SchemaUrns.User);
            writer.WriteString("userName"u8, values.UserName);
            writer.WriteBoolean("active"u8, values.Active);
            writer.WriteStartArray("emails"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "home"u8);
            writer.WriteString("value"u8, values[UserAttribute.HomeEmail]);
            writer.WriteEndObject();
            writer.WriteEndArray();
        });

    private static void WriteUser(Utf8JsonWriter writer, UserValues values, UserCreateShape shape)
    {
        var nulls = shape.HasFlag(UserCreateShape.WithNulls);
        var misspelt = shape.HasFlag(UserCreateShape.MisspeltEnterprise);
        RequestBody.WriteSchemas(writer, SchemaUrns.User, misspelt ? SchemaUrns.MisspeltEnterpriseUser : SchemaUrns.EnterpriseUser);
        WriteValue(writer, "externalId", values[UserAttribute.ExternalId], nulls);
        WriteValue(writer, "userName", values[UserAttribute.UserName], nulls);
        writer.WriteBoolean("active"u8, values.Active);
        WriteValue(writer, "displayName", values[UserAttribute.DisplayName], nulls);
        WriteTyped(writer, "emails", nulls, ("work", values[UserAttribute.WorkEmail]));
        writer.WriteStartObject("name"u8);
        WriteValue(writer, "formatted", values[UserAttribute.FormattedName], nulls);
        WriteValue(writer, "familyName", values[UserAttribute.FamilyName], nulls);
        WriteValue(writer, "givenName", values[UserAttribute.GivenName], nulls);
        writer.WriteEndObject();
        WriteAddress(writer, values, nulls);
        WriteTyped(writer, "phoneNumbers", nulls, ("work", values[UserAttribute.WorkPhone]), ("mobile", values[UserAttribute.MobilePhone]));
        WriteValue(writer, "title", values[UserAttribute.Title], nulls);
        WriteValue(writer, "preferredLanguage", values[UserAttribute.PreferredLanguage], nulls);
        writer.WriteStartArray("roles"u8);
        writer.WriteEndArray();
        RequestBody.WriteMeta(writer, "User");
        if (!misspelt && (nulls || values.HasEnterpriseValues))
        {
            writer.WriteStartObject(SchemaUrns.EnterpriseUser);
            WriteValue(writer, "department", values[UserAttribute.Department], nulls);
            WriteValue(writer, "employeeNumber", values[UserAttribute.EmployeeNumber], nulls);
            WriteValue(writer, "costCenter", values[UserAttribute.CostCenter], nulls);
            writer.WriteEndObject();
        }
    }

    private static void WriteAddress(Utf8JsonWriter writer, UserValues values, bool nulls)
    {
        writer.WriteStartArray("addresses"u8);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "work"u8);
        WriteValue(writer, "streetAddress", values[UserAttribute.StreetAddress], nulls);
        WriteValue(writer, "locality", values[UserAttribute.Locality], nulls);
        WriteValue(writer, "region", values[UserAttribute.Region], nulls);
        WriteValue(writer, "postalCode", values[UserAttribute.PostalCode], nulls);
        WriteValue(writer, "country", values[UserAttribute.Country], nulls);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>
    /// A multi-valued attribute with one element a type; types without a value are left out, and so is the whole if none has one.
    /// </summary>
    private static void WriteTyped(
        Utf8JsonWriter writer,
        string name,
        bool nulls,
        params ReadOnlySpan<(string Type, string? Value)> elements)
    {
        var open = false;
        foreach (var (type, value) in elements)
        {
            if (value is null)
            {
                continue;
            }

            if (!open)
            {
                writer.WriteStartArray(name);
                open = true;
            }

            writer.WriteStartObject();
            if (name == "emails")
            {
                writer.WriteBoolean("primary"u8, value: true);
            }

            writer.WriteString("type"u8, type);
            writer.WriteString("value"u8, value);
            writer.WriteEndObject();
        }

        if (open)
        {
            writer.WriteEndArray();
        }
        else if (nulls)
        {
            writer.WriteNull(name);
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, string name, string? value, bool nulls)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
        else if (nulls)
        {
            writer.WriteNull(name);
        }
    }
}
