using System.Security.Cryptography;
using System.Text;

namespace Grains.Abstractions.OrgUnits;

/// <summary>How org units are called.</summary>
public static class OrgUnitNames
{
    private const int MaxReadable = 40;
    private const int DigestBytes = 10;

    /// <summary>
    /// A name as a part of addresses and keys: its letters and digits for people, and a digest, by which two names that differ never meet.
    /// </summary>
    /// <param name="folded">The name without regard to case, and without white space at its ends.</param>
    public static string SlugOf(string folded)
    {
        var slug = new StringBuilder(MaxReadable + 1 + (2 * DigestBytes));
        foreach (var c in folded.ToLowerInvariant())
        {
            if (slug.Length == MaxReadable)
            {
                break;
            }

            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        if (slug.Length > 0 && slug[^1] != '-')
        {
            slug.Append('-');
        }

        return slug.Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folded)).AsSpan(0, DigestBytes))).ToString();
    }
}
