using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Api.Setup;

/// <summary>Builds <see cref="Html"/> from an interpolated string: what stands in it is markup, what is put into it is text.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlText(int literalLength, int formattedCount)
{
    /// <summary>Letters of all languages stay as they are; what has a meaning in HTML does not.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

    public void AppendLiteral(string markup) => text.Append(markup);

    public void AppendFormatted(Html html) => text.Append(html.Text);

    public void AppendFormatted(string? value) => text.Append(value is null ? "" : Encoder.Encode(value));

    public override string ToString() => text.ToString();
}
