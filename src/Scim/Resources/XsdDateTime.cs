namespace Scim.Resources;

/// <summary>
/// The lexical form of <c>xsd:dateTime</c> (RFC 7643 §2.3.5): <c>[-]YYYY-MM-DDThh:mm:ss[.s…][Z|±hh:mm]</c>.
/// Checked by hand because values are kept as sent: .NET's parsers take other forms, and lose digits of a second.
/// </summary>
internal static class XsdDateTime
{
    private const int MaxYearDigits = 9;
    private const int MaxOffsetHours = 14;

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text is ['-', ..])
        {
            text = text[1..];
        }

        var yearDigits = text.IndexOf('-');
        if (yearDigits is < 4 or > MaxYearDigits || (yearDigits > 4 && text[0] == '0') || !Number(text[..yearDigits], out var year) || year == 0)
        {
            return false;
        }

        text = text[yearDigits..];
        if (text is not ['-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, ..]
            || !Number(text[1..3], out var month) || !Number(text[4..6], out var day)
            || !Number(text[7..9], out var hour) || !Number(text[10..12], out var minute) || !Number(text[13..15], out var second))
        {
            return false;
        }

        text = text[15..];
        var fraction = 0;
        if (text is ['.', ..])
        {
            var digits = text[1..].IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length - 1 : digits;
            if (digits == 0)
            {
                return false;
            }

            fraction = text.Slice(1, digits).IndexOfAnyExcept('0') + 1;
            text = text[(1 + digits)..];
        }

        // 24:00:00 is the first instant of the next day.
        var timeIsValid = (hour < 24 && minute < 60 && second < 60) || (hour == 24 && minute == 0 && second == 0 && fraction == 0);
        return timeIsValid && month is >= 1 and <= 12 && day >= 1 && day <= DaysIn(year, month) && IsOffset(text);
    }

    private static bool IsOffset(ReadOnlySpan<char> text) => text switch
    {
        [] or ['Z'] => true,
        ['+' or '-', _, _, ':', _, _] => Number(text[1..3], out var hours) && Number(text[4..6], out var minutes)
            && minutes < 60 && (hours < MaxOffsetHours || (hours == MaxOffsetHours && minutes == 0)),
        _ => false,
    };

    // The calendar repeats every 400 years, and DateTime ends at 9999.
    private static int DaysIn(int year, int month) => DateTime.DaysInMonth((year % 400) + 400, month);

    private static bool Number(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
