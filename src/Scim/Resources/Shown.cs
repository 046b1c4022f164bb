namespace Scim.Resources;

/// <summary>Client text inside an error's detail: cut short, so that an answer does not grow with the request.</summary>
internal static class Shown
{
    private const int MaxLength = 100;

    public static string Text(string text)
    {
        if (text.Length <= MaxLength)
        {
            return text;
        }

        // Not through the middle of a surrogate pair: the detail must stay valid Unicode.
        var length = char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return text[..length] + "…";
    }
}
