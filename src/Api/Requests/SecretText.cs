using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Api.Requests;

/// <summary>
/// Takes out of a text whatever looks like a credential, wherever a client put it: tokens, keys, client ids and secrets of this platform,
/// JSON Web Tokens, and what follows <c>Bearer</c> or <c>Basic</c>.
/// </summary>
internal static partial class SecretText
{
    /// <summary>What stands in its place. It needs no escaping in JSON.</summary>
    public const string Masked = "***";

    /// <summary>Where none of these stands, nothing has to be looked at closer: mostly.</summary>
    private static readonly SearchValues<string> Signs = SearchValues.Create(["mst_", "msa_", "mss_", "msc_", "mat_", "eyJ", "bearer", "basic"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one may stand in a text, which then has to be masked.</summary>
    /// <param name="utf8">The text.</param>
    public static bool MayStandIn(ReadOnlySpan<byte> utf8)
    {
        var text = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return text.AsSpan(0, Encoding.UTF8.GetChars(utf8, text)).ContainsAny(Signs);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(text);
        }
    }

    /// <summary>The text without it.</summary>
    public static string Mask(string text) => !text.AsSpan().ContainsAny(Signs) ? text : Secrets().Replace(text, Masked);

    [GeneratedRegex(@"ms[atsc]_[A-Za-z0-9_\-~.]{6,}|mat_[A-Za-z0-9_\-~.]{6,}|eyJ[A-Za-z0-9_\-]{8,}(\.[A-Za-z0-9_\-]*)*|(bearer|basic)(\s|\+|%20)+[^\s""\\&]{8,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secrets();
}
