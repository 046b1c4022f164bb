using System.Buffers;

namespace Scim.Resources;

/// <summary>The lexical form of a binary value (RFC 7643 §2.3.6): base64 of RFC 4648 §4; the padding may be left out.</summary>
internal static class Base64Text
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var digits = text.TrimEnd('=');
        var padding = text.Length - digits.Length;
        return !digits.ContainsAnyExcept(Alphabet)
            && digits.Length % 4 != 1
            && (padding == 0 || (padding <= 2 && text.Length % 4 == 0));
    }
}
