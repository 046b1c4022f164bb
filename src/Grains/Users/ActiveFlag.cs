using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grains.Users;

/// <summary>The attribute <c>active</c> of a user (RFC 7643 §4.1.1). A user that has none is active.</summary>
internal static class ActiveFlag
{
    private const string Name = "active";

    /// <summary>Whether the attributes, as they are stored, say that the user is not active.</summary>
    public static bool IsOff(byte[] utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals("active"u8);
            reader.Read();
            if (isIt)
            {
                return reader.TokenType == JsonTokenType.False;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>Makes the user active, or not.</summary>
    /// <returns>False where it was so before.</returns>
    public static bool Switch(JsonObject user, bool on)
    {
        var isOff = user[Name] is JsonValue value && value.GetValueKind() == JsonValueKind.False;
        if (isOff != on)
        {
            return false;
        }

        user[Name] = on;
        return true;
    }
}
