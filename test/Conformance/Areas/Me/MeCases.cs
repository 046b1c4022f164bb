namespace Conformance.Areas.Me;

/// <summary><c>/Me</c> (RFC 7644 §3.11): served, redirected, or 501.</summary>
internal static class MeCases
{
    private const string Source = "RFC 7644 §3.11";

    public static IEnumerable<Case> All =>
    [
        .. ((string[])["GET", "PUT", "PATCH", "DELETE", "POST"]).Select(method => Should($"me.{method.ToLowerInvariant()}", $"{method} /Me is served, 308 to the user, 404 where the token is nobody's, or 501", Source, async t =>
        {
            // A body that changes nothing even where /Me is somebody.
            var answer = await t.Send(method, "/Me", method is "GET" or "DELETE" ? null : "{", ("If-Match", "\"never\""));
            answer.Is(200, 308, 400, 403, 404, 405, 412, 501);
            answer.True(method is not "GET" || answer.Status is 200 or 308 or 404 or 501, "200, 308, 404 or 501");
            answer.True(answer.Status is not 308 || answer.Header("Location") is not null, "a Location");
        })),
        Should("me.not-implemented", "A server that does not know /Me says 501", Source, async t =>
        {
            var answer = await t.Get("/Me");
            Attempt.NeedsNo(answer.Status is 200 or 308, "/Me");
            answer.IsError(501);
        }),
        Must("me.location", "What /Me serves has the Location of the user", Source, async t =>
        {
            var answer = await t.Get("/Me");
            Attempt.Needs(answer.Status == 200, "/Me");
            answer.HasHeader("Location", v => v == answer.String("meta/location"), "is meta.location");
        }),
        Must("me.no-token", "/Me without a token is 401", "RFC 7644 §2", async t => (await t.Client.WithToken(null).Send("GET", "/Me", body: null)).Is(401)),
    ];
}
