using System.Text;

namespace Conformance.Areas.Http;

/// <summary>Bodies that are not JSON, or not an object (RFC 7644 §3.12: invalidSyntax).</summary>
internal static class MalformedBodyCases
{
    private const string Source = "RFC 7644 §3.12";

    private static readonly (string Id, string What, byte[] Body)[] Bodies =
    [
        ("empty", "an empty body", []),
        ("truncated", "JSON that breaks off", Encoding.UTF8.GetBytes("""{"userName":"x" """)),
        ("array", "an array", "[]"u8.ToArray()),
        ("text", "a string", "\"user\""u8.ToArray()),
        ("null", "null", "null"u8.ToArray()),
        ("number", "a number", "7"u8.ToArray()),
        ("xml", "XML", "<user/>"u8.ToArray()),
        ("single-quotes", "JSON in single quotes", "{'userName':'x'}"u8.ToArray()),
        ("trailing-text", "an object and more behind it", """{"userName":"x"} {"userName":"y"}"""u8.ToArray()),
        ("trailing-comma", "a comma at the end", """{"userName":"x",}"""u8.ToArray()),
        ("comment", "a comment", """{"userName":"x" /* c */}"""u8.ToArray()),
        ("bad-utf8", "bytes that are not UTF-8", [.. "{\"userName\":\""u8, 0xC3, 0x28, .. "\"}"u8]),
        ("control-character", "a control character that is not escaped", Encoding.UTF8.GetBytes("{\"userName\":\"x\ny\"}")),
        ("deep", "10,000 arrays in each other", Encoding.UTF8.GetBytes("{\"userName\":" + new string('[', 10_000) + new string(']', 10_000) + "}")),
        ("nan", "NaN", """{"userName":NaN}"""u8.ToArray()),
    ];

    public static IEnumerable<Case> All =>
    [
        .. Bodies.Select(b => Must($"errors.body.post-{b.Id}", $"POST of {b.What} is 400 invalidSyntax", Source, async t =>
            (await t.Client.SendBytes("POST", "/Users", b.Body)).IsError(400, "invalidSyntax"))),
        .. Bodies[..6].SelectMany(b => ((string[])["PUT", "PATCH"]).Select(method => Must($"errors.body.{method.ToLowerInvariant()}-{b.Id}", $"{method} of {b.What} is 400 invalidSyntax", Source, async t =>
        {
            var user = await t.NewUser();
            (await t.Client.SendBytes(method, user.Path, b.Body)).IsError(400, "invalidSyntax");
        }))),
    ];
}
