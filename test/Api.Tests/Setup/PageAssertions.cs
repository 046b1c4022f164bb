using System.Text.RegularExpressions;

namespace Api.Tests.Setup;

/// <summary>What pages of setup links must be.</summary>
internal static class PageAssertions
{
    /// <summary>A page that nothing is kept of, that fetches nothing, and that runs no script but its own.</summary>
    public static Answer ShouldBePage(this Answer answer, int status)
    {
        answer.ShouldBe(status);
        var policy = answer.Header("Content-Security-Policy").ShouldNotBeNull();
        var nonce = policy.Found("^default-src 'none'; script-src 'nonce-(?<found>[A-Za-z0-9_-]{22})'; style-src 'nonce-\\k<found>'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$")
            .ShouldHaveSingleItem(policy);
        answer.Header("Content-Type").ShouldBe("text/html; charset=utf-8");
        answer.Header("Cache-Control").ShouldBe("no-store");
        answer.Header("Referrer-Policy").ShouldBe("no-referrer");
        answer.Header("X-Content-Type-Options").ShouldBe("nosniff");
        answer.Header("X-Frame-Options").ShouldBe("DENY");
        answer.Header("Set-Cookie").ShouldBeNull();
        if (answer.Body.Length > 0)
        {
            answer.Text.Found("<(?<found>script|style)").ShouldBe(["style", "script"]);
            answer.Text.ShouldContain($"<script nonce=\"{nonce}\">");
            answer.Text.ShouldContain($"<style nonce=\"{nonce}\">");
            answer.Text.Found("(?i)<([^<>\"]|\"[^\"]*\")* (?<found>src|on[a-z]+|style)=").ShouldBeEmpty();
            answer.Text.Found("(?i)<(?<found>link|img|iframe|object|embed|base|svg)\\b").ShouldBeEmpty();
            answer.Text.ShouldContain("<html lang=\"en\">");
        }

        return answer;
    }

    /// <summary>The page of every link that does not open.</summary>
    public static Answer ShouldBeGone(this Answer answer)
    {
        answer.ShouldBePage(404).Text.ShouldContain("This setup link does not work");
        return answer;
    }

    /// <summary>All that a browser sees, but for what is drawn for each page.</summary>
    public static string WithoutNonce(this Answer answer) =>
        answer.Visible(answer.Header("Content-Security-Policy")!.Found("script-src 'nonce-(?<found>[^']+)").Single());

    /// <summary>What the group <c>found</c> of a pattern matches, from the first to the last.</summary>
    public static IReadOnlyList<string> Found(this string text, string pattern) =>
        [.. Regex.Matches(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(m => m.Groups["found"].Value)];
}
