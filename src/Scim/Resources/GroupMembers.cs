using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scim.Resources;

/// <summary>
/// The members of a group (RFC 7643 §4.2), which are kept apart from its other attributes because there may be a great many.
/// A group is sent by streaming them into its rendered head: the head up to <see cref="Position"/>, <see cref="Start"/>, the members
/// with commas between, <see cref="End"/>, the rest of the head; a group without members is its head alone.
/// </summary>
public static class GroupMembers
{
    /// <summary>The name of the attribute.</summary>
    public const string Attribute = "members";

    private const string GroupType = "Group";

    /// <summary>What stands before the first member.</summary>
    public static ReadOnlySpan<byte> Start => ",\"members\":["u8;

    /// <summary>What stands after the last member.</summary>
    public static ReadOnlySpan<byte> End => "]"u8;

    /// <summary>Removes <c>members</c> from a normalised group and gives them, in the order they were sent; duplicates are kept.</summary>
    public static IReadOnlyList<MemberValue> Take(JsonObject group)
    {
        if (!group.Remove(Attribute, out var node) || node is not JsonArray elements)
        {
            return [];
        }

        var members = new List<MemberValue>(elements.Count);
        foreach (var element in elements)
        {
            members.Add(new MemberValue(element!["value"]!.GetValue<string>(), element["type"]?.GetValue<string>()));
        }

        return members;
    }

    /// <summary>Where in a rendered resource the members go: before <c>meta</c>, its last member.</summary>
    /// <param name="rendered">What <see cref="ResourceRenderer"/> made, its address filled in or not.</param>
    public static int Position(ReadOnlySpan<byte> rendered)
    {
        // Inside a string each quote is escaped, so these bytes are a member's name; and the last such is that of the resource itself.
        var position = rendered.LastIndexOf(",\"meta\":{"u8);
        return position >= 0 ? position : throw new ArgumentException("Not a rendered resource: it has no 'meta'.", nameof(rendered));
    }

    /// <summary>Writes one member, its <c>$ref</c> with an address mark: <c>{"value":"42","$ref":"␁/Users/42","type":"User"}</c>.</summary>
    /// <param name="output">Takes the member.</param>
    /// <param name="value">The id of the user or group.</param>
    /// <param name="type"><c>Group</c>, whatever its case, for a group; anything else is a user.</param>
    public static void WriteMember(IBufferWriter<byte> output, string value, string? type)
    {
        using var writer = new Utf8JsonWriter(output, JsonFormat.Writing);
        WriteMember(writer, value, type);
    }

    /// <summary>Writes several members, with commas between them.</summary>
    public static void WriteMembers(IBufferWriter<byte> output, IReadOnlyList<MemberValue> members)
    {
        using var writer = new Utf8JsonWriter(output, JsonFormat.Writing);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
                writer.Reset();
            }

            WriteMember(writer, members[i].Value, members[i].Type);
            writer.Flush();
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, string value, string? type)
    {
        var isGroup = string.Equals(type, GroupType, StringComparison.OrdinalIgnoreCase);
        writer.WriteStartObject();
        writer.WriteString("value", value);
        AddressMark.Write(writer, "$ref", isGroup ? "/Groups/" : "/Users/", value);
        writer.WriteString("type", isGroup ? GroupType : "User");
        writer.WriteEndObject();
    }
}
