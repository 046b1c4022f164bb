using System.Net;
using System.Text.RegularExpressions;
using Api.Explorer;

namespace Api.Tests.Explorer;

/// <summary>The explorer's page, as a browser fetches it; test/Browser uses it.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task Page_AndWhatItLoads_ComeFromThisServer()
    {
        var server = await TestServer.Shared;
        var at = new Uri(server.Url + "/scalar");
        var first = await server.Http.GetAsync(at);
        if (first.Headers.Location is { } location)
        {
            // The package of the Orleans engine adds a slash.
            at = new Uri(at, location);
            first.Dispose();
            first = await server.Http.GetAsync(at);
        }

        using var page = first;
        var text = await page.Content.ReadAsStringAsync();
        if (ExplorerFile.Script.Value is null && page.StatusCode == HttpStatusCode.NotFound)
        {
            // A build without npm says so, and where the documents are.
            text.ShouldContain("npm");
            text.ShouldContain("/openapi/v1.json");
            return;
        }

        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("connect-src 'self'");
        var addresses = Address().Matches(text).Select(m => m.Groups["address"].Value).Where(a => !a.StartsWith("data:", StringComparison.Ordinal)).ToList();
        addresses.ShouldNotBeEmpty();
        foreach (var address in addresses)
        {
            address.ShouldNotContain("//");
            var target = new Uri(at, address);
            (await server.Http.GetAsync(target)).StatusCode.ShouldBe(HttpStatusCode.OK, target.ToString());
        }
    }

    [GeneratedRegex("(?:src|href)=\"(?<address>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
