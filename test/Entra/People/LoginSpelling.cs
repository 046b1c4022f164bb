using System.Text;

namespace Entra.People;

/// <summary>
/// Spells a name in the letters that a user principal name may have: ASCII, the apostrophe and the hyphen.
/// A table, because decomposing characters is not available under invariant globalisation.
/// </summary>
internal static class LoginSpelling
{
    private static readonly Dictionary<char, string> s_spellings = BuildSpellings();

    public static string Of(string name)
    {
        var login = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            var lower = char.ToLowerInvariant(letter);
            if (lower is (>= 'a' and <= 'z') or '\'' or '-')
            {
                login.Append(lower);
            }
            else if (s_spellings.TryGetValue(lower, out var spelling))
            {
                login.Append(spelling);
            }
        }

        return login.ToString();
    }

    private static Dictionary<char, string> BuildSpellings()
    {
        string[] table =
        [
            "a:áàâăãąāạầả", "ae:äæ", "aa:å", "c:çćčĉ", "d:ďđ", "dh:ð", "e:éèêëęěēėệế", "g:ğģ", "i:íìîïįıịī", "k:ķ", "l:łľĺļ",
            "n:ñńňņ", "o:óòôõőōọốồơ", "oe:öø", "r:řŕ", "s:śšşș", "ss:ß", "t:ťţț", "th:þ", "u:úùûűůūųưỳ", "ue:ü", "y:ýÿỹ", "z:źżž",
        ];
        var spellings = new Dictionary<char, string>();
        foreach (var row in table)
        {
            var colon = row.IndexOf(':', StringComparison.Ordinal);
            foreach (var letter in row.AsSpan(colon + 1))
            {
                spellings.Add(letter, row[..colon]);
            }
        }

        return spellings;
    }
}
