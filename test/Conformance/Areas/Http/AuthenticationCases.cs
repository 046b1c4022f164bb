namespace Conformance.Areas.Http;

/// <summary>Who may come in (RFC 7644 §2; RFC 6750 §3).</summary>
internal static class AuthenticationCases
{
    private static readonly (string Method, string Path)[] Requests =
        [("GET", "/Users"), ("POST", "/Users"), ("GET", "/Users/1"), ("PUT", "/Users/1"), ("PATCH", "/Users/1"), ("DELETE", "/Users/1"), ("GET", "/Groups"), ("POST", "/Bulk"), ("POST", "/.search")];

    public static IEnumerable<Case> All =>
    [
        .. Requests.Select(r => Must($"http.authentication.{r.Method.ToLowerInvariant()}{r.Path.ToLowerInvariant().Replace("/", "-", StringComparison.Ordinal)}", $"{r.Method} {r.Path} without a token is 401", "RFC 7644 §2", async t =>
            (await t.Client.WithToken(null).Send(r.Method, r.Path, r.Method is "GET" or "DELETE" ? null : "{}")).Is(401))),
        Must("http.authentication.wrong-token", "A wrong token is 401", "RFC 7644 §2", async t =>
            (await t.Client.WithToken("wrong").Send("GET", "/Users", body: null)).Is(401)),
        Must("http.authentication.empty-token", "An empty token is 401 or 400", "RFC 6750 §3.1", async t =>
            (await t.Client.WithToken("").Send("GET", "/Users", body: null)).Is(401, 400)),
        Must("http.authentication.other-scheme", "Basic credentials that nobody gave out are 401", "RFC 7644 §2", async t =>
            (await t.Client.WithToken(null).Send("GET", "/Users", body: null, ("Authorization", "Basic eDp5"))).Is(401)),
        Must("http.authentication.challenge", "401 says by WWW-Authenticate how to come in", "RFC 9110 §15.5.2", async t =>
            (await t.Client.WithToken("wrong").Send("GET", "/Users", body: null)).Is(401).HasHeader("WWW-Authenticate", v => v.Length > 0, "is there")),
        Should("http.authentication.error-form", "401 has the form of a SCIM error", "RFC 7644 §3.12", async t =>
            (await t.Client.WithToken("wrong").Send("GET", "/Users", body: null)).IsError(401)),
    ];
}
