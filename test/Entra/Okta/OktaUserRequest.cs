using System.Text.Json;
using System.Text.Json.Nodes;
using Entra.Model;
using Entra.Requests;

namespace Entra.Okta;

/// <summary>The bodies that Okta sends to <c>/Users</c>.</summary>
internal static class OktaUserRequest
{
    /// <summary>The body of <c>POST /Users</c>.</summary>
    /// <remarks><paramref name="password"/>: Null where the application takes none, as is usual.</remarks>
    public static byte[] Create(UserValues values, string? password)
        => RequestBody.Write((values, password), static (writer, content) =>
        {
            var values = content.values;
            RequestBody.WriteSchemas(writer, SchemaUrns.User);
            writer.WriteString("userName"u8, values.UserName);
            writer.WriteStartObject("name"u8);
            writer.WriteString("givenName"u8, values[UserAttribute.GivenName]);
            writer.WriteString("familyName"u8, values[UserAttribute.FamilyName]);
            writer.WriteEndObject();
            writer.WriteStartArray("emails"u8);
            writer.WriteStartObject();
            writer.WriteBoolean("primary"u8, value: true);
            writer.WriteString("value"u8, values[UserAttribute.WorkEmail]);
            writer.WriteString("type"u8, "work"u8);
            writer.WriteEndObject();
            writer.WriteEndArray();
            if (values[UserAttribute.Title] is { } title)
            {
                writer.WriteString("title"u8, title);
            }

            if (values[UserAttribute.MobilePhone] is { } mobile)
            {
                writer.WriteStartArray("phoneNumbers"u8);
                writer.WriteStartObject();
                writer.WriteBoolean("primary"u8, value: true);
                writer.WriteString("value"u8, mobile);
                writer.WriteString("type"u8, "mobile"u8);
                writer.WriteEndObject();
                writer.WriteEndArray();
            }

            writer.WriteString("displayName"u8, values[UserAttribute.DisplayName]);
            writer.WriteString("locale"u8, values[UserAttribute.Locale]);
            writer.WriteString("externalId"u8, values[UserAttribute.ExternalId]);
            writer.WriteStartArray("groups"u8);
            writer.WriteEndArray();
            if (content.password is { } password)
            {
                writer.WriteString("password"u8, password);
            }

            writer.WriteBoolean("active"u8, values.Active);
        });

    /// <summary>The body of <c>PUT /Users/{id}</c>: the user as it was read, with the values of the mapping put in.</summary>
    /// <remarks>
    /// <para><paramref name="read"/>: The bytes of the user as it was read.</para>
    /// <para><paramref name="withoutGroups"/>: Whether <c>groups</c> goes back empty instead of as read; either way it is readOnly.</para>
    /// </remarks>
    public static byte[] Replace(byte[] read, UserValues next, bool withoutGroups)
    {
        var user = JsonNode.Parse(read)!.AsObject();
        foreach (var attribute in (ReadOnlySpan<UserAttribute>)
            [UserAttribute.UserName, UserAttribute.DisplayName, UserAttribute.Title, UserAttribute.Locale, UserAttribute.ExternalId])
        {
            Set(user, UserAttributePaths.PathOf(attribute), next[attribute]);
        }

        var name = user["name"] as JsonObject ?? [];
        name["givenName"] = next[UserAttribute.GivenName];
        name["familyName"] = next[UserAttribute.FamilyName];
        if (name.Parent is null)
        {
            user["name"] = name;
        }

        SetElement(user, "emails", "work", next[UserAttribute.WorkEmail]);
        SetElement(user, "phoneNumbers", "mobile", next[UserAttribute.MobilePhone]);
        user["active"] = next.Active;
        if (withoutGroups)
        {
            user["groups"] = new JsonArray();
        }

        return RequestBody.Write(user, static (writer, members) =>
        {
            foreach (var (member, value) in members)
            {
                writer.WritePropertyName(member);
                if (value is null)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    value.WriteTo(writer);
                }
            }
        });
    }

    /// <summary>The PATCH by which an application of the catalogue is told that a user is deactivated or back.</summary>
    public static byte[] SetActive(bool active)
        => RequestBody.Write(active, static (writer, active) =>
        {
            PatchOperations.Begin(writer);
            writer.WriteStartObject();
            writer.WriteString("op"u8, "replace"u8);
            writer.WriteStartObject("value"u8);
            writer.WriteBoolean("active"u8, active);
            writer.WriteEndObject();
            writer.WriteEndObject();
            PatchOperations.End(writer);
        });

    private static void Set(JsonObject owner, string member, string? value)
    {
        if (value is null)
        {
            owner.Remove(member);
        }
        else
        {
            owner[member] = value;
        }
    }

    /// <summary>The element of that type is set, made (primary, and nothing else is) or taken away.</summary>
    private static void SetElement(JsonObject user, string attribute, string type, string? value)
    {
        var elements = user[attribute] as JsonArray ?? [];
        var element = elements.OfType<JsonObject>().FirstOrDefault(element => element["type"] is JsonValue found && found.GetValueKind() == JsonValueKind.String && found.GetValue<string>() == type);
        if (value is null)
        {
            elements.Remove(element);
        }
        else if (element is not null)
        {
            element["value"] = value;
        }
        else
        {
            elements.Add(new JsonObject { ["primary"] = true, ["value"] = value, ["type"] = type });
        }

        if (elements.Count == 0)
        {
            user.Remove(attribute);
        }
        else if (elements.Parent is null)
        {
            user[attribute] = elements;
        }
    }
}
