using System.Text.Json;
using System.Text.Json.Nodes;
using Entra.Model;
using Entra.Requests;

namespace Entra.Okta;

/// <summary>The bodies of Okta's group push.</summary>
internal static class OktaGroupRequest
{
    /// <summary>The body of <c>POST /Groups</c>.</summary>
    public static byte[] Create(string displayName, IReadOnlyList<UserRecord> members)
        => RequestBody.Write((displayName, members), static (writer, content) =>
        {
            RequestBody.WriteSchemas(writer, SchemaUrns.Group);
            writer.WriteString("displayName"u8, content.displayName);
            WriteMembers(writer, "members", content.members);
        });

    /// <summary>The PATCH that renames: the id is among the values, though it is readOnly and the same.</summary>
    public static byte[] Rename(GroupRecord group, string displayName)
        => RequestBody.Write((group, displayName), static (writer, content) =>
        {
            PatchOperations.Begin(writer);
            writer.WriteStartObject();
            writer.WriteString("op"u8, "replace"u8);
            writer.WriteStartObject("value"u8);
            writer.WriteString("id"u8, content.group.Id);
            writer.WriteString("displayName"u8, content.displayName);
            writer.WriteEndObject();
            writer.WriteEndObject();
            PatchOperations.End(writer);
        });

    /// <summary>The body of <c>PUT /Groups/{id}</c>: the group as it was read, with another name.</summary>
    public static byte[] Replace(byte[] read, string displayName)
    {
        var group = JsonNode.Parse(read)!.AsObject();
        group["displayName"] = displayName;
        return RequestBody.Write(group, static (writer, members) =>
        {
            foreach (var (member, value) in members)
            {
                writer.WritePropertyName(member);
                value!.WriteTo(writer);
            }
        });
    }

    /// <summary>Those who leave, by an op each, and then those who come, by one.</summary>
    public static byte[] ChangeMembers(IReadOnlyList<UserRecord> removed, IReadOnlyList<UserRecord> added)
        => RequestBody.Write((removed, added), static (writer, content) =>
        {
            PatchOperations.Begin(writer);
            foreach (var member in content.removed)
            {
                writer.WriteStartObject();
                writer.WriteString("op"u8, "remove"u8);
                writer.WriteString("path"u8, $"members[value eq \"{member.Id}\"]");
                writer.WriteEndObject();
            }

            if (content.added.Count > 0)
            {
                WriteMembersOperation(writer, "add", content.added);
            }

            PatchOperations.End(writer);
        });

    /// <summary>The PATCH that says who the members are, all of them.</summary>
    public static byte[] ReplaceMembers(IReadOnlyList<UserRecord> members)
        => RequestBody.Write(members, static (writer, members) =>
        {
            PatchOperations.Begin(writer);
            WriteMembersOperation(writer, "replace", members);
            PatchOperations.End(writer);
        });

    private static void WriteMembersOperation(Utf8JsonWriter writer, string op, IReadOnlyList<UserRecord> members)
    {
        writer.WriteStartObject();
        writer.WriteString("op"u8, op);
        writer.WriteString("path"u8, "members"u8);
        WriteMembers(writer, "value", members);
        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, string name, IReadOnlyList<UserRecord> members)
    {
        writer.WriteStartArray(name);
        foreach (var member in members)
        {
            writer.WriteStartObject();
            writer.WriteString("value"u8, member.Id);
            writer.WriteString("display"u8, member.Values.UserName);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
