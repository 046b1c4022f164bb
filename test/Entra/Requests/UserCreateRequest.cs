using System.Text.Json;
using Entra.Model;
using Entra.Options;

namespace Entra.Requests;

/// <summary>The body of <c>POST /Users</c>.</summary>
internal static class UserCreateRequest
{
    private static readonly (string Name, UserAttribute Attribute)[] s_address =
    [
        ("formatted", UserAttribute.FormattedAddress), ("streetAddress", UserAttribute.StreetAddress), ("locality", UserAttribute.Locality),
        ("region", UserAttribute.Region), ("postalCode", UserAttribute.PostalCode), ("country", UserAttribute.Country),
    ];

    public static byte[] Write(UserValues values, UserCreateShape shape, AttributeMapping mapping)
        => RequestBody.Write((values, shape, mapping), static (writer, content) => WriteUser(writer, content.values, content.shape, content.mapping));

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

    private static void WriteUser(Utf8JsonWriter writer, UserValues values, UserCreateShape shape, AttributeMapping mapping)
    {
        var nulls = shape.HasFlag(UserCreateShape.WithNulls);
        var misspelt = shape.HasFlag(UserCreateShape.MisspeltEnterprise);
        if (mapping.Enterprise)
        {
            RequestBody.WriteSchemas(writer, SchemaUrns.User, misspelt ? SchemaUrns.MisspeltEnterpriseUser : SchemaUrns.EnterpriseUser);
        }
        else
        {
            RequestBody.WriteSchemas(writer, SchemaUrns.User);
        }

        Write("externalId", UserAttribute.ExternalId);
        Write("userName", UserAttribute.UserName);
        writer.WriteBoolean("active"u8, values.Active);
        Write("displayName", UserAttribute.DisplayName);
        WriteTyped(writer, "emails", nulls && mapping.Sends(UserAttribute.WorkEmail), ("work", values[UserAttribute.WorkEmail]));
        writer.WriteStartObject("name"u8);
        Write("formatted", UserAttribute.FormattedName);
        Write("familyName", UserAttribute.FamilyName);
        Write("givenName", UserAttribute.GivenName);
        writer.WriteEndObject();
        if (Array.Exists(s_address, part => mapping.Sends(part.Attribute)))
        {
            writer.WriteStartArray("addresses"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "work"u8);
            foreach (var (name, attribute) in s_address)
            {
                Write(name, attribute);
            }

            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        WriteTyped(
            writer,
            "phoneNumbers",
            nulls && mapping.Sends(UserAttribute.WorkPhone),
            ("work", values[UserAttribute.WorkPhone]),
            ("mobile", values[UserAttribute.MobilePhone]));
        Write("title", UserAttribute.Title);
        Write("preferredLanguage", UserAttribute.PreferredLanguage);
        Write("locale", UserAttribute.Locale);
        Write("timezone", UserAttribute.Timezone);
        if (mapping.Roles)
        {
            writer.WriteStartArray("roles"u8);
            writer.WriteEndArray();
        }

        RequestBody.WriteMeta(writer, "User");
        if (mapping.Enterprise && !misspelt && (nulls || values.HasEnterpriseValues))
        {
            writer.WriteStartObject(SchemaUrns.EnterpriseUser);
            Write("department", UserAttribute.Department);
            Write("employeeNumber", UserAttribute.EmployeeNumber);
            Write("costCenter", UserAttribute.CostCenter);
            writer.WriteEndObject();
        }

        void Write(string name, UserAttribute attribute) => WriteValue(writer, name, values[attribute], nulls && mapping.Sends(attribute));
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
