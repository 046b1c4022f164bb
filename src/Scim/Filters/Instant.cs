using System.Globalization;
using Scim.Resources;

namespace Scim.Filters;

/// <summary>
/// The instant that an <c>xsd:dateTime</c> names (RFC 7643 §2.3.5), to whatever fraction of a second it was written; without an
/// offset it is taken as UTC.
/// </summary>
internal readonly record struct Instant : IComparable<Instant>
{
    private const int SecondsInMinute = 60;
    private const int SecondsInHour = 3600;
    private const int SecondsInDay = 86400;

    private Instant(long seconds, string fraction) => (Seconds, Fraction) = (seconds, fraction);

    private long Seconds { get; }

    private string Fraction { get; }

    public static Instant? Parse(ReadOnlySpan<char> text)
    {
        if (!XsdDateTime.IsValid(text))
        {
            return null;
        }

        var beforeChrist = text[0] == '-';
        text = beforeChrist ? text[1..] : text;
        var yearDigits = text.IndexOf('-');
        var year = Number(text[..yearDigits]);
        text = text[yearDigits..];

        // There is no year 0: -0001 is the year before 0001.
        var days = Days(beforeChrist ? 1 - year : year, Number(text[1..3]), Number(text[4..6]));
        var seconds = (days * SecondsInDay)
            + (Number(text[7..9]) * SecondsInHour) + (Number(text[10..12]) * SecondsInMinute) + Number(text[13..15]);

        var rest = text[15..];
        var zone = rest.IndexOfAny('Z', '+', '-');
        var fraction = zone < 0 ? rest : rest[..zone];
        if (zone >= 0 && rest[zone] != 'Z')
        {
            var offset = (Number(rest[(zone + 1)..(zone + 3)]) * SecondsInHour) + (Number(rest[(zone + 4)..]) * SecondsInMinute);
            seconds -= rest[zone] == '+' ? offset : -offset;
        }

        return new Instant(seconds, fraction.TrimStart('.').TrimEnd('0').ToString());
    }

    /// <summary>A text whose order is that of the instants.</summary>
    public string ToSortable(int maxLength)
    {
        // So that the years before 1970 come first as well.
        const long bias = 1L << 62;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Seconds + bias:D19}.{Fraction}");
        return text.Length > maxLength ? text[..maxLength] : text;
    }

    public int CompareTo(Instant other)
    {
        var order = Seconds.CompareTo(other.Seconds);
        return order != 0 ? order : string.CompareOrdinal(Fraction, other.Fraction);
    }

    /// <summary>Days since 1970-01-01 of a date of the proleptic Gregorian calendar, counted in years that begin in March.</summary>
    private static long Days(long year, long month, long day)
    {
        const int daysInEra = 146097;
        const int daysToEpoch = 719468;
        year -= month <= 2 ? 1 : 0;
        var era = (long)Math.Floor(year / 400.0);
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * daysInEra) + dayOfEra - daysToEpoch;
    }

    private static long Number(ReadOnlySpan<char> digits) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
