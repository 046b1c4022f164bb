using Scim.Errors;

namespace Scim.Paging;

/// <summary>Which part of a list is asked for by index paging (RFC 7644 §3.4.2.4).</summary>
/// <param name="StartIndex">The 1-based index of the first resource, at least 1.</param>
/// <param name="Count">The most resources to return, 0 to the limit; 0 asks for <c>totalResults</c> alone.</param>
public sealed record ListRequest(int StartIndex, int Count)
{
    /// <summary>Reads the two query parameters; null where the request has none.</summary>
    /// <returns>The request, or 400 <c>invalidValue</c> for what is not a whole number. Numbers out of range are brought into it.</returns>
    public static Result<ListRequest> Parse(string? startIndex, string? count, ListLimits? limits = null)
    {
        limits ??= ListLimits.Default;
        if (!TryReadWhole(startIndex, missing: 1, out var start))
        {
            return ScimError.InvalidValue("'startIndex' must be a whole number.");
        }

        if (!TryReadWhole(count, limits.DefaultCount, out var wanted))
        {
            return ScimError.InvalidValue("'count' must be a whole number.");
        }

        return new ListRequest(Math.Max(start, 1), Math.Clamp(wanted, 0, limits.MaxCount));
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
