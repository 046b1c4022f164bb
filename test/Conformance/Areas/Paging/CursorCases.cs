namespace Conformance.Areas.Paging;

/// <summary>Cursors (RFC 9865).</summary>
internal static class CursorCases
{
    private const string Source = "RFC 9865 §2";

    public static IEnumerable<Case> All =>
    [
        Must("cursor.first", "An empty cursor asks for the first page, which has a nextCursor", Source, async t =>
        {
            var answer = await Page(t, "", 2);
            answer.True(answer.Resources.Count is > 0 and <= 2 && answer.String("nextCursor").Length > 0, "two resources at most, and a nextCursor");
        }),
        Must("cursor.without-value", "cursor without = is an empty cursor", Source, async t =>
        {
            Needs(t);
            (await t.Find("/Users", (await t.People()).Scope, "&count=2&cursor")).Is(200).Has("nextCursor");
        }),
        Must("cursor.last", "The last page has no nextCursor", Source, async t => (await Page(t, "", 100)).Omits("nextCursor")),
        Must("cursor.walk", "From cursor to cursor, each is met once", Source, async t =>
        {
            var people = await t.People();
            var met = new List<string>();
            var cursor = "";
            Answer answer;
            do
            {
                answer = await Page(t, cursor, 1);
                met.AddRange(people.In(answer));
                cursor = answer.At("nextCursor")?.ToString();
            }
            while (cursor is not null && met.Count < 20);
            answer.True(met.Order(StringComparer.Ordinal).SequenceEqual(["ada", "bob", "cyd", "dan"], StringComparer.Ordinal), $"each once, and not {string.Join(", ", met)}");
        }),
        Must("cursor.again", "A cursor that is used twice leads to the same page twice", Source, async t =>
        {
            var cursor = (await Page(t, "", 2)).String("nextCursor");
            var first = await Page(t, cursor, 2);
            var second = await Page(t, cursor, 2);
            second.True(first.Ids.SequenceEqual(second.Ids, StringComparer.Ordinal), $"the ids {string.Join(", ", first.Ids)}");
        }),
        Must("cursor.invalid", "A cursor that the server did not give out is 400 invalidCursor", Source, async t =>
        {
            Needs(t);
            (await t.Get("/Users?count=2&cursor=no-such-cursor")).IsError(400, "invalidCursor");
        }),
        Must("cursor.tampered", "A cursor that was changed is 400 invalidCursor", Source, async t =>
        {
            var cursor = (await Page(t, "", 2)).String("nextCursor");
            (await t.Find("/Users", (await t.People()).Scope, "&count=2&cursor=" + Uri.EscapeDataString(cursor + "x~"))).IsError(400, "invalidCursor");
        }),
        Must("cursor.list", "A page by cursor is a ListResponse", Source, async t => (await Page(t, "", 2)).HasJson("schemas", $"""["{Urns.List}"]""")),
        Must("cursor.no-filter", "Cursors lead through a list without a filter, too", Source, async t =>
        {
            Needs(t);
            await t.People();
            var first = (await t.Get("/Users?count=1&cursor=")).Is(200);
            var second = (await t.Get("/Users?count=1&cursor=" + Uri.EscapeDataString(first.String("nextCursor")))).Is(200);
            second.True(second.Ids.Count == 1 && second.Ids[0] != first.Ids[0], $"another than {first.Ids[0]}");
        }),
        Must("cursor.groups", "Groups have cursors, too", Source, async t =>
        {
            Needs(t);
            await t.NewGroup();
            await t.NewGroup();
            (await t.Get("/Groups?count=1&cursor=")).Is(200).Has("nextCursor");
        }),
        Must("cursor.url-safe", "A cursor is a text that can stand in a URL", Source, async t =>
        {
            var answer = await Page(t, "", 2);
            answer.True(answer.String("nextCursor").All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c, StringComparison.Ordinal)), "characters that a URL takes");
        }),
        Must("cursor.index-default", "Without a cursor, paging is by index as before", "RFC 9865 §3", async t =>
        {
            Needs(t);
            Attempt.Needs(t.Server.Config["pagination"]?["defaultPaginationMethod"]?.ToString() == "index", "index paging as its default");
            (await t.Find("/Users", (await t.People()).Scope, "&startIndex=2&count=2")).Is(200).Has("startIndex", 2);
        }),
        Must("cursor.attributes", "Pages by cursor have the attributes that are asked for", Source, async t =>
        {
            Needs(t);
            var answer = (await t.Find("/Users", (await t.People()).Scope, "&count=2&cursor=&attributes=userName")).Is(200);
            answer.Has("Resources/0/userName").Lacks("Resources/0/meta");
        }),
        Must("cursor.not-offered", "A server without cursors ignores one, or refuses it with 400", "RFC 9865 §2", async t =>
        {
            Attempt.NeedsNo(t.Server.Cursor, "cursors");
            (await t.Get("/Users?count=1&cursor=")).Is(200, 400).Omits("nextCursor");
        }),
    ];

    private static void Needs(Attempt t) => Attempt.Needs(t.Server.Cursor, "cursors");

    private static async Task<Answer> Page(Attempt t, string cursor, int count)
    {
        Needs(t);
        return (await t.Find("/Users", (await t.People()).Scope, $"&count={count}&cursor={Uri.EscapeDataString(cursor)}")).Is(200);
    }
}
