namespace Conformance.Areas.Http;

/// <summary>Requests that are odd in other ways: answered, or refused with 4xx, never 5xx.</summary>
internal static class OddRequestCases
{
    public static IEnumerable<Case> All =>
    [
        Must("http.odd.duplicate-names", "A member that stands twice is 400, or one of the two is taken", "RFC 8259 §4", async t =>
        {
            var (a, b) = (t.Name(), t.Name());
            (await t.Post("/Users", $$"""{"schemas":["{{Urns.User}}"],"userName":"{{a}}","userName":"{{b}}"}""")).Is(201, 400);
        }),
        Must("http.odd.duplicate-names-any-case", "Names that differ in case alone are 400, or one of them is taken", "RFC 7643 §2.1", async t =>
        {
            var (a, b) = (t.Name(), t.Name());
            (await t.Post("/Users", $$"""{"schemas":["{{Urns.User}}"],"userName":"{{a}}","USERNAME":"{{b}}"}""")).Is(201, 400);
        }),
        Must("http.odd.content-encoding", "A body in an encoding that is not understood is 415 or 400", "RFC 9110 §8.4", async t =>
            (await t.Post("/Users", t.UserJson(), ("Content-Encoding", "gzip"))).Is(415, 400)),
        Must("http.odd.if-match-malformed", "A malformed If-Match is 400 or 412, and nothing is changed", "RFC 9110 §13.1.1", async t =>
        {
            Attempt.Needs(t.Server.ETag, "versions");
            var user = await t.NewUser();
            (await t.Put(user.Path, t.UserJson("""{"title":"New"}""", user.Name), ("If-Match", "no quotes"))).Is(400, 412);
            (await t.Read(user)).Lacks("title");
        }),
        Must("http.odd.if-match-unknown", "If-Match on who is not there is 404 or 412", "RFC 9110 §13.1.1", async t =>
            (await t.Put($"/Users/{Guid.NewGuid()}", t.UserJson(), ("If-Match", "*"))).IsError([404, 412])),
        Must("http.odd.escaped-query", "+ and %20 in a query are both a space", "RFC 7644 §3.4.2.2", async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var user = await t.NewUser();
            (await t.Get($"/Users?filter=userName%20eq%20%22{user.Name}%22")).Is(200).Has("totalResults", 1);
            (await t.Get($"/Users?filter=userName+eq+%22{user.Name}%22")).Is(200).Has("totalResults", 1);
        }),
        Must("http.odd.name-with-plus", "A userName with + @ % & # and blanks is found by what it is", "RFC 3986 §2.1", async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var user = await t.NewUser(userName: t.Name("a+b@x.org & 100% #1/2?"));
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1).Has("Resources/0/userName", user.Name);
        }),
        Must("http.odd.name-with-quotes", "A userName with quotes and backslashes is found by what it is", "RFC 7644 §3.4.2.2", async t =>
        {
            Attempt.Needs(t.Server.Filter, "filters");
            var user = await t.NewUser(userName: t.Name("q\"uote\\back"));
            (await t.Find("/Users", $"userName eq {Json.Quote(user.Name)}")).Is(200).Has("totalResults", 1).Has("Resources/0/userName", user.Name);
        }),
        Provider("validator.reference.trailing-slash", "GET /Users/?filter=… is as GET /Users?filter=…", "SCIMReferenceCode, Postman", async t =>
        {
            var user = await t.NewUser();
            (await t.Find("/Users/", $"userName eq \"{user.Name}\"")).Is(200).Has("totalResults", 1);
        }),
    ];
}
