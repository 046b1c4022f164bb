using System.Globalization;
using System.Text.Json;

namespace Conformance.Areas.Http;

/// <summary>The form of errors (RFC 7644 §3.12), each of them from another mistake.</summary>
internal static class ErrorCases
{
    private const string Source = "RFC 7644 §3.12";

    private static readonly (string Id, string What, Func<Attempt, Task<Answer>> Send)[] Mistakes =
    [
        ("unknown-user", "reading nobody", t => t.Get($"/Users/{t.Name()}")),
        ("unknown-endpoint", "an endpoint that is not there", t => t.Get("/" + t.Name())),
        ("bad-json", "a body that is no JSON", t => t.Post("/Users", "{")),
        ("bad-filter", "a malformed filter", t => t.Get("/Users?filter=userName%20eq")),
        ("no-username", "a user without userName", t => t.Post("/Users", $$"""{"schemas":["{{Urns.User}}"]}""")),
        ("taken", "a userName that is taken", async t => await t.Post("/Users", t.UserJson(userName: (await t.NewUser()).Name))),
        ("delete-nobody", "deleting nobody", t => t.Delete($"/Users/{t.Name()}")),
        ("put-nobody", "replacing nobody", t => t.Put($"/Users/{t.Name()}", t.UserJson())),
        ("patch-nobody", "patching nobody", t => t.Send("PATCH", $"/Users/{t.Name()}", Attempt.PatchJson("""{"op":"replace","path":"title","value":"T"}"""))),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Mistakes.SelectMany(m => (Case[])
        [
            Must($"errors.{m.Id}.schemas", $"The error of {m.What} has the Error schema", Source, async t => (await m.Send(t)).HasJson("schemas", $"""["{Urns.Error}"]""")),
            Must($"errors.{m.Id}.status", $"The error of {m.What} repeats the status, as a string", Source, async t =>
            {
                var answer = await m.Send(t);
                answer.True(answer.Status is >= 400 and < 500, "a status from 400 to 499").Has("status", answer.Status.ToString(CultureInfo.InvariantCulture));
            }),
            Should($"errors.{m.Id}.detail", $"The error of {m.What} has a detail for people", Source, async t =>
            {
                var answer = await m.Send(t);
                answer.True(answer.At("detail")?.GetValueKind() == JsonValueKind.String && answer.String("detail").Length > 0, "a 'detail'");
            }),
        ]),
        Must("errors.scimtype.uniqueness", "A userName that is taken is 409 uniqueness", "RFC 7644 §3.3", async t =>
            (await t.Post("/Users", t.UserJson(userName: (await t.NewUser()).Name))).IsError(409, "uniqueness")),
        Must("errors.scimtype.syntax", "A body that is no JSON is 400 invalidSyntax", Source, async t => (await t.Post("/Users", "{")).IsError(400, "invalidSyntax")),
        Must("errors.scimtype.filter", "A malformed filter is 400 invalidFilter", Source, async t => (await t.Get("/Users?filter=userName%20eq")).IsError(400, "invalidFilter")),
        Must("errors.scimtype.none-for-404", "404 has no scimType of a 400", Source, async t => (await t.Get($"/Users/{t.Name()}")).IsError(404).Lacks("scimType")),
        Must("errors.no-stack-trace", "Errors tell nothing of the server's insides", "RFC 7644 §7.5", async t =>
        {
            var answer = (await t.Post("/Users", """{"schemas":7,"userName":{"a":[]}}""")).Is(400);
            answer.True(!answer.Text.Contains("Exception", StringComparison.Ordinal) && !answer.Text.Contains("   at ", StringComparison.Ordinal), "no stack trace");
        }),
    ];
}
