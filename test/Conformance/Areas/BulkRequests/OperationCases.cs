using static Conformance.Areas.BulkRequests.BulkCheck;

namespace Conformance.Areas.BulkRequests;

/// <summary>Each kind of bulk operation, and the form of the answer (RFC 7644 §3.7, §3.7.3).</summary>
internal static class OperationCases
{
    private const string Answers = "RFC 7644 §3.7.3";
    private static readonly string Title = Attempt.PatchJson("""{"op":"replace","path":"title","value":"New"}""");

    public static IEnumerable<Case> All =>
    [
        Bulk("bulk.post", "POST makes a user, with 201", Source, async t =>
        {
            var name = t.Name();
            var answer = (await Send(t, Operation("POST", "/Users", t.UserJson(userName: name), "a"))).HasStatuses("201");
            (await t.Get($"/Users/{answer.IdOf(0)}")).Is(200).Has("userName", name);
        }),
        Bulk("bulk.post-group", "POST makes a group, with 201", Source, async t =>
            (await Send(t, Operation("POST", "/Groups", t.GroupJson(), "a"))).HasStatuses("201")),
        Bulk("bulk.put", "PUT replaces a user, with 200", Source, async t =>
        {
            var user = await t.NewUser();
            (await Send(t, Operation("PUT", user.Path, t.UserJson("""{"title":"New"}""", user.Name)))).HasStatuses("200");
            (await t.Read(user)).Has("title", "New");
        }),
        Bulk("bulk.patch", "PATCH changes a user, with 200 or 204", Source, async t =>
        {
            var user = await t.NewUser();
            var answer = await Send(t, Operation("PATCH", user.Path, Title));
            answer.True(answer.String("Operations/0/status") is "200" or "204", "status 200 or 204");
            (await t.Read(user)).Has("title", "New");
        }),
        Bulk("bulk.delete", "DELETE deletes a user, with 204", Source, async t =>
        {
            var user = await t.NewUser();
            (await Send(t, Operation("DELETE", user.Path))).HasStatuses("204");
            (await t.Get(user.Path)).IsError(404);
        }),
        Bulk("bulk.all", "All four in one request, answered in their order", Source, async t =>
        {
            var (a, b, c) = (await t.NewUser(), await t.NewUser(), await t.NewUser());
            var answer = await Send(
                t, Operation("POST", "/Users", t.UserJson(), "n"), Operation("PUT", a.Path, t.UserJson(userName: a.Name)), Operation("PATCH", b.Path, Title), Operation("DELETE", c.Path));
            answer.True(answer.Values("Operations", "method").SequenceEqual(["POST", "PUT", "PATCH", "DELETE"], StringComparer.Ordinal), "the methods in order");
        }),
        Bulk("bulk.answer.schemas", "The answer has the BulkResponse schema", Answers, async t =>
            (await Send(t, Operation("POST", "/Users", t.UserJson(), "a"))).HasJson("schemas", $"""["{Urns.BulkResponse}"]""")),
        Bulk("bulk.answer.bulk-id", "The answer repeats the bulkId and the method", Answers, async t =>
            (await Send(t, Operation("POST", "/Users", t.UserJson(), "qwerty"))).Has("Operations/0/bulkId", "qwerty").Has("Operations/0/method", "POST")),
        Bulk("bulk.answer.location", "The answer has the location", Answers, async t =>
        {
            var user = await t.NewUser();
            (await Send(t, Operation("PATCH", user.Path, Title))).Has("Operations/0/location", user.Created.String("meta/location"));
        }),
        Bulk("bulk.answer.location-of-failure", "A failed operation on a resource that is there has its location", Answers, async t =>
        {
            var user = await t.NewUser();
            (await Send(t, Operation("PATCH", user.Path, Attempt.PatchJson("""{"op":"replace","path":"active","value":7}""")))).HasStatuses("400").Has("Operations/0/location", user.Created.String("meta/location"));
        }),
        Bulk("bulk.answer.version", "The answer has the version, where there are versions", Answers, async t =>
        {
            Attempt.Needs(t.Server.ETag, "versions");
            var answer = await Send(t, Operation("POST", "/Users", t.UserJson(), "a"));
            (await t.Get($"/Users/{answer.IdOf(0)}")).Is(200).Has("meta/version", answer.String("Operations/0/version"));
        }),
        Bulk("bulk.answer.status-text", "The status is a string", Answers, async t => (await Send(t, Operation("POST", "/Users", t.UserJson(), "a"))).Has("Operations/0/status", "201")),
        Bulk("bulk.version.match", "An operation with the version is done", Source, async t =>
        {
            Attempt.Needs(t.Server.ETag, "versions");
            var user = await t.NewUser();
            (await Send(t, Operation("PUT", user.Path, t.UserJson("""{"title":"New"}""", user.Name), version: user.Created.String("meta/version")))).HasStatuses("200");
        }),
        .. ((string[])["PUT", "PATCH", "DELETE"]).Select(method => Bulk($"bulk.version.stale-{method.ToLowerInvariant()}", $"{method} with an old version is 412", Source, async t =>
        {
            Attempt.Needs(t.Server.ETag, "versions");
            var user = await t.NewUser();
            await t.Patched(user, """{"op":"replace","path":"nickName","value":"N"}""");
            var data = method == "PUT" ? t.UserJson(userName: user.Name) : method == "PATCH" ? Title : null;
            (await Send(t, Operation(method, user.Path, data, version: user.Created.String("meta/version")))).HasStatuses("412");
        })),
    ];
}
