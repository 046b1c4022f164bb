using System.Globalization;
using System.Text.Json.Nodes;

namespace Scim.Filters;

/// <summary>
/// A JSON number compared by its value and not by the nearest double: 12345678901234567890123 and 1e400 are numbers too.
/// Its value is ±0.<c>Digits</c> × 10^<c>Exponent</c>, without leading or trailing zeros among the digits.
/// </summary>
internal readonly record struct ExactNumber : IComparable<ExactNumber>
{
    // Beyond this an exponent is cut to it: no two numbers that anyone sends differ only there.
    private const long ExponentBound = 1_000_000_000_000_000;

    private ExactNumber(int sign, long exponent, string digits) => (Sign, Exponent, Digits) = (sign, exponent, digits);

    private int Sign { get; }

    private long Exponent { get; }

    private string Digits { get; }

    /// <summary>Whether the text is a number by JSON's grammar (RFC 8259 §6).</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => Split(text, out _, out _, out _, out _);

    public static ExactNumber? Parse(ReadOnlySpan<char> text)
    {
        if (!Split(text, out var negative, out var whole, out var fraction, out var exponentText))
        {
            return null;
        }

        var all = string.Concat(whole, fraction).AsSpan();
        var significant = all.TrimStart('0');
        if (significant.IsEmpty)
        {
            return new ExactNumber(sign: 0, exponent: 0, digits: "");
        }

        var exponent = ParseExponent(exponentText) + whole.Length - (all.Length - significant.Length);
        return new ExactNumber(negative ? -1 : 1, exponent, significant.TrimEnd('0').ToString());
    }

    public static ExactNumber? Parse(JsonValue number) => Parse(number.ToJsonString());

    /// <summary>A text whose order is that of the numbers.</summary>
    public string ToSortable(int maxLength)
    {
        // Of negative numbers the greater magnitude comes first: each digit is turned round, and the end sorts behind all digits.
        const long bias = 10 * ExponentBound;
        const char end = ':';
        var digits = Digits.Length > maxLength / 2 ? Digits[..(maxLength / 2)] : Digits;
        return Sign switch
        {
            0 => "1",
            > 0 => string.Create(CultureInfo.InvariantCulture, $"2{bias + Exponent:D17}{digits}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"0{bias - Exponent:D17}{string.Concat(digits.Select(d => (char)('0' + '9' - d)))}{end}"),
        };
    }

    public int CompareTo(ExactNumber other)
    {
        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }

        var magnitude = Exponent.CompareTo(other.Exponent);
        return Sign * (magnitude != 0 ? magnitude : string.CompareOrdinal(Digits, other.Digits));
    }

    private static long ParseExponent(ReadOnlySpan<char> text)
    {
        var negative = text is ['-', ..];
        var value = 0L;
        foreach (var c in text.TrimStart("+-"))
        {
            value = Math.Min((value * 10) + (c - '0'), ExponentBound);
        }

        return negative ? -value : value;
    }

    private static bool Split(
        ReadOnlySpan<char> text,
        out bool negative,
        out ReadOnlySpan<char> whole,
        out ReadOnlySpan<char> fraction,
        out ReadOnlySpan<char> exponent)
    {
        fraction = exponent = default;
        negative = text is ['-', ..];
        text = negative ? text[1..] : text;
        whole = LeadingDigits(text);
        text = text[whole.Length..];
        if (whole.IsEmpty || whole is ['0', _, ..])
        {
            return false;
        }

        if (text is ['.', ..])
        {
            fraction = LeadingDigits(text[1..]);
            text = text[(1 + fraction.Length)..];
            if (fraction.IsEmpty)
            {
                return false;
            }
        }

        if (text is not ['e' or 'E', ..])
        {
            return text.IsEmpty;
        }

        exponent = text[1..];
        var power = exponent is ['+' or '-', ..] ? exponent[1..] : exponent;
        return !power.IsEmpty && LeadingDigits(power).Length == power.Length;
    }

    private static ReadOnlySpan<char> LeadingDigits(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text : text[..length];
    }
}
