using System.Globalization;
using static Conformance.Areas.BulkRequests.BulkCheck;

namespace Conformance.Areas.BulkRequests;

/// <summary>What goes wrong in a bulk request: in one operation, or in all (RFC 7644 §3.7.3, §3.7.4).</summary>
internal static class BulkErrorCases
{
    private const string Answers = "RFC 7644 §3.7.3";
    private static readonly string Bad = $$"""{"schemas":["{{Urns.User}}"]}""";

    private static readonly (string Id, string What, Func<Attempt, Resource, string> Write, string[] Statuses)[] Wrong =
    [
        ("unknown-user", "a user that is not there", (_, _) => Operation("DELETE", $"/Users/{Guid.NewGuid()}"), ["404"]),
        ("unknown-endpoint", "an endpoint that is not there", (t, _) => Operation("POST", "/Shoes", t.UserJson(), "x"), ["400", "404"]),
        ("unknown-method", "an unknown method", (_, user) => Operation("FROB", user.Path), ["400", "405", "501"]),
        ("get", "GET", (_, user) => Operation("GET", user.Path), ["400", "405", "501"]),
        ("no-data", "POST without data", (_, _) => Operation("POST", "/Users", bulkId: "x"), ["400"]),
        ("no-bulk-id", "POST without a bulkId", (t, _) => Operation("POST", "/Users", t.UserJson()), ["400"]),
        ("post-to-user", "POST to a user", (t, user) => Operation("POST", user.Path, t.UserJson(), "x"), ["400", "405", "404", "501"]),
        ("put-to-users", "PUT to /Users", (t, _) => Operation("PUT", "/Users", t.UserJson()), ["400", "405", "404", "501"]),
        ("taken", "a name that is taken", (t, user) => Operation("POST", "/Users", t.UserJson(userName: user.Name), "x"), ["409"]),
        ("no-username", "a user without userName", (_, _) => Operation("POST", "/Users", Bad, "x"), ["400"]),
        ("bad-patch", "a PATCH of an unknown path", (_, user) => Operation("PATCH", user.Path, Attempt.PatchJson("""{"op":"replace","path":"shoeSize","value":"9"}""")), ["400"]),
    ];

    private static readonly (string Id, string What, string Body)[] Malformed =
    [
        ("not-json", "a body that is no JSON", "{"),
        ("array", "an array", "[]"),
        ("no-operations", "no Operations", $$"""{"schemas":["{{Urns.BulkRequest}}"]}"""),
        ("operations-object", "Operations that are an object", $$"""{"schemas":["{{Urns.BulkRequest}}"],"Operations":{} }"""),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Wrong.Select(w => Bulk($"bulk.error.{w.Id}", $"{w.What}: {string.Join(" or ", w.Statuses)} of that operation; the next one is done", Answers, async t =>
        {
            var user = await t.NewUser();
            var answer = (await t.Post("/Bulk", Body(null, w.Write(t, user), Operation("POST", "/Users", t.UserJson(), "ok")))).Is(200, 400);
            if (answer.Status == 200)
            {
                answer.True(w.Statuses.Contains(answer.String("Operations/0/status"), StringComparer.Ordinal), $"status {string.Join(" or ", w.Statuses)} of the first").Has("Operations/1/status", "201");
            }
            else
            {
                answer.True(w.Id is "unknown-method" or "get" or "no-data" or "no-bulk-id" or "unknown-endpoint", "200, with an error of the operation").IsError(400);
            }
        })),
        Bulk("bulk.error.response", "A failed operation has the error in 'response'", Answers, async t =>
        {
            var answer = (await Send(t, Operation("POST", "/Users", Bad, "x"))).HasStatuses("400");
            answer.Has("Operations/0/response/status", "400").HasJson("Operations/0/response/schemas", $"""["{Urns.Error}"]""");
        }),
        Bulk("bulk.error.no-location", "A POST that failed has no location", Answers, async t =>
            (await Send(t, Operation("POST", "/Users", Bad, "x"))).Lacks("Operations/0/location")),
        Bulk("bulk.error.scim-type", "The error in 'response' has its scimType", Answers, async t =>
            (await Send(t, Operation("POST", "/Users", t.UserJson(userName: (await t.NewUser()).Name), "x"))).Has("Operations/0/response/scimType", "uniqueness")),
        .. Malformed.Select(m => Bulk($"bulk.malformed.{m.Id}", $"{m.What} is 400", Source, async t => (await t.Post("/Bulk", m.Body)).IsError(400))),
        Bulk("bulk.malformed.schemas", "'schemas' of something else is 400", Source, async t =>
            (await t.Post("/Bulk", $$"""{"schemas":["{{Urns.PatchOp}}"],"Operations":[{{Operation("POST", "/Users", t.UserJson(), "x")}}]}""")).IsError(400)),
        Bulk("bulk.malformed.get", "GET /Bulk is 405 or 404", "RFC 7644 §3.2", async t => (await t.Get("/Bulk")).IsError([404, 405])),
        Bulk("bulk.fail-on-errors.one", "With failOnErrors 1, what stands behind the first error is not done", Answers, async t =>
        {
            var name = t.Name();
            var answer = await SendWith(t, 1, Operation("POST", "/Users", Bad, "x"), Operation("POST", "/Users", t.UserJson(userName: name), "y"));
            answer.True(answer.Array("Operations").Count == 1, "one operation in the answer");
            (await t.Find("/Users", $"userName eq \"{name}\"")).Is(200).Has("totalResults", 0);
        }),
        Bulk("bulk.fail-on-errors.two", "With failOnErrors 2, one error does not stop", Answers, async t =>
            (await SendWith(t, 2, Operation("POST", "/Users", Bad, "x"), Operation("POST", "/Users", t.UserJson(), "y"))).HasStatuses("400", "201")),
        Bulk("bulk.fail-on-errors.second", "With failOnErrors 2, the second error stops", Answers, async t =>
            (await SendWith(t, 2, Operation("POST", "/Users", Bad, "x"), Operation("POST", "/Users", Bad, "y"), Operation("POST", "/Users", t.UserJson(), "z"))).HasStatuses("400", "400")),
        Bulk("bulk.fail-on-errors.absent", "Without failOnErrors, all is tried", Answers, async t =>
            (await Send(t, Operation("POST", "/Users", Bad, "x"), Operation("POST", "/Users", Bad, "y"), Operation("POST", "/Users", t.UserJson(), "z"))).HasStatuses("400", "400", "201")),
        Bulk("bulk.fail-on-errors.done-stays", "What was done before an error stays done", Answers, async t =>
        {
            var answer = (await SendWith(t, 1, Operation("POST", "/Users", t.UserJson(), "x"), Operation("POST", "/Users", Bad, "y"))).HasStatuses("201", "400");
            (await t.Get($"/Users/{answer.IdOf(0)}")).Is(200);
        }),
        Bulk("bulk.limits.operations", "More operations than maxOperations are 413, and none is done", "RFC 7644 §3.7.4", async t =>
        {
            Attempt.Needs(t.Server.MaxOperations is > 0 and <= 2000, "a maxOperations that can be gone beyond");
            var user = await t.NewUser();
            var operation = Operation("DELETE", user.Path);
            (await t.Post("/Bulk", Body(null, [.. Enumerable.Repeat(operation, t.Server.MaxOperations + 1)]))).IsError(413);
            await t.Read(user);
        }),
        Bulk("bulk.limits.payload", "A body above maxPayloadSize is 413", "RFC 7644 §3.7.4", async t =>
        {
            Attempt.Needs(t.Server.MaxPayloadSize is > 0 and <= 8 << 20, "a maxPayloadSize that can be gone beyond");
            var size = t.Server.MaxPayloadSize.ToString(CultureInfo.InvariantCulture);
            var title = new string('x', int.Parse(size, CultureInfo.InvariantCulture));
            (await t.Post("/Bulk", Body(null, Operation("POST", "/Users", t.UserJson($$"""{"title":"{{title}}"}"""), "x")))).IsError(413);
        }),
        Must("bulk.not-offered", "A server without bulk refuses it: 501, or 403, 404 or 405", "RFC 7644 §3.12", async t =>
        {
            Attempt.NeedsNo(t.Server.Bulk, "bulk");
            (await t.Post("/Bulk", Body(null, Operation("POST", "/Users", t.UserJson(), "x")))).IsError([403, 404, 405, 501]);
        }),
    ];
}
