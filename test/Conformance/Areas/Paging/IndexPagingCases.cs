namespace Conformance.Areas.Paging;

/// <summary><c>startIndex</c> and <c>count</c> (RFC 7644 §3.4.2.4).</summary>
internal static class IndexPagingCases
{
    private const string Source = "RFC 7644 §3.4.2.4";

    public static IEnumerable<Case> All =>
    [
        Pages("page.all", "Without paging, all are there", "", 4, 4),
        Pages("page.count", "count limits the page; totalResults does not change", "&count=2", 4, 2),
        Pages("page.count-larger", "A count above the number of results gives all", "&count=50", 4, 4),
        Pages("page.count-zero", "count=0 gives totalResults and no resources", "&count=0", 4, 0),
        Pages("page.count-negative", "A negative count is as 0", "&count=-3", 4, 0),
        Pages("page.start", "startIndex counts from 1", "&startIndex=4&count=10", 4, 1),
        Pages("page.start-zero", "startIndex=0 is as 1", "&startIndex=0&count=2", 4, 2),
        Pages("page.start-negative", "A negative startIndex is as 1", "&startIndex=-5&count=2", 4, 2),
        Pages("page.start-beyond", "Beyond the end, there are no resources, and totalResults is right", "&startIndex=5&count=2", 4, 0),
        Pages("page.start-far-beyond", "Far beyond the end, likewise", "&startIndex=2147483647&count=2", 4, 0),
        Pages("page.last-part", "The last page has what is left", "&startIndex=4&count=3", 4, 1),
        Must("page.start-echoed", "startIndex stands in the answer", Source, async t => (await Scoped(t, "&startIndex=2&count=2")).Has("startIndex", 2)),
        Must("page.start-zero-echoed", "startIndex in the answer is 1 where it was asked for as 0", Source, async t =>
            (await Scoped(t, "&startIndex=0&count=2")).Has("startIndex", 1)),
        Must("page.items-per-page", "itemsPerPage is the number of resources", Source, async t =>
        {
            var answer = await Scoped(t, "&startIndex=2&count=10");
            answer.True(answer.Number("itemsPerPage") == answer.Resources.Count, $"itemsPerPage {answer.Resources.Count}");
        }),
        Must("page.walk", "Page after page, each is met once", Source, async t =>
        {
            var people = await t.People();
            var met = new List<string>();
            Answer? answer = null;
            for (var start = 1; start <= 4; start++)
            {
                answer = await Scoped(t, $"&startIndex={start}&count=1");
                met.AddRange(people.In(answer));
            }

            answer!.True(met.Order(StringComparer.Ordinal).SequenceEqual(["ada", "bob", "cyd", "dan"], StringComparer.Ordinal), $"each once, and not {string.Join(", ", met)}");
        }),
        Must("page.stable", "The same page twice has the same resources in the same order", Source, async t =>
        {
            var first = await Scoped(t, "&startIndex=2&count=2");
            var second = await Scoped(t, "&startIndex=2&count=2");
            second.True(first.Ids.Count == 2 && first.Ids.SequenceEqual(second.Ids, StringComparer.Ordinal), $"the two ids {string.Join(", ", first.Ids)}");
        }),
        Must("page.whole-and-pages", "Pages are parts of the whole list, in its order", Source, async t =>
        {
            var whole = await Scoped(t, "");
            var part = await Scoped(t, "&startIndex=3&count=2");
            part.True(whole.Ids.Count == 4 && whole.Ids.Skip(2).Take(2).SequenceEqual(part.Ids, StringComparer.Ordinal), $"the third and fourth of {string.Join(", ", whole.Ids)}");
        }),
        Must("page.limit", "A page has no more resources than the server says", "RFC 7643 §5", async t =>
        {
            Attempt.Needs(t.Server.MaxResults > 0, "'filter.maxResults'");
            var answer = (await t.Get("/Users?count=2147483647")).Is(200, 400);
            answer.True(answer.Resources.Count <= t.Server.MaxResults, $"{t.Server.MaxResults} resources at most");
        }),
        Must("page.no-filter", "Without a filter, too: no more than count, and itemsPerPage", Source, async t =>
        {
            await t.People();
            var answer = (await t.Get("/Users?startIndex=1&count=2")).Is(200).Has("startIndex", 1).Has("itemsPerPage", 2);
            answer.True(answer.Resources.Count == 2 && answer.TotalResults >= 4, "two of at least four");
        }),
        Must("page.groups", "Groups are paged, too", Source, async t =>
        {
            await t.NewGroup();
            await t.NewGroup();
            (await t.Get("/Groups?startIndex=1&count=1")).Is(200).Has("startIndex", 1).Has("itemsPerPage", 1);
        }),
        Must("page.no-number", "A count that is no number is 400, or ignored; never 5xx", Source, async t => (await t.Get("/Users?count=abc")).Is(200, 400)),
        Must("page.start-no-number", "A startIndex that is no number is 400, or ignored; never 5xx", Source, async t => (await t.Get("/Users?startIndex=abc&count=1")).Is(200, 400)),
        Must("page.huge-number", "A number beyond 64 bits is 400, or as a large one; never 5xx", Source, async t => (await t.Get("/Users?startIndex=99999999999999999999&count=1")).Is(200, 400)),
    ];

    private static Case Pages(string id, string title, string query, int total, int resources) => Must(id, title, Source, async t =>
    {
        var answer = (await Scoped(t, query)).Has("totalResults", total);
        answer.True(answer.Resources.Count == resources, $"{resources} resources, and not {answer.Resources.Count}");
    });

    private static async Task<Answer> Scoped(Attempt t, string query)
    {
        Attempt.Needs(t.Server.Filter, "filters");
        return (await t.Find("/Users", (await t.People()).Scope, query)).Is(200);
    }
}
