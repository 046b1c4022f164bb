namespace Conformance.Areas.Sorting;

/// <summary><c>sortBy</c> and <c>sortOrder</c> (RFC 7644 §3.4.2.3).</summary>
internal static class SortCases
{
    private const string Source = "RFC 7644 §3.4.2.3";

    public static IEnumerable<Case> All =>
    [
        Sorts("sort.ascending-default", "Without sortOrder, the order is ascending", "sortBy=userName", "ada", "bob", "cyd", "dan"),
        Sorts("sort.ascending", "sortOrder=ascending", "sortBy=userName&sortOrder=ascending", "ada", "bob", "cyd", "dan"),
        Sorts("sort.descending", "sortOrder=descending", "sortBy=userName&sortOrder=descending", "dan", "cyd", "bob", "ada"),
        Sorts("sort.any-case", "Text that is not caseExact is sorted without regard to case; who has none is last", "sortBy=title", "bob", "ada", "cyd", "dan"),
        Sorts("sort.missing-descending", "Descending, who has none is first", "sortBy=title&sortOrder=descending", "dan", "cyd", "ada", "bob"),
        Sorts("sort.external-id", "By externalId", "sortBy=externalId", "ada", "bob", "cyd", "dan"),
        Sorts("sort.primary", "Of several values, the primary one counts, else the first", "sortBy=emails.value", "ada", "bob", "cyd", "dan"),
        Sorts("sort.primary-plain", "A complex multi-valued attribute is sorted by its value", "sortBy=emails", "ada", "bob", "cyd", "dan"),
        Sorts("sort.datetime", "By a dateTime", "sortBy=meta.created", "ada", "bob", "cyd", "dan"),
        Sorts("sort.datetime-descending", "By a dateTime, descending", "sortBy=meta.created&sortOrder=descending", "dan", "cyd", "bob", "ada"),
        Sorts("sort.name-any-case", "The name of the attribute does not regard case", "sortBy=TITLE", "bob", "ada", "cyd", "dan"),
        Sorts("sort.core-urn", "An attribute by its full name", $"sortBy={Urns.User}:title", "bob", "ada", "cyd", "dan"),
        Must("sort.sub-attribute", "By a sub-attribute; who has none is last", Source, async t =>
        {
            var found = await Sorted(t, "sortBy=name.givenName");
            found.Answer.True(found.Keys.Take(2).SequenceEqual(["ada", "bob"], StringComparer.Ordinal) && found.Keys.Count == 4, "ada, bob, then the two without a givenName");
        }),
        Must("sort.extension", "By an attribute of an extension; who has none is last", Source, async t =>
        {
            var found = await Sorted(t, $"sortBy={Urns.Enterprise}:employeeNumber");
            found.Answer.True(found.Keys.Take(2).SequenceEqual(["ada", "bob"], StringComparer.Ordinal) && found.Keys.Count == 4, "ada, bob, then the two without a number");
        }),
        Must("sort.boolean", "By a boolean: equal ones stand together; who has none is last", Source, async t =>
        {
            var found = await Sorted(t, "sortBy=active");
            found.Answer.True(Math.Abs(found.Keys.ToList().IndexOf("ada") - found.Keys.ToList().IndexOf("cyd")) == 1 && found.Keys[^1] == "dan", "ada beside cyd, dan last");
        }),
        Must("sort.pages", "Pages of a sorted list follow on one another", Source, async t =>
        {
            var first = await Sorted(t, "sortBy=title&startIndex=1&count=2");
            var second = await Sorted(t, "sortBy=title&startIndex=3&count=2");
            second.Answer.True(first.Keys.Concat(second.Keys).SequenceEqual(["bob", "ada", "cyd", "dan"], StringComparer.Ordinal), $"bob, ada, then cyd, dan; and not {string.Join(", ", first.Keys)}, then {string.Join(", ", second.Keys)}");
        }),
        Must("sort.order-alone", "sortOrder without sortBy is ignored", Source, async t =>
        {
            var found = await Found(t, "sortOrder=descending");
            found.Answer.True(found.Keys.Count == 4, "all four");
        }),
        Must("sort.unknown", "An unknown attribute to sort by is 400, or does not sort; nobody is lost", Source, async t =>
        {
            Attempt.Needs(t.Server.Sort, "sorting");
            var people = await t.People();
            var answer = (await t.Find("/Users", people.Scope, "&sortBy=shoeSize")).Is(200, 400);
            answer.True(answer.Status == 400 || people.In(answer).Count == 4, "all four");
        }),
        Must("sort.groups", "Groups are sorted by displayName", Source, async t =>
        {
            Attempt.Needs(t.Server.Sort, "sorting");
            var tag = t.Name("s");
            var ids = new List<string>();
            foreach (var name in (string[])["b", "C", "a"])
            {
                ids.Add((await t.Post("/Groups", t.GroupJson(displayName: $"{tag}-{name}"))).Is(201).Id);
            }

            var answer = (await t.Find("/Groups", $"displayName sw \"{tag}\"", "&sortBy=displayName")).Is(200);
            answer.True(answer.Ids.SequenceEqual([ids[2], ids[0], ids[1]], StringComparer.Ordinal), "a, b, C");
        }),
        Must("sort.not-offered", "A server that does not sort ignores sortBy and finds everybody", Source, async t =>
        {
            Attempt.NeedsNo(t.Server.Sort, "sorting");
            var found = await Found(t, "sortBy=userName&sortOrder=descending");
            found.Answer.True(found.Keys.Count == 4, "all four");
        }),
    ];

    private static Case Sorts(string id, string title, string query, params string[] expected) => Must(id, title, Source, async t =>
    {
        var found = await Sorted(t, query);
        found.Answer.True(found.Keys.SequenceEqual(expected, StringComparer.Ordinal), $"{string.Join(", ", expected)} in this order, and not {string.Join(", ", found.Keys)}");
    });

    private static Task<(Answer Answer, IReadOnlyList<string> Keys)> Sorted(Attempt t, string query)
    {
        Attempt.Needs(t.Server.Sort, "sorting");
        return Found(t, query);
    }

    private static async Task<(Answer Answer, IReadOnlyList<string> Keys)> Found(Attempt t, string query)
    {
        var people = await t.People();
        var answer = (await t.Find("/Users", people.Scope, "&" + query)).Is(200);
        return (answer, people.In(answer));
    }
}
