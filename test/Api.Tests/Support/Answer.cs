using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Support;

/// <summary>An HTTP answer, read to its end.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("The body is null.");

    public string Id => Json["id"]!.GetValue<string>();

    public int TotalResults => Json["totalResults"]!.GetValue<int>();

    public JsonArray Resources => (JsonArray?)Json["Resources"] ?? [];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public string? String(string name) => Json[name]?.GetValue<string>();

    /// <summary>All that a client sees but the time: by it, two answers are told apart or not.</summary>
    /// <param name="hide">What the client itself sent and may see again.</param>
    public string Visible(string hide)
    {
        var headers = Headers.Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Key}: {h.Value}");
        var text = $"{Status}\n{string.Join('\n', headers)}\n\n{Text}";
        return hide.Length == 0 ? text : text.Replace(hide, "<sent>", StringComparison.Ordinal);
    }

    public Answer ShouldBe(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>The answer is a SCIM error (RFC 7644 §3.12).</summary>
    public Answer ShouldBeError(int status, string? scimType = null)
    {
        ShouldBe(status);
        Header("Content-Type").ShouldBe("application/scim+json");
        Json["schemas"]!.AsArray().Select(s => s!.GetValue<string>()).ShouldBe(["urn:ietf:params:scim:api:messages:2.0:Error"]);
        String("status").ShouldBe(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        String("detail").ShouldNotBeNullOrWhiteSpace();
        String("scimType").ShouldBe(scimType, Text);
        return this;
    }

    /// <summary>The answer lists just these faults, by their places: a pointer, a parameter or a header.</summary>
    public Answer ShouldHaveFaults(params IEnumerable<string> places)
    {
        ShouldBeProblem(400);
        String("type").ShouldBe("urn:muster:problem:invalid-request");
        Json["errors"]!.AsArray().Select(e => (string?)(e!["pointer"] ?? e["parameter"] ?? e["header"])).ShouldBe(places, ignoreOrder: true, Text);
        Json["errors"]!.AsArray().ShouldAllBe(e => !string.IsNullOrWhiteSpace((string?)e!["detail"]));
        return this;
    }

    /// <summary>The answer is problem details (RFC 9457).</summary>
    public Answer ShouldBeProblem(int status)
    {
        ShouldBe(status);
        Header("Content-Type").ShouldBe("application/problem+json");
        Json["status"]!.GetValue<int>().ShouldBe(status);
        String("type").ShouldStartWith("urn:muster:problem:");
        return this;
    }
}
