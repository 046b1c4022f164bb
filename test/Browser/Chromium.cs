using Microsoft.Playwright;

namespace Browser.Tests;

/// <summary>A headless Chromium, and what its pages asked of other servers than the one under test.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    /// <summary>How long a click or a text is waited for, in milliseconds: the machine may be busy.</summary>
    private const int PatienceMilliseconds = 20_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    /// <summary>Where screenshots go; null for none.</summary>
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("MUSTER_SCREENSHOTS");

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page)
    {
        this.playwright = playwright;
        this.browser = browser;
        Page = page;
    }

    /// <summary>The one page.</summary>
    public IPage Page { get; }

    /// <summary>The addresses that were asked for, of whatever server.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What the page told of errors, a breach of its policy included.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Starts the Chromium at <c>MUSTER_CHROMIUM</c>, or Debian's.</summary>
    /// <param name="scripts">Whether pages may run scripts.</param>
    public static async Task<Chromium> Start(bool scripts = true)
    {
        var driver = await Playwright.CreateAsync();
        var launched = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MUSTER_CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            Args = Arguments,
        });
        var page = await launched.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light, JavaScriptEnabled = scripts });
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        page.SetDefaultTimeout(PatienceMilliseconds);
        var started = new Chromium(driver, launched, page);
        page.Request += (_, request) => started.Requests.Add(request.Url);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                started.Errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => started.Errors.Add(error);
        return started;
    }

    /// <summary>Holds that the pages asked for something, of this server alone, and told of no error.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="refusals">What the server refused as it should: Chromium tells of each.</param>
    public void ShouldHaveAskedOnly(string server, params int[] refusals)
    {
        Requests.ShouldNotBeEmpty();
        Requests.Where(r => !r.StartsWith(server + "/", StringComparison.Ordinal) && !r.StartsWith("data:", StringComparison.Ordinal) && !r.StartsWith("blob:", StringComparison.Ordinal))
            .ShouldBeEmpty("the page asked another server");
        Errors.Where(e => !refusals.Any(r => e.StartsWith($"Failed to load resource: the server responded with a status of {r} ", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    /// <summary>Draws the page as it is, where pictures are wanted.</summary>
    /// <param name="name">The picture's name; null for none.</param>
    /// <param name="part">The part that is drawn whole, as a CSS selector; null for what is in view.</param>
    public async Task Shoot(string? name, string? part = null)
    {
        if (Screenshots is null || name is null)
        {
            return;
        }

        var path = Path.Combine(Screenshots, name + ".png");
        if (part is null)
        {
            await Page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        }
        else
        {
            await Page.Locator(part).ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
