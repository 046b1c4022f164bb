using System.Text;

namespace Scim.Filters;

/// <summary>
/// One spelling for all texts that are equal without regard to case (RFC 7643 §2.2, <c>caseExact</c>): two texts fold to the same
/// exactly where <see cref="StringComparison.OrdinalIgnoreCase"/> holds them equal, so that an index agrees with a filter.
/// </summary>
internal static class CaseFolding
{
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // The comparison is by upper case. Lower case reads better, and stands for it where the way back leads to the same letter:
            // not so for the Kelvin sign, say, which has k as its lower case.
            var upper = Rune.ToUpperInvariant(rune);
            var lower = Rune.ToLowerInvariant(upper);
            folded.Append(Rune.ToUpperInvariant(lower) == upper ? lower : upper);
        }

        return folded.ToString();
    }
}
