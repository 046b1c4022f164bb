using Scim.Errors;

namespace Scim.Paging;

/// <summary>Which part of a list is asked for, by index paging (RFC 7644 §3.4.2.4) or by cursor (RFC 9865 §2).</summary>
/// <param name="StartIndex">The 1-based index of the first resource, at least 1.</param>
/// <param name="Count">The most resources to return, 0 to the limit; 0 asks for <c>totalResults</c> alone.</param>
/// <param name="Cursor">The cursor of the page before, empty for the first page; null for index paging.</param>
public sealed record ListRequest(int StartIndex, int Count, string? Cursor = null)
{
    /// <summary>Reads the query parameters; null where the request has none.</summary>
    /// <returns>
    /// The request, or 400 <c>invalidValue</c> for what is not a whole number (<c>invalidCount</c> where the paging is by cursor) and for both
    /// kinds of paging at once. Numbers out of range are brought into it.
    /// </returns>
    public static Result<ListRequest> Parse(string? startIndex, string? count, ListLimits? limits = null, string? cursor = null)
    {
        limits ??= ListLimits.Default;
        if (cursor is not null && startIndex is not null)
        {
            return ScimError.InvalidValue("'startIndex' and 'cursor' are two ways of paging; give one of them.");
        }

        if (!TryReadWhole(startIndex, missing: 1, out var start))
        {
            return ScimError.InvalidValue("'startIndex' must be a whole number.");
        }

        if (!TryReadWhole(count, limits.DefaultCount, out var wanted))
        {
            const string detail = "'count' must be a whole number.";
            return cursor is null ? ScimError.InvalidValue(detail) : ScimError.InvalidCount(detail);
        }

        return new ListRequest(Math.Max(start, 1), Math.Clamp(wanted, 0, limits.MaxCount), cursor);
    }

    /// <summary>Any whole number, however long: what does not fit an int is cut to its bounds.</summary>
    private static bool TryReadWhole(string? text, int missing, out int value)
    {
        value = missing;
        if (text is null)
        {
            return true;
        }

        var negative = text.StartsWith('-');
        var digits = text.AsSpan(negative ? 1 : 0);
        if (digits.IsEmpty)
        {
            return false;
        }

        var read = 0L;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            read = Math.Min((read * 10) + (digit - '0'), int.MaxValue);
        }

        value = (int)(negative ? -read : read);
        return true;
    }
}
