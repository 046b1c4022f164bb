namespace Conformance.Client;

/// <summary>A request as it was sent, to be told in a failure.</summary>
internal sealed record Exchange(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    /// <summary>As much of a body as helps.</summary>
    private const int MaxShown = 1500;

    public override string ToString()
    {
        var headers = string.Concat(Headers.Select(h => $"\n          {h.Name}: {h.Value}"));
        return $"{Method} {Uri.UnescapeDataString(Path)}{headers}{(Body is null ? "" : "\n          " + Short(Body))}";
    }

    public static string Short(string text) => text.Length <= MaxShown ? text : $"{text[..MaxShown]}… ({text.Length} characters)";
}
