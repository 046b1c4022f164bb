namespace Conformance.Areas.ETags;

/// <summary>Versions and conditional requests (RFC 7644 §3.14).</summary>
internal static class ETagCases
{
    private const string Source = "RFC 7644 §3.14";
    private const string Set = """{"op":"replace","path":"title","value":"New"}""";

    public static IEnumerable<Case> All =>
    [
        Tagged("etag.create", "A created user has an ETag, which is meta.version", async (_, user) =>
        {
            await Task.CompletedTask;
            user.Created.HasHeader("ETag", v => v == user.Created.String("meta/version"), "is meta.version");
        }),
        Tagged("etag.read", "A user that is read has an ETag, which is meta.version", async (t, user) =>
        {
            var read = await t.Read(user);
            read.HasHeader("ETag", v => v == read.String("meta/version"), "is meta.version");
        }),
        Tagged("etag.form", "An ETag is in quotes, weak or strong", async (t, user) =>
            (await t.Read(user)).HasHeader("ETag", v => v.EndsWith('"') && (v.StartsWith('"') || v.StartsWith("W/\"", StringComparison.Ordinal)), "is an entity tag")),
        Tagged("etag.put", "PUT has the new ETag", async (t, user) =>
        {
            var answer = (await t.Put(user.Path, t.UserJson("""{"title":"New"}""", user.Name))).Is(200);
            answer.HasHeader("ETag", v => v != Tag(user.Created), $"is not {Tag(user.Created)}").HasHeader("ETag", v => v == answer.String("meta/version"), "is meta.version");
        }),
        Tagged("etag.patch", "PATCH changes the version", async (t, user) =>
            (await t.Patched(user, Set)).HasHeader("ETag", v => v != Tag(user.Created), $"is not {Tag(user.Created)}")),
        Tagged("etag.stable", "A user that nobody changes keeps its version", async (t, user) =>
            (await t.Read(user)).HasHeader("ETag", v => v == Tag(user.Created), $"is {Tag(user.Created)}")),
        Tagged("etag.list", "In a list, resources have meta.version", async (t, user) =>
            (await t.Find("/Users", $"userName eq \"{user.Name}\"")).Is(200).Has("Resources/0/meta/version", Tag(user.Created))),
        Tagged("etag.if-none-match", "If-None-Match with the version is 304 without a body", async (t, user) =>
        {
            var answer = (await t.Get(user.Path, ("If-None-Match", Tag(user.Created)))).Is(304);
            answer.True(answer.Bytes.Length == 0, "no body");
        }),
        Tagged("etag.if-none-match-etag", "304 has the ETag", async (t, user) =>
            (await t.Get(user.Path, ("If-None-Match", Tag(user.Created)))).Is(304).HasHeader("ETag", v => v == Tag(user.Created), "is the version")),
        Tagged("etag.if-none-match-other", "If-None-Match with another version is 200", async (t, user) => (await t.Get(user.Path, ("If-None-Match", "W/\"other\""))).Is(200)),
        Tagged("etag.if-none-match-old", "If-None-Match with an old version is 200", async (t, user) =>
        {
            await t.Patched(user, Set);
            (await t.Get(user.Path, ("If-None-Match", Tag(user.Created)))).Is(200).Has("title", "New");
        }),
        Tagged("etag.if-none-match-list", "If-None-Match takes a list", async (t, user) => (await t.Get(user.Path, ("If-None-Match", $"W/\"other\", {Tag(user.Created)}"))).Is(304)),
        Tagged("etag.if-none-match-any", "If-None-Match: * is 304 of what is there", async (t, user) => (await t.Get(user.Path, ("If-None-Match", "*"))).Is(304)),
        Tagged("etag.if-none-match-weak", "If-None-Match compares weakly: W/ makes no difference", async (t, user) =>
        {
            var tag = Tag(user.Created);
            (await t.Get(user.Path, ("If-None-Match", tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : "W/" + tag))).Is(304);
        }),
        .. Writes.SelectMany(w => (Case[])
        [
            Tagged($"etag.{w.Id}.if-match", $"{w.Method} with If-Match of the version is done", async (t, user) =>
                await IsDone(t, w.Method, user, w.Body(t, user), Tag(user.Created))),
            Tagged($"etag.{w.Id}.stale", $"{w.Method} with If-Match of an old version is 412 and changes nothing", async (t, user) =>
            {
                var now = await t.Patched(user, """{"op":"replace","path":"nickName","value":"N"}""");
                (await t.Send(w.Method, user.Path, w.Body(t, user), ("If-Match", Tag(user.Created)))).IsError(412);
                (await t.Read(user)).Has("", now.Json);
            }),
            Tagged($"etag.{w.Id}.other", $"{w.Method} with If-Match of a version that never was is 412", async (t, user) =>
                (await t.Send(w.Method, user.Path, w.Body(t, user), ("If-Match", "W/\"never\""))).IsError(412)),
            Tagged($"etag.{w.Id}.any", $"{w.Method} with If-Match: * is done", async (t, user) =>
                await IsDone(t, w.Method, user, w.Body(t, user), "*")),
            Tagged($"etag.{w.Id}.list", $"{w.Method} with If-Match of a list with the version is done", async (t, user) =>
                await IsDone(t, w.Method, user, w.Body(t, user), $"W/\"never\", {Tag(user.Created)}")),
        ]),
        Must("etag.not-offered", "A server without versions ignores If-None-Match", Source, async t =>
        {
            Attempt.NeedsNo(t.Server.ETag, "versions");
            (await t.Get((await t.NewUser()).Path, ("If-None-Match", "W/\"1\""))).Is(200);
        }),
    ];

    private static (string Id, string Method, Func<Attempt, Resource, string?> Body)[] Writes =>
    [
        ("put", "PUT", (t, user) => t.UserJson("""{"title":"New"}""", user.Name)),
        ("patch", "PATCH", (_, _) => Attempt.PatchJson(Set)),
        ("delete", "DELETE", (_, _) => null),
    ];

    private static string Tag(Answer answer) => answer.Header("ETag") ?? throw answer.Fault("an ETag");

    private static async Task IsDone(Attempt t, string method, Resource user, string? body, string match)
    {
        (await t.Send(method, user.Path, body, ("If-Match", match))).Is(200, 204);
        var after = await t.Get(user.Path);
        _ = method == "DELETE" ? after.IsError(404) : after.Is(200).Has("title", "New");
    }

    private static Case Tagged(string id, string title, Func<Attempt, Resource, Task> run) => Must(id, title, Source, async t =>
    {
        Attempt.Needs(t.Server.ETag, "versions");
        await run(t, await t.NewUser());
    });
}
