using Microsoft.Playwright;
namespace Browser.Tests;
public class Probe
{
    [Fact]
    public async Task Look()
    {
        await using var chromium = await Chromium.Start();
        await chromium.Page.GotoAsync("http://127.0.0.1:6600/scalar", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await chromium.Page.ScreenshotAsync(new() { Path = "/work/h/explorer-tmp/shot.png", FullPage = false });
        File.WriteAllText("/work/h/explorer-tmp/probe.txt", string.Join("\n", chromium.Requests) + "\n---\n" + string.Join("\n", chromium.Errors) + "\n---\n" + await chromium.Page.ContentAsync());
    }
}
