using System.Globalization;
using System.Text;
using Grains.Abstractions;
using Grains.Abstractions.Indexes;

namespace Api.Moving;

/// <summary>Where an export goes on, with all that has to be known of what comes before: <c>u.1f2e.&lt;id&gt;.13.12.0.0.9a3b12cd</c>.</summary>
/// <param name="InGroups">Whether the users are done with.</param>
/// <param name="Place">Behind which resource.</param>
/// <param name="Counts">What the lines so far hold.</param>
/// <param name="Sum">The checksum of all bytes of the file up to the end of the cursor, its own text excepted.</param>
internal sealed record ExportCursor(bool InGroups, IndexPosition Place, LineCounts Counts, StreamChecksum Sum)
{
    private const int Parts = 8;

    /// <summary>The checksum of all bytes of the file up to the end of the cursor's line.</summary>
    public StreamChecksum SumOfLine => Sum.With(Encoding.ASCII.GetBytes(Sum.ToString())).With("\"}\n"u8);

    /// <summary>The text but for the checksum, which is of what stands before it.</summary>
    public static string WithoutSum(bool inGroups, IndexPosition place, LineCounts counts) =>
        $"{(inGroups ? 'g' : 'u')}.{place.Order:x}.{place.Value}.{counts.Lines}.{counts.Users}.{counts.Groups}.{counts.Members}.";

    /// <inheritdoc />
    public override string ToString() => WithoutSum(InGroups, Place, Counts) + Sum;

    /// <summary>Reads a cursor.</summary>
    /// <returns>Null where the text is none.</returns>
    public static ExportCursor? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != Parts
            || parts[0] is not ("u" or "g")
            || !ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var order)
            || (parts[2].Length > 0 && !GrainKeys.IsPart(parts[2]))
            || parts[^1].Length != StreamChecksum.TextLength
            || !uint.TryParse(parts[^1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum))
        {
            return null;
        }

        var counts = new long[4];
        for (var i = 0; i < counts.Length; i++)
        {
            if (!long.TryParse(parts[3 + i], NumberStyles.None, CultureInfo.InvariantCulture, out counts[i]))
            {
                return null;
            }
        }

        return new ExportCursor(
            parts[0] == "g",
            new IndexPosition { Order = order, Value = parts[2].Length > 0 ? parts[2] : null },
            new LineCounts(counts[0], counts[1], counts[2], counts[3]),
            new StreamChecksum(sum));
    }
}
