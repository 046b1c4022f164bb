namespace Conformance.Areas.Filters;

/// <summary>Asks for some of the <see cref="People"/> by a filter.</summary>
internal static class FilterCheck
{
    public const string Source = "RFC 7644 §3.4.2.2";

    /// <summary>A case: of all people, the filter finds exactly these.</summary>
    public static Case Finds(string id, string title, string filter, params string[] expected) => FindsAs(id, title, Source, filter, expected);

    public static Case FindsAs(string id, string title, string source, string filter, params string[] expected) =>
        Must(id, title, source, t => Check(t, filter, expected));

    /// <summary>A case about an attribute that a server may not have.</summary>
    public static Case FindsBy(string schema, string attribute, string id, string title, string filter, params string[] expected) =>
        Must(id, title, Source, t =>
        {
            t.NeedsAttribute(schema, attribute);
            return Check(t, filter, expected);
        });

    /// <summary>Of all people, the filter finds exactly these. <c>{tag}</c> in the filter stands for what their names begin with.</summary>
    public static async Task Check(Attempt t, string filter, params string[] expected)
    {
        Attempt.Needs(t.Server.Filter, "filters");
        var people = await t.People();
        if (expected.Length == 0)
        {
            // Nobody is what a server finds that takes no notice of whom there is.
            (await t.Find("/Users", people.Scope)).Is(200).Has("totalResults", 4);
        }

        var written = filter.Replace("{tag}", people.Tag, StringComparison.Ordinal);
        var answer = (await t.Find("/Users", $"{people.Scope} and ({written})", "&count=100")).Is(200);
        var found = people.In(answer);
        answer.True(
            found.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal), StringComparer.Ordinal),
            $"{{{string.Join(", ", expected)}}} of the people, and not {{{string.Join(", ", found)}}}");
        answer.True(answer.TotalResults == expected.Length, $"totalResults {expected.Length}");
    }
}
