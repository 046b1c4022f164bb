using System.Globalization;
using System.Text;
using Entra.Transport;
using Spectre.Console;

namespace Entra.Reporting;

/// <summary>The figures at the end of a run: a table on a terminal, aligned lines elsewhere.</summary>
internal static class SummaryReport
{
    private static readonly string[] s_headings = ["request", "count", "p50 ms", "p99 ms", "max ms", "statuses"];

    public static void Write(IAnsiConsole console, TextWriter output, RequestStatistics statistics, bool interactive)
    {
        var rows = Rows(statistics);
        if (interactive)
        {
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var heading in s_headings)
            {
                table.AddColumn(new TableColumn(heading) { Alignment = heading is "request" or "statuses" ? Justify.Left : Justify.Right });
            }

            foreach (var row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            console.Write(table);
        }
        else
        {
            foreach (var row in rows.Prepend(s_headings))
            {
                output.WriteLine($"{row[0],-18}{row[1],8}{row[2],10}{row[3],10}{row[4],10}  {row[5]}");
            }
        }

        output.WriteLine(Totals(statistics));
    }

    private static List<string[]> Rows(RequestStatistics statistics)
    {
        List<string[]> rows = [];
        foreach (var kind in Enum.GetValues<RequestKind>())
        {
            var durations = statistics[kind].SortedMilliseconds();
            if (durations.Length == 0)
            {
                continue;
            }

            rows.Add(
            [
                Words(kind),
                durations.Length.ToString(CultureInfo.InvariantCulture),
                Milliseconds(Quantile(durations, 0.50)),
                Milliseconds(Quantile(durations, 0.99)),
                Milliseconds(durations[^1]),
                string.Join(", ", statistics[kind].ByStatus().Select(entry => $"{StatusName(entry.Key)}: {entry.Value}")),
            ]);
        }

        return rows;
    }

    private static string Totals(RequestStatistics statistics)
    {
        var byStatus = Enum.GetValues<RequestKind>()
            .SelectMany(kind => statistics[kind].ByStatus())
            .GroupBy(entry => entry.Key, entry => entry.Value)
            .OrderBy(group => group.Key)
            .Select(group => $"{StatusName(group.Key)}: {group.Sum()}");
        var seconds = statistics.Elapsed.TotalSeconds;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{statistics.Requests} requests in {seconds:F1} s, {statistics.Requests / seconds:F0} a second. ");
        text.AppendJoin(", ", byStatus).Append('.');
        if (statistics.Waits > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" Told to wait {statistics.Waits} times, {statistics.Waited.TotalSeconds:F0} s in all.");
        }

        return text.ToString();
    }

    private static string StatusName(int status)
        => status == RequestStatistics.NoAnswer ? "none" : status.ToString(CultureInfo.InvariantCulture);

    private static double Quantile(double[] sorted, double fraction) => sorted[(int)Math.Ceiling(fraction * sorted.Length) - 1];

    private static string Milliseconds(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    /// <summary><c>CreateUser</c> as "create user".</summary>
    private static string Words(RequestKind kind)
    {
        var words = new StringBuilder();
        foreach (var letter in kind.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
