using System.Globalization;
using Api.Admin.Paging;
using Api.Admin.Problems;
using Grains.Abstractions.Indexes;

namespace Api.Admin;

/// <summary>A place in an index as a text for addresses.</summary>
internal static class IndexCursor
{
    public static string? Write(IndexPosition? position) => position is { } at ? $"{at.Order:x}.{at.Value}" : null;

    /// <summary>Reads which part of a list is asked for that is in the order of an index.</summary>
    public static PageRequest ReadPage(int? count, string? after, string? name, List<Fault> faults, out IndexPosition position, int most = PageRequest.MaxRead)
    {
        var page = PageRequest.Read(count, after, name, faults, most);
        if (!TryRead(page.After, out position))
        {
            faults.Add(PageRequest.BadCursor());
        }

        return page;
    }

    /// <returns>False where the text is no cursor.</returns>
    public static bool TryRead(string? text, out IndexPosition position)
    {
        position = new IndexPosition();
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || text.Length > 300 || !ulong.TryParse(text.AsSpan(0, dot), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var order))
        {
            return false;
        }

        position = new IndexPosition { Order = order, Value = dot + 1 == text.Length ? null : text[(dot + 1)..] };
        return true;
    }
}
