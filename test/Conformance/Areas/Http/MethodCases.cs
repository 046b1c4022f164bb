namespace Conformance.Areas.Http;

/// <summary>Methods and addresses (RFC 7644 §3.2; RFC 9110 §15.5).</summary>
internal static class MethodCases
{
    public static IEnumerable<Case> All =>
    [
        .. ((string[])["PUT", "PATCH", "DELETE"]).Select(method => Must($"http.method.{method.ToLowerInvariant()}-on-users", $"{method} /Users is refused: 405, or 404 or 501", "RFC 7644 §3.2", async t =>
            (await t.Send(method, "/Users", method == "DELETE" ? null : t.UserJson())).IsError([405, 404, 501]))),
        Must("http.method.post-on-user", "POST to a user is refused: 405, or 404 or 501", "RFC 7644 §3.2", async t =>
        {
            var user = await t.NewUser();
            (await t.Post(user.Path, t.UserJson())).IsError([405, 404, 501]);
        }),
        Must("http.method.unknown", "A method that nobody knows is 405 or 501", "RFC 9110 §15.6.2", async t =>
            (await t.Send("FROBNICATE", "/Users", body: null)).Is(405, 501, 400)),
        Must("http.method.allow", "405 tells what is allowed", "RFC 9110 §15.5.6", async t =>
        {
            var answer = await t.Send("DELETE", "/ServiceProviderConfig", body: null);
            answer.Is(405).HasHeader("Allow", v => v.Contains("GET", StringComparison.Ordinal), "names GET");
        }),
        Must("http.method.head-user", "HEAD of a user is as GET without a body", "RFC 9110 §9.3.2", async t =>
        {
            var user = await t.NewUser();
            var answer = (await t.Send("HEAD", user.Path, body: null)).Is(200);
            answer.True(answer.Bytes.Length == 0, "no body");
        }),
        Must("http.method.head-unknown", "HEAD of nobody is 404", "RFC 9110 §9.3.2", async t =>
            (await t.Send("HEAD", $"/Users/{t.Name()}", body: null)).Is(404)),
        Must("http.address.unknown-endpoint", "An endpoint that is not there is a 404 error", "RFC 7644 §3.12; scim2-tester", async t =>
            (await t.Get("/" + t.Name())).IsError(404)),
        Must("http.address.below-user", "What is not there below a user is a 404 error", "RFC 7644 §3.12", async t =>
        {
            var user = await t.NewUser();
            (await t.Get(user.Path + "/shoes")).IsError(404);
        }),
        .. ((string Id, string Part)[])[("dots", ".."), ("encoded-slash", "a%2Fb"), ("null", "%00"), ("percent", "%25"), ("long", new string('a', 2000)), ("quote", "%27%20or%201=1"), ("unicode", "%E2%98%83"), ("bad-utf8", "%FF%FE")]
            is var odd
            ? odd.Select(o => Must($"http.address.odd-id-{o.Id}", $"An id that cannot be one ({o.Id}) is 404 or 400, never 5xx", "RFC 7644 §3.12", async t =>
                (await t.Get("/Users/x" + o.Part)).Is(404, 400, 414)))
            : [],
    ];
}
