using Scim.Errors;

namespace Fuzz.Targets;

/// <summary>What came of an input, in words without what is only of that input.</summary>
internal static class Outcome
{
    public const string Accepted = "accepted";

    /// <summary>The words of a fault, which must be one of the client's (RFC 7644 §3.12).</summary>
    /// <exception cref="BrokenRuleException">It is not.</exception>
    public static string Of(ScimError error, params ReadOnlySpan<string> types)
    {
        BrokenRuleException.Unless(error.Status is >= 400 and < 500, $"a fault of a client's input has status {error.Status}");
        BrokenRuleException.Unless(error.Detail.Length is > 0 and < 2_000, $"the text of a fault has {error.Detail.Length} characters");
        BrokenRuleException.Unless(types.IsEmpty || types.Contains(error.ScimType), $"the fault is {error.ScimType}: {error.Detail}");
        Span<char> words = stackalloc char[Math.Min(error.Detail.Length, 160)];
        var length = 0;
        var quoted = false;
        foreach (var letter in error.Detail)
        {
            quoted ^= letter is '\'' or '"';
            if (length < words.Length && (letter == ' ' || (!quoted && char.IsAsciiLetter(letter))))
            {
                words[length++] = letter;
            }
        }

        return $"{error.ScimType}: {words[..length]}";
    }
}
