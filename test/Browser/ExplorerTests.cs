using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>What an admin does in the explorer, by clicks and typing.</summary>
public sealed class ExplorerTests
{
    [Fact]
    public async Task Admin_WithAKey_MakesADirectoryAndProvisionsAUserThroughThePage()
    {
        await using var server = await ServerUnderTest.Start();
        await using var chromium = await Chromium.Start();
        var page = chromium.Page;

        await page.GotoAsync(server.Url + "/scalar");
        await EnterToken(page, server.AdminKey);
        await chromium.Shoot("explorer-start");

        var tenant = await Send(chromium, "post", "/admin/v1/tenants", 201);
        await Open(page, "Directories");
        var directory = await Send(
            chromium,
            "post",
            "/admin/v1/tenants/{tenant}/directories",
            201,
            new() { ["tenant"] = Text(tenant, "id") },
            """{"name":"Employees","profile":"federated-directory"}""",
            "explorer-directory");
        Text(directory, "profile").ShouldBe("federated-directory");

        await Open(page, "Directory keys");
        var key = await Send(chromium, "post", "/admin/v1/directories/{directory}/keys", 201, new() { ["directory"] = Text(directory, "id") });
        var secretToken = Text(key, "secretToken");

        await page.GetByRole(AriaRole.Button, new() { Name = "Admin API", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "SCIM", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Muster: SCIM" }).WaitForAsync();
        await EnterToken(page, secretToken);
        var user = await Send(chromium, "post", "/scim/v2/Users", 201);
        var found = await Send(chromium, "get", "/scim/v2/Users", 200, screenshot: "explorer-user");
        ((int)found["totalResults"]!).ShouldBe(1);
        Text(found["Resources"]![0]!, "id").ShouldBe(Text(user, "id"));

        chromium.ShouldHaveAskedOnly(server.Url);
    }

    private static async Task EnterToken(IPage page, string token)
    {
        var field = page.GetByPlaceholder("Token").First;
        await field.ClickAsync();
        await page.Keyboard.TypeAsync(token);
        (await field.InputValueAsync()).ShouldBe(token);
    }

    /// <summary>Opens a group in the list at the side.</summary>
    private static Task Open(IPage page, string group) => page.Locator("aside button", new() { HasText = group }).First.ClickAsync();

    /// <summary>Opens an operation's request, fills it in, sends it, and reads the answer.</summary>
    private static async Task<JsonNode> Send(
        Chromium chromium, string method, string path, int status, Dictionary<string, string>? variables = null, string? body = null, string? screenshot = null)
    {
        var page = chromium.Page;

        // Operations are drawn when they come into view.
        await page.Locator($"aside a[href$=\"{method.ToUpperInvariant()}{path}\"]").First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = $"Test Request ({method} {path})", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var (name, value) in variables ?? [])
        {
            await dialog.Locator($"tr#{name} [data-placeholder=Value]").ClickAsync();
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.TypeAsync(value);
        }

        if (body is not null)
        {
            await dialog.Locator(".cm-content").First.ClickAsync();
            await page.Keyboard.PressAsync("Control+a");
            await page.Keyboard.InsertTextAsync(body);
        }

        var answer = await page.RunAndWaitForResponseAsync(
            () => dialog.GetByRole(AriaRole.Button, new() { NameRegex = new("^Send", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.ClickAsync(),
            r => r.Request.Method == method.ToUpperInvariant() && !r.Url.Contains("/openapi/", StringComparison.Ordinal));
        var text = await answer.TextAsync();
        answer.Status.ShouldBe(status, text);
        await dialog.GetByText($"{status} ").First.WaitForAsync();
        await chromium.Shoot(screenshot);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close Client" }).First.ClickAsync();
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        return JsonNode.Parse(text)!;
    }

    private static string Text(JsonNode node, string member) => (string)node[member]!;
}
