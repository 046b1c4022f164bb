using System.Net;

namespace Api.Tests.Setup;

/// <summary>A setup link, and the browser of the customer's admin who has it.</summary>
internal sealed record TestSetupLink(TestServer Server, string Directory, string Id, string Url)
{
    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>What stands behind the <c>#</c>.</summary>
    public string Secret => Url[(Url.IndexOf('#', StringComparison.Ordinal) + 1)..];

    public static async Task<TestSetupLink> Make(TestServer server, string directory, string body = "{}")
    {
        var made = (await server.Admin.Post($"/directories/{directory}/setup-links", body)).ShouldBe(201);
        return new TestSetupLink(server, directory, made.Id, made.String("url")!);
    }

    /// <summary>Opens the page.</summary>
    public Task<Answer> Open(string? secret = null) => Send(Server, [("link", secret ?? Secret)]);

    /// <summary>Opens the page and sends the form of a way, filled in.</summary>
    public async Task<Answer> Use(string way, params (string Name, string Value)[] fields) =>
        await Send(way, MarkOf((await Open()).ShouldBe(200), way), fields);

    /// <summary>Sends the form of a way without opening the page.</summary>
    public Task<Answer> Send(string way, string mark, params (string Name, string Value)[] fields) =>
        Send(Server, [("link", Secret), ("submission", mark), ("way", way), .. fields]);

    public static Task<Answer> Send(TestServer server, (string Name, string Value)[] form, params (string Name, string Value)[] headers)
    {
        var body = string.Join('&', form.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
        return server.Client("/setup", token: null).Post("", body, [.. headers, ("Content-Type", Form)]);
    }

    /// <summary>The mark in the form of a way.</summary>
    public static string MarkOf(Answer page, string way) =>
        page.Text.Found($"(?s)<form id=\"form-{way}\".*?name=\"submission\" value=\"(?<found>[^\"]+)\"").ShouldHaveSingleItem();

    /// <summary>What a field shows.</summary>
    public static string? ValueOf(Answer page, string id) =>
        page.Text.Found($"<input id=\"{id}\"[^>]* value=\"(?<found>[^\"]*)\"") is [var value] ? WebUtility.HtmlDecode(value) : null;

    /// <summary>The link as the vendor's admin sees it.</summary>
    public async Task<System.Text.Json.Nodes.JsonNode> Listed() =>
        (await Server.Admin.Get($"/directories/{Directory}/setup-links")).ShouldBe(200).Json["items"]!.AsArray().Single(l => l!["id"]!.GetValue<string>() == Id)!;
}
