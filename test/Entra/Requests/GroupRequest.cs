using Entra.Model;
using Entra.Options;

namespace Entra.Requests;

/// <summary>The bodies that Entra sends to <c>/Groups</c>.</summary>
internal static class GroupRequest
{
    /// <summary>Groups are created empty; members come later, by PATCH.</summary>
    public static byte[] Create(GroupRecord group, bool withEmptyMembers)
        => RequestBody.Write((group, withEmptyMembers), static (writer, content) =>
        {
            RequestBody.WriteSchemas(writer, SchemaUrns.Group, SchemaUrns.MicrosoftGroup);
            writer.WriteString("externalId"u8, content.group.ExternalId);
            writer.WriteString("displayName"u8, content.group.DisplayName);
            if (content.withEmptyMembers)
            {
                writer.WriteStartArray("members"u8);
                writer.WriteEndArray();
            }

            RequestBody.WriteMeta(writer, "Group");
        });

    public static byte[] Rename(PatchDialect dialect, string displayName)
        => RequestBody.Write((dialect, displayName), static (writer, content) =>
        {
            PatchOperations.Begin(writer);
            writer.WriteStartObject();
            writer.WriteString("op"u8, PatchOperations.Verb(content.dialect, "Replace"));
            if (content.dialect == PatchDialect.Default)
            {
                writer.WriteString("path"u8, "displayName"u8);
                writer.WriteString("value"u8, content.displayName);
            }
            else
            {
                writer.WriteStartObject("value"u8);
                writer.WriteString("displayName"u8, content.displayName);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            PatchOperations.End(writer);
        });

    /// <summary>Adds or removes members.</summary>
    /// <remarks><paramref name="opForEach"/>: Whether each member has an op of its own, or all are in the list of one.</remarks>
    public static byte[] ChangeMembers(PatchDialect dialect, bool add, IReadOnlyList<UserRecord> members, bool opForEach)
        => RequestBody.Write((dialect, add, members, opForEach), static (writer, content) =>
        {
            var (dialect, add, members, opForEach) = content;
            PatchOperations.Begin(writer);
            if (!add && dialect == PatchDialect.Flagged)
            {
                foreach (var member in members)
                {
                    writer.WriteStartObject();
                    writer.WriteString("op"u8, "remove"u8);
                    writer.WriteString("path"u8, $"members[value eq \"{member.Id}\"]");
                    writer.WriteEndObject();
                }
            }
            else
            {
                var perOperation = opForEach ? 1 : members.Count;
                for (var first = 0; first < members.Count; first += perOperation)
                {
                    writer.WriteStartObject();
                    writer.WriteString("op"u8, PatchOperations.Verb(dialect, add ? "Add" : "Remove"));
                    writer.WriteString("path"u8, "members"u8);
                    writer.WriteStartArray("value"u8);
                    for (var i = first; i < first + perOperation; i++)
                    {
                        writer.WriteStartObject();
                        writer.WriteNull("$ref"u8);
                        writer.WriteString("value"u8, members[i].Id);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                    writer.WriteEndObject();
                }
            }

            PatchOperations.End(writer);
        });
}
