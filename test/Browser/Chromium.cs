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
    public static async Task<Chromium> Start()
    {
        var driver = await Playwright.CreateAsync();
        var launched = await driver.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("MUSTER_CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            Args = Arguments,
        });
        var page = await launched.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Light });
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

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
