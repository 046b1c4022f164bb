using System.Text.Json;
using Entra.Model;
using Entra.Options;

namespace Entra.Requests;

/// <summary>The bodies of <c>PATCH /Users/{id}</c>, in both dialects.</summary>
internal static class UserPatchRequest
{
    /// <summary>Sets and clears values.</summary>
    /// <remarks>
    /// <para><paramref name="active"/>: The new value of <c>active</c>, or null to leave it out.</para>
    /// <para><paramref name="cleared"/>: What is sent for a cleared value: null, or an empty string, which both mean unset, or a blank.</para>
    /// </remarks>
    public static byte[] Write(PatchDialect dialect, IReadOnlyList<AttributeChange> changes, bool? active, string? cleared)
        => RequestBody.Write((dialect, changes, active, cleared), static (writer, content) =>
        {
            PatchOperations.Begin(writer);
            if (content.dialect == PatchDialect.Default)
            {
                foreach (var change in content.changes)
                {
                    writer.WriteStartObject();
                    writer.WriteString("op"u8, change.Old is null ? "Add"u8 : "Replace"u8);
                    writer.WriteString("path"u8, UserAttributePaths.PathOf(change.Attribute));
                    WriteNewValue(writer, "value", change.New, content.cleared);
                    writer.WriteEndObject();
                }
            }
            else
            {
                WriteFlagged(writer, content.changes, content.cleared);
            }

            if (content.active is { } active)
            {
                WriteActive(writer, content.dialect, active);
            }

            PatchOperations.End(writer);
        });

    /// <summary>Sets the manager.</summary>
    /// <remarks><paramref name="reference"/>: The manager's address, for the forms that carry one.</remarks>
    public static byte[] SetManager(PatchDialect dialect, ManagerForm form, string managerId, string reference, bool replaces)
        => RequestBody.Write((dialect, form, managerId, reference, replaces), static (writer, content) =>
        {
            PatchOperations.Begin(writer);
            writer.WriteStartObject();
            writer.WriteString("op"u8, PatchOperations.Verb(content.dialect, content.replaces ? "Replace" : "Add"));
            writer.WriteString("path"u8, content.form == ManagerForm.QualifiedPath ? SchemaUrns.EnterpriseUser + ":manager" : "manager");
            writer.WritePropertyName("value"u8);
            switch (content.form)
            {
                case ManagerForm.PlainString:
                    writer.WriteStringValue(content.managerId);
                    break;
                case ManagerForm.Object:
                    writer.WriteStartObject();
                    writer.WriteString("value"u8, content.managerId);
                    writer.WriteEndObject();
                    break;
                default:
                    writer.WriteStartArray();
                    writer.WriteStartObject();
                    writer.WriteString("$ref"u8, content.reference);
                    writer.WriteString("value"u8, content.managerId);
                    writer.WriteEndObject();
                    writer.WriteEndArray();
                    break;
            }

            writer.WriteEndObject();
            PatchOperations.End(writer);
        });

    /// <summary>Takes the manager away.</summary>
    /// <remarks><paramref name="byFilter"/>: By <c>remove manager[value eq "…"]</c>, or else by a replace with an empty string.</remarks>
    public static byte[] RemoveManager(PatchDialect dialect, string managerId, bool byFilter)
        => RequestBody.Write((dialect, managerId, byFilter), static (writer, content) =>
        {
            PatchOperations.Begin(writer);
            writer.WriteStartObject();
            if (content.byFilter)
            {
                writer.WriteString("op"u8, "remove"u8);
                writer.WriteString("path"u8, $"manager[value eq \"{content.managerId}\"]");
            }
            else
            {
                writer.WriteString("op"u8, PatchOperations.Verb(content.dialect, "Replace"));
                writer.WriteString("path"u8, "manager"u8);
                writer.WriteString("value"u8, ""u8);
            }

            writer.WriteEndObject();
            PatchOperations.End(writer);
        });

    /// <summary>Filtered paths get an op each; all the rest goes into one op without a path, under dotted keys.</summary>
    private static void WriteFlagged(Utf8JsonWriter writer, IReadOnlyList<AttributeChange> changes, string? cleared)
    {
        var hasPathless = false;
        foreach (var change in changes)
        {
            if (!UserAttributePaths.IsFiltered(change.Attribute))
            {
                hasPathless = true;
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("op"u8, change.Old is null ? "add"u8 : "replace"u8);
            writer.WriteString("path"u8, UserAttributePaths.PathOf(change.Attribute));
            WriteNewValue(writer, "value", change.New, cleared);
            writer.WriteEndObject();
        }

        if (!hasPathless)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("op"u8, "replace"u8);
        writer.WriteStartObject("value"u8);
        foreach (var change in changes)
        {
            if (!UserAttributePaths.IsFiltered(change.Attribute))
            {
                WriteNewValue(writer, UserAttributePaths.PathOf(change.Attribute), change.New, cleared);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteActive(Utf8JsonWriter writer, PatchDialect dialect, bool active)
    {
        writer.WriteStartObject();
        writer.WriteString("op"u8, PatchOperations.Verb(dialect, "Replace"));
        writer.WriteString("path"u8, "active"u8);
        if (dialect == PatchDialect.Default)
        {
            writer.WriteString("value"u8, active ? "True"u8 : "False"u8);
        }
        else
        {
            writer.WriteBoolean("value"u8, active);
        }

        writer.WriteEndObject();
    }

    private static void WriteNewValue(Utf8JsonWriter writer, string name, string? value, string? cleared)
    {
        if ((value ?? cleared) is not { } text)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, text);
        }
    }
}
