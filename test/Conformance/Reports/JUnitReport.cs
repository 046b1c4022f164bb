using System.Globalization;
using System.Xml.Linq;

namespace Conformance.Reports;

/// <summary>The results as JUnit XML, a test suite an area; what is not offered is skipped.</summary>
internal static class JUnitReport
{
    public static string Write(IReadOnlyList<CaseResult> results)
    {
        var suites = results.GroupBy(r => r.Case.Area, StringComparer.Ordinal).Select(area => new XElement(
            "testsuite",
            new XAttribute("name", area.Key),
            new XAttribute("tests", area.Count()),
            new XAttribute("failures", area.Count(r => r.Outcome == Outcome.Failed)),
            new XAttribute("skipped", area.Count(r => r.Outcome == Outcome.NotOffered)),
            area.Select(Element)));
        return new XElement("testsuites", suites) + "\n";
    }

    private static XElement Element(CaseResult result)
    {
        var element = new XElement(
            "testcase",
            new XAttribute("classname", result.Case.Area),
            new XAttribute("name", $"{result.Case.Id}: {result.Case.Title}"),
            new XAttribute("time", result.Duration.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)));
        if (result.Outcome == Outcome.Failed)
        {
            element.Add(new XElement("failure", new XAttribute("message", result.Case.Source), Printable(result.Message)));
        }
        else if (result.Outcome == Outcome.NotOffered)
        {
            element.Add(new XElement("skipped", new XAttribute("message", Printable(result.Message))));
        }

        return element;
    }

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c));
}
