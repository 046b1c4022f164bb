using System.Text.Json;
using System.Text.Json.Nodes;
using Scim.Filters;
using Scim.Schemas;

namespace Scim.Sorting;

/// <summary>
/// What resources are sorted by (RFC 7644 §3.4.2.3), as a text: whatever the type of the attribute, two keys are in the order of their
/// UTF-16 code units, so that they can be compared where no schema is known. Null stands for a value that is missing.
/// </summary>
public static class SortKey
{
    /// <summary>The longest key, in UTF-16 code units. Values that agree so far are held equal, so that what a sort keeps has a bound.</summary>
    public const int MaxLength = 256;

    private const string False = "0";
    private const string True = "1";

    /// <summary>Compares two keys: a missing one is last in ascending order, and first in descending.</summary>
    /// <param name="x">A key, or null.</param>
    /// <param name="y">Another, or null.</param>
    /// <param name="descending">Whether the greatest comes first.</param>
    public static int Compare(string? x, string? y, bool descending)
    {
        var order = (x, y) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            _ => string.CompareOrdinal(x, y),
        };
        return descending ? -order : order;
    }

    /// <summary>The key of a value by its attribute's type and <c>caseExact</c>; null of what is missing, empty, or not of that type.</summary>
    internal static string? Of(JsonNode? value, AttributeDefinition attribute)
    {
        if (value is not JsonValue simple)
        {
            return null;
        }

        switch (simple.GetValueKind())
        {
            case JsonValueKind.True:
                return True;
            case JsonValueKind.False:
                return False;
            case JsonValueKind.Number:
                return ExactNumber.Parse(simple)?.ToSortable(MaxLength);
            case JsonValueKind.String when simple.GetValue<string>() is { Length: > 0 } text:
                return attribute.Type switch
                {
                    AttributeType.DateTime => Instant.Parse(text)?.ToSortable(MaxLength),
                    AttributeType.Binary => Cut(text),
                    AttributeType.String or AttributeType.Reference => Cut(attribute.CaseExact ? text : UpperCase(text)),
                    _ => null,
                };
            default:
                return null;
        }
    }

    /// <summary>By upper case, as the filters' <c>gt</c> and <c>lt</c> compare what is not <c>caseExact</c>.</summary>
    private static string UpperCase(string text) => (text.Length > MaxLength ? text[..(MaxLength + 1)] : text).ToUpperInvariant();

    /// <summary>Not through the middle of a surrogate pair: a key travels as UTF-8.</summary>
    private static string Cut(string text) => text.Length <= MaxLength ? text
        : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
}
