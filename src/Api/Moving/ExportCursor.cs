using System.Globalization;
using System.Text;
using Grains.Abstractions;
using Grains.Abstractions.Indexes;

namespace Api.Moving;

/// <summary>
/// Where an export goes on, with all that has to be known of what comes before: <c>u.1f2e.&lt;id&gt;.13.12.0.0.9a3b12cd</c>. Among
/// resources of the directory's own types their number comes in addition: <c>r-Device.1f2e.&lt;id&gt;.19.12.3.2.1.9a3b12cd</c>.
/// </summary>
/// <param name="Type">Resources of which type stand there: <c>User</c>, <c>Group</c>, one of the directory's own, or <see cref="Archive"/>, in that order.</param>
/// <param name="Place">Behind which resource.</param>
/// <param name="Counts">What the lines so far hold.</param>
/// <param name="Sum">The checksum of all bytes of the file up to the end of the cursor, its own text excepted.</param>
internal sealed record ExportCursor(string Type, IndexPosition Place, LineCounts Counts, StreamChecksum Sum)
{
    /// <summary>The type of users in the archive, which come last: no resource type is called so.</summary>
    public const string Archive = "$archive";

    private const int Parts = 8;
    private const string User = "u";
    private const string Group = "g";
    private const string OwnType = "r-";
    private const string Kept = "a";

    /// <summary>The checksum of all bytes of the file up to the end of the cursor's line.</summary>
    public StreamChecksum SumOfLine => Sum.With(Encoding.ASCII.GetBytes(Sum.ToString())).With("\"}\n"u8);

    /// <summary>The text but for the checksum, which is of what stands before it.</summary>
    public static string WithoutSum(string type, IndexPosition place, LineCounts counts)
    {
        var stage = type switch { "User" => User, "Group" => Group, Archive => Kept, _ => OwnType + type };
        var resources = type switch { "User" or "Group" => "", Archive => $"{counts.Resources}.{counts.Archived}.", _ => $"{counts.Resources}." };
        return $"{stage}.{place.Order:x}.{place.Value}.{counts.Lines}.{counts.Users}.{counts.Groups}.{counts.Members}.{resources}";
    }

    /// <inheritdoc />
    public override string ToString() => WithoutSum(Type, Place, Counts) + Sum;

    /// <summary>Reads a cursor.</summary>
    /// <returns>Null where the text is none.</returns>
    public static ExportCursor? Parse(string text)
    {
        var parts = text.Split('.');
        var type = parts[0] switch
        {
            User => "User",
            Group => "Group",
            Kept => Archive,
            _ => parts[0].StartsWith(OwnType, StringComparison.Ordinal) && parts[0].Length > OwnType.Length ? parts[0][OwnType.Length..] : null,
        };
        var more = type switch { "User" or "Group" => 0, Archive => 2, _ => 1 };
        if (type is null
            || parts.Length != Parts + more
            || !ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var order)
            || (parts[2].Length > 0 && !GrainKeys.IsPart(parts[2]))
            || parts[^1].Length != StreamChecksum.TextLength
            || !uint.TryParse(parts[^1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum))
        {
            return null;
        }

        var counts = new long[6];
        for (var i = 0; i < 4 + more; i++)
        {
            if (!long.TryParse(parts[3 + i], NumberStyles.None, CultureInfo.InvariantCulture, out counts[i]))
            {
                return null;
            }
        }

        return new ExportCursor(
            type,
            new IndexPosition { Order = order, Value = parts[2].Length > 0 ? parts[2] : null },
            new LineCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]),
            new StreamChecksum(sum));
    }
}
