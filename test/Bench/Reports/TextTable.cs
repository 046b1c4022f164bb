using System.Text;

namespace Bench.Reports;

/// <summary>A table in Markdown that is aligned, too, for people who read it in a terminal.</summary>
/// <param name="header">The names of the columns.</param>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <inheritdoc />
    public override string ToString()
    {
        var widths = header.Select((name, i) => rows.Select(r => r[i].Length).Append(name.Length).Max()).ToArray();
        var text = new StringBuilder();
        Line(header, ' ');
        Line([.. widths.Select((width, i) => new string('-', width - 1) + (i == 0 ? "-" : ":"))], '-');
        rows.ForEach(row => Line(row, ' '));
        return text.ToString();

        void Line(string[] cells, char padding)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var cell = i == 0 ? cells[i].PadRight(widths[i], padding) : cells[i].PadLeft(widths[i], padding);
                text.Append("| ").Append(cell).Append(' ');
            }

            text.Append("|\n");
        }
    }
}
