namespace Conformance.Areas.Http;

/// <summary>What bodies are called, and what is asked for (RFC 7644 §3.1, §3.8; RFC 9110).</summary>
internal static class MediaTypeCases
{
    private const string Source = "RFC 7644 §3.1";

    private static readonly (string Id, string Type)[] Understood =
    [
        ("scim-json", "application/scim+json"),
        ("scim-json-utf8", "application/scim+json; charset=utf-8"),
        ("scim-json-utf8-capitals", "application/scim+json; charset=UTF-8"),
        ("scim-json-utf8-quoted", "application/scim+json;charset=\"utf-8\""),
        ("scim-json-capitals", "Application/SCIM+JSON"),
    ];

    private static readonly (string Id, string Type)[] Refused =
        [("xml", "application/xml"), ("text", "text/plain"), ("form", "application/x-www-form-urlencoded")];

    private static readonly (string Id, string Accept)[] Accepted =
    [
        ("scim-json", "application/scim+json"),
        ("json", "application/json"),
        ("anything", "*/*"),
        ("application", "application/*"),
        ("with-quality", "text/html;q=0.1, application/scim+json;q=0.9"),
        ("scim-json-utf8", "application/scim+json; charset=utf-8"),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Understood.Select(m => Must($"http.content-type.{m.Id}", $"A body of type {m.Type} is taken", Source, async t =>
            (await t.Post("/Users", t.UserJson(), ("Content-Type", m.Type))).Is(201))),
        Should("http.content-type.json", "A body of type application/json is taken", "RFC 7644 §3.8", async t =>
            (await t.Post("/Users", t.UserJson(), ("Content-Type", "application/json"))).Is(201)),
        .. Refused.Select(m => Should($"http.content-type.{m.Id}-refused", $"A body of type {m.Type} is 415", "RFC 9110 §15.5.16", async t =>
            (await t.Post("/Users", t.UserJson(), ("Content-Type", m.Type))).Is(415))),
        Should("http.content-type.charset-refused", "A body in another charset than UTF-8 is 415 or 400", "RFC 7644 §3.8", async t =>
            (await t.Post("/Users", t.UserJson(), ("Content-Type", "application/scim+json; charset=utf-16"))).Is(415, 400)),
        .. Accepted.Select(m => Must($"http.accept.{m.Id}", $"Accept: {m.Accept} is answered with JSON", "RFC 7644 §3.8", async t =>
            (await t.Get("/Users?count=1", ("Accept", m.Accept))).Is(200)
                .HasHeader("Content-Type", v => v.StartsWith("application/scim+json", StringComparison.OrdinalIgnoreCase) || v.StartsWith("application/json", StringComparison.OrdinalIgnoreCase), "is JSON"))),
        Should("http.accept.other", "Accept of a type that is not served is 406, or is answered with SCIM all the same", "RFC 9110 §12.5.1", async t =>
        {
            var answer = (await t.Get("/Users?count=1", ("Accept", "image/png"))).Is(200, 406);
            answer.True(answer.Status == 406 || answer.Header("Content-Type")!.StartsWith("application/", StringComparison.Ordinal), "JSON, or 406");
        }),
        .. ((string[])["/Users", "/Groups"]).Select(endpoint => Must($"http.answer.{endpoint[1..].ToLowerInvariant()}-media-type", $"Answers of {endpoint} are application/scim+json", Source, async t =>
        {
            Attempt.Needs(endpoint == "/Users" || t.Server.Groups, "groups");
            (await t.Get(endpoint + "?count=1")).Is(200).HasHeader("Content-Type", v => v.StartsWith(ScimClient.MediaType, StringComparison.OrdinalIgnoreCase), $"is {ScimClient.MediaType}");
        })),
        Must("http.answer.created-media-type", "A created resource is sent as application/scim+json", Source, async t =>
            (await t.NewUser()).Created.HasHeader("Content-Type", v => v.StartsWith(ScimClient.MediaType, StringComparison.OrdinalIgnoreCase), $"is {ScimClient.MediaType}")),
        Must("http.answer.error-media-type", "Errors are application/scim+json", "RFC 7644 §3.12", async t =>
            (await t.Get($"/Users/{t.Name()}")).Is(404).HasHeader("Content-Type", v => v.StartsWith(ScimClient.MediaType, StringComparison.OrdinalIgnoreCase), $"is {ScimClient.MediaType}")),
        Must("http.charset.round-trip", "Text of all planes of Unicode comes back as it was sent", "RFC 7644 §3.8", async t =>
        {
            const string Text = "Zoë Ångström 山田 太郎 עברית 🙂 \u0301";
            var user = await t.NewUser($$"""{"displayName":{{Json.Quote(Text)}}}""");
            (await t.Read(user)).Has("displayName", Text);
        }),
        Must("http.charset.escapes", "Escaped JSON text is the same as plain", "RFC 8259 §7", async t =>
        {
            var name = t.Name();
            var made = (await t.Post("/Users", $$"""{"schemas":["{{Urns.User}}"],"userName":"{{name}}","displayName":"\u00c5sa \ud83d\ude42 \"q\" \\ \/ \t"}""")).Is(201);
            made.Has("displayName", "Åsa 🙂 \"q\" \\ / \t");
        }),
        Must("http.query.unknown-ignored", "An unknown query parameter does no harm", "RFC 7644 §3.4.2; Entra: aadOptscim062020", async t =>
            (await t.Get("/Users?count=1&aadOptscim062020&x=y")).Is(200)),
    ];
}
