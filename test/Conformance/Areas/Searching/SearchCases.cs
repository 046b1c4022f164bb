using System.Text.Json.Nodes;

namespace Conformance.Areas.Searching;

/// <summary>Queries by POST, and queries of the root (RFC 7644 §3.4.2.1, §3.4.3).</summary>
internal static class SearchCases
{
    private const string Source = "RFC 7644 §3.4.3";

    public static IEnumerable<Case> All =>
    [
        Must("search.users", "POST /Users/.search finds users by a filter", Source, async t =>
        {
            var people = await t.People();
            var answer = (await Search(t, "/Users", people.Scope)).Has("totalResults", 4).HasJson("schemas", $"""["{Urns.List}"]""");
            answer.True(people.In(answer).Count == 4, "the four of them");
        }),
        Must("search.groups", "POST /Groups/.search finds groups", Source, async t =>
        {
            var group = await t.NewGroup();
            (await Search(t, "/Groups", $"displayName eq \"{group.Name}\"")).Has("totalResults", 1).Has("Resources/0/id", group.Id);
        }),
        Must("search.root", "POST /.search finds resources of all types", Source, async t =>
        {
            var name = t.Name();
            var user = await t.NewUser($$"""{"displayName":"{{name}}"}""");
            var group = (await t.Post("/Groups", t.GroupJson(displayName: name))).Is(201);
            var answer = (await Search(t, "", $"displayName eq \"{name}\"")).Has("totalResults", 2);
            answer.True(answer.Ids.Order(StringComparer.Ordinal).SequenceEqual(((string[])[user.Id, group.Id]).Order(StringComparer.Ordinal), StringComparer.Ordinal), "the user and the group");
        }),
        Must("search.root-type", "A query of the root can ask for a type", "RFC 7644 §3.4.2.1", async t =>
        {
            var name = t.Name();
            var user = await t.NewUser($$"""{"displayName":"{{name}}"}""");
            await t.Post("/Groups", t.GroupJson(displayName: name));
            (await Search(t, "", $"displayName eq \"{name}\" and meta.resourceType eq \"User\"")).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
        Must("search.root-foreign-attribute", "A type without the attribute of the filter is as without a value", "RFC 7644 §3.4.2.1", async t =>
        {
            var user = await t.NewUser();
            (await Search(t, "", $"userName eq \"{user.Name}\"")).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
        Must("search.root-get", "GET of the root is a query, too", "RFC 7644 §3.4.2.1", async t =>
        {
            var user = await t.NewUser();
            (await t.Find("/", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/id", user.Id);
        }),
        Must("search.attributes", "'attributes' chooses what is returned", Source, async t =>
            (await Search(t, "/Users", (await t.People()).Scope, """{"attributes":["userName"]}""")).Has("Resources/0/userName").Lacks("Resources/0/meta").Has("Resources/0/id")),
        Must("search.excluded-attributes", "'excludedAttributes' leaves out", Source + "; scim2-tester", async t =>
            (await Search(t, "/Users", (await t.People()).Scope, """{"excludedAttributes":["userName"]}""")).Lacks("Resources/0/userName").Has("Resources/0/meta")),
        Must("search.paging", "startIndex and count page", Source, async t =>
        {
            var answer = (await Search(t, "/Users", (await t.People()).Scope, """{"startIndex":2,"count":2}""")).Has("totalResults", 4).Has("startIndex", 2).Has("itemsPerPage", 2);
            answer.True(answer.Resources.Count == 2, "two of them");
        }),
        Must("search.count-zero", "count 0 gives totalResults alone", Source, async t =>
        {
            var answer = (await Search(t, "/Users", (await t.People()).Scope, """{"count":0}""")).Has("totalResults", 4);
            answer.True(answer.Resources.Count == 0, "no resources");
        }),
        Must("search.sort", "sortBy and sortOrder sort", Source, async t =>
        {
            Attempt.Needs(t.Server.Sort, "sorting");
            var people = await t.People();
            var answer = await Search(t, "/Users", people.Scope, """{"sortBy":"userName","sortOrder":"descending"}""");
            answer.True(people.In(answer).SequenceEqual(["dan", "cyd", "bob", "ada"], StringComparer.Ordinal), "dan, cyd, bob, ada");
        }),
        Must("search.cursor", "A cursor pages", "RFC 9865 §2", async t =>
        {
            Attempt.Needs(t.Server.Cursor, "cursors");
            (await Search(t, "/Users", (await t.People()).Scope, """{"cursor":"","count":2}""")).Has("nextCursor");
        }),
        Must("search.no-filter", "Without a filter, all are found", Source, async t =>
        {
            await t.People();
            var answer = (await t.Post("/Users/.search", $$"""{"schemas":["{{Urns.Search}}"],"count":2}""")).Is(200);
            answer.True(answer.TotalResults >= 4 && answer.Resources.Count == 2, "two of at least four");
        }),
        Must("search.bad-filter", "A malformed filter is 400 invalidFilter", Source, async t =>
            (await t.Post("/Users/.search", $$"""{"schemas":["{{Urns.Search}}"],"filter":"userName eq"}""")).IsError(400, "invalidFilter")),
        Must("search.bad-json", "A body that is no JSON is 400 invalidSyntax", Source, async t => (await t.Post("/Users/.search", "{")).IsError(400, "invalidSyntax")),
        Must("search.bad-type", "A count that is text is 400", Source, async t =>
            (await t.Post("/Users/.search", $$"""{"schemas":["{{Urns.Search}}"],"count":"two"}""")).IsError(400)),
        Must("search.makes-nothing", "A search makes nothing", Source, async t =>
        {
            var name = t.Name();
            await t.Post("/Users/.search", $$"""{"schemas":["{{Urns.Search}}"],"userName":"{{name}}"}""");
            (await t.Find("/Users", $"userName eq \"{name}\"")).Is(200).Has("totalResults", 0);
        }),
        Must("search.get", "GET /Users/.search is 404 or 405", Source, async t => (await t.Get("/Users/.search")).IsError([404, 405])),
        Must("search.media-type", "The answer is application/scim+json", "RFC 7644 §3.1", async t =>
            (await Search(t, "/Users", "userName pr")).HasHeader("Content-Type", v => v.StartsWith(ScimClient.MediaType, StringComparison.OrdinalIgnoreCase), "is SCIM")),
    ];

    private static async Task<Answer> Search(Attempt t, string endpoint, string filter, string more = "{}")
    {
        Attempt.Needs(t.Server.Filter, "filters");
        var body = Json.Merge(new JsonObject { ["schemas"] = new JsonArray(Urns.Search), ["filter"] = filter }, more);
        return (await t.Post(endpoint + "/.search", Json.Text(body))).Is(200);
    }
}
