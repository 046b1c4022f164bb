using System.Text.Json;

namespace Entra.Verification;

/// <summary>
/// Reads an answer that may be of any shape: where <see cref="JsonElement"/> throws for a value of another type, these say no.
/// </summary>
internal static class JsonReading
{
    public static bool Is(this JsonElement value, string? text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    public static bool Is(this JsonElement value, ReadOnlySpan<byte> text)
        => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    public static bool Has(this JsonElement value, ReadOnlySpan<byte> name, out JsonElement property)
    {
        property = default;
        return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out property);
    }

    /// <summary>The whole number, or null when it is none.</summary>
    public static int? Number(this JsonElement value)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>The string, or null when it is none.</summary>
    public static string? Text(this JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The elements of an array; none when it is none.</summary>
    public static JsonElement.ArrayEnumerator Elements(this JsonElement value)
        => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default;
}
