using Conformance.Options;
using Conformance.Reports;

namespace Conformance;

/// <summary>Does what the command line asks: lists, documents, or runs and reports.</summary>
internal static class ConformanceRun
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(RunOptions options)
    {
        if (options.Markdown is not null)
        {
            await File.WriteAllTextAsync(options.Markdown.FullName, MarkdownPage.Write());
            if (options.Url is null)
            {
                return ExitCodes.AllPassed;
            }
        }

        if (options.List)
        {
            foreach (var @case in options.Cases)
            {
                Console.WriteLine($"{@case.Id}  [{@case.Level}; {@case.Source}]  {@case.Title}");
            }

            return ExitCodes.AllPassed;
        }

        return await Check(options);
    }

    private static async Task<int> Check(RunOptions options)
    {
        if (options.Url is null || !Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return Refuse("--url must be an absolute http or https address. See --help.");
        }

        if (options.Cases.Count == 0)
        {
            return Refuse("No case has an id that begins with what --only gives. See --list.");
        }

        try
        {
            using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
            using var http = new HttpClient(handler) { Timeout = RequestTimeout };
            var results = await SuiteRun.Run(http, options.Url, options.Token, options.Cases, options.Parallel);
            await Report(options, results);
            return results.Any(r => r.Outcome == Outcome.Failed) ? ExitCodes.CaseFailed : ExitCodes.AllPassed;
        }
        catch (CannotRunException exception)
        {
            return Refuse(exception.Message);
        }
    }

    private static async Task Report(RunOptions options, IReadOnlyList<CaseResult> results)
    {
        var text = TextReport.Write(results);
        Console.Write(text);
        if (options.Out is not null)
        {
            await File.WriteAllTextAsync(options.Out.FullName, text);
        }

        if (options.JUnit is not null)
        {
            await File.WriteAllTextAsync(options.JUnit.FullName, JUnitReport.Write(results));
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return ExitCodes.CouldNotRun;
    }
}
