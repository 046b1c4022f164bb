using static Conformance.Areas.BulkRequests.BulkCheck;

namespace Conformance.Areas.BulkRequests;

/// <summary><c>bulkId</c>: references to what the same request makes (RFC 7644 §3.7.1, §3.7.2).</summary>
internal static class BulkReferenceCases
{
    private const string Ids = "RFC 7644 §3.7.2";

    public static IEnumerable<Case> All =>
    [
        Bulk("bulk.reference.member", "A group has a member that the same request made before it", Ids, async t =>
        {
            var answer = (await Send(
                t,
                Operation("POST", "/Users", t.UserJson(), "u"),
                Operation("POST", "/Groups", t.GroupJson("""{"members":[{"value":"bulkId:u"}]}"""), "g"))).HasStatuses("201", "201");
            (await t.Get($"/Groups/{answer.IdOf(1)}")).Is(200).HasValues("members", [answer.IdOf(0)]);
        }),
        Bulk("bulk.reference.forward", "A group has a member that the same request makes after it", Ids, async t =>
        {
            var answer = (await Send(
                t,
                Operation("POST", "/Groups", t.GroupJson("""{"members":[{"value":"bulkId:u"}]}"""), "g"),
                Operation("POST", "/Users", t.UserJson(), "u"))).HasStatuses("201", "201");
            (await t.Get($"/Groups/{answer.IdOf(0)}")).Is(200).HasValues("members", [answer.IdOf(1)]);
        }),
        Bulk("bulk.reference.manager", "A user has a manager that the same request makes", Ids, async t =>
        {
            t.NeedsAttribute(Urns.Enterprise, "manager");
            var answer = (await Send(
                t,
                Operation("POST", "/Users", t.UserJson(), "boss"),
                Operation("POST", "/Users", t.UserJson(Urns.InEnterprise("""{"manager":{"value":"bulkId:boss"} }""")), "u"))).HasStatuses("201", "201");
            (await t.Get($"/Users/{answer.IdOf(1)}")).Is(200).Has($"{Urns.Enterprise}/manager/value", answer.IdOf(0));
        }),
        Bulk("bulk.reference.patch-data", "PATCH adds a member that the same request makes", Ids, async t =>
        {
            var group = await t.NewGroup();
            var answer = await Send(
                t,
                Operation("POST", "/Users", t.UserJson(), "u"),
                Operation("PATCH", group.Path, Attempt.PatchJson("""{"op":"add","path":"members","value":[{"value":"bulkId:u"}]}""")));
            (await t.Read(group)).HasValues("members", [answer.IdOf(0)]);
        }),
        Bulk("bulk.reference.path", "A path refers to what the same request makes", Ids, async t =>
        {
            var answer = await Send(
                t,
                Operation("POST", "/Users", t.UserJson(), "u"),
                Operation("PATCH", "/Users/bulkId:u", Attempt.PatchJson("""{"op":"replace","path":"title","value":"New"}""")));
            (await t.Get($"/Users/{answer.IdOf(0)}")).Is(200).Has("title", "New");
        }),
        Bulk("bulk.reference.delete-path", "What a request makes, it can delete", Ids, async t =>
        {
            var answer = (await Send(t, Operation("POST", "/Users", t.UserJson(), "u"), Operation("DELETE", "/Users/bulkId:u"))).HasStatuses("201", "204");
            (await t.Get($"/Users/{answer.IdOf(0)}")).IsError(404);
        }),
        Bulk("bulk.reference.circular", "Groups that are each other's members are made, or refused with 409", "RFC 7644 §3.7.1", async t =>
        {
            var answer = await Send(
                t,
                Operation("POST", "/Groups", t.GroupJson("""{"members":[{"value":"bulkId:b"}]}"""), "a"),
                Operation("POST", "/Groups", t.GroupJson("""{"members":[{"value":"bulkId:a"}]}"""), "b"));
            var statuses = answer.Values("Operations", "status");
            answer.True(statuses.All(s => s == "201") || statuses.Contains("409", StringComparer.Ordinal), "both made, or 409");
        }),
        Bulk("bulk.reference.unknown", "A bulkId that nothing has is an error of that operation: 400 or 409", Ids, async t =>
        {
            var answer = await Send(t, Operation("POST", "/Groups", t.GroupJson("""{"members":[{"value":"bulkId:nobody"}]}"""), "g"));
            answer.True(answer.String("Operations/0/status") is "400" or "409" or "404" or "412", "400, 404, 409 or 412");
        }),
        Bulk("bulk.reference.of-failure", "What refers to a create that failed fails, too", Ids, async t =>
        {
            var answer = await Send(
                t,
                Operation("POST", "/Users", $$"""{"schemas":["{{Urns.User}}"]}""", "u"),
                Operation("POST", "/Groups", t.GroupJson("""{"members":[{"value":"bulkId:u"}]}"""), "g"));
            answer.True(answer.Values("Operations", "status").All(s => s[0] == '4'), "both statuses from 400 to 499");
        }),
        Bulk("bulk.reference.twice", "A bulkId that stands twice is refused", "RFC 7644 §3.7", async t =>
        {
            var answer = (await t.Post("/Bulk", Body(null, Operation("POST", "/Users", t.UserJson(), "u"), Operation("POST", "/Users", t.UserJson(), "u")))).Is(200, 400, 409);
            answer.True(answer.Status != 200 || answer.Values("Operations", "status").Any(s => s[0] == '4'), "an error");
        }),
    ];
}
