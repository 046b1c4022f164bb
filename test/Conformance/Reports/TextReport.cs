using System.Text;

namespace Conformance.Reports;

/// <summary>The results for people: counts by area, then each failure, then what is not offered.</summary>
internal static class TextReport
{
    public static string Write(IReadOnlyList<CaseResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine($"{"area",-14}{"passed",8}{"failed",8}{"not offered",13}");
        foreach (var area in results.GroupBy(r => r.Case.Area, StringComparer.Ordinal))
        {
            text.AppendLine(Line(area.Key, [.. area]));
        }

        text.AppendLine(Line("all", results));
        foreach (var failed in results.Where(r => r.Outcome == Outcome.Failed))
        {
            text.AppendLine().AppendLine($"FAILED {failed.Case.Id}  [{failed.Case.Level}; {failed.Case.Source}]");
            text.AppendLine($"  {failed.Case.Title}").AppendLine(Indented(failed.Message));
        }

        foreach (var reason in results.Where(r => r.Outcome == Outcome.NotOffered).GroupBy(r => r.Message, StringComparer.Ordinal))
        {
            text.AppendLine().AppendLine($"NOT OFFERED ({reason.Count()}): {reason.Key}");
            text.AppendLine("  " + string.Join(", ", reason.Select(r => r.Case.Id)));
        }

        return text.ToString();
    }

    private static string Line(string name, IReadOnlyCollection<CaseResult> results)
    {
        return $"{name,-14}{Count(Outcome.Passed),8}{Count(Outcome.Failed),8}{Count(Outcome.NotOffered),13}";

        int Count(Outcome outcome) => results.Count(r => r.Outcome == outcome);
    }

    private static string Indented(string text) => "  " + text.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);
}
