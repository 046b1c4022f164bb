using System.CommandLine;

namespace Conformance.Options;

/// <summary>The command line.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Url = new("--url")
    {
        Description = "The Tenant URL: where /Users stands below.",
        HelpName = "U",
    };

    private static readonly Option<string?> Token = new("--token")
    {
        Description = "The bearer token.",
        HelpName = "T",
    };

    private static readonly Option<FileInfo?> Out = new("--out")
    {
        Description = "A file for the report, beside the console.",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> JUnit = new("--junit")
    {
        Description = "A file for the results as JUnit XML.",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Markdown = new("--markdown")
    {
        Description = "Writes the documentation with the table of all cases. No server is needed.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "Only cases whose id begins so: patch, filter.string.eq. May be given more than once.",
        HelpName = "id",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> List = new("--list")
    {
        Description = "Lists the cases and sends nothing.",
    };

    private static readonly Option<string> For = new Option<string>("--profile")
    {
        Description = "Where identity providers and the RFCs contradict each other: go by the former (provider) or by the letter (rfc).",
        DefaultValueFactory = _ => "provider",
    }.AcceptOnlyFromAmong("provider", "rfc");

    private static readonly Option<int> AtATime = new("--parallel")
    {
        Description = "How many cases run at a time.",
        HelpName = "P",
        DefaultValueFactory = _ => RunOptions.DefaultParallel,
    };

    /// <summary>The command; <paramref name="run"/> is called with what was asked for.</summary>
    public static RootCommand Build(Func<RunOptions, Task<int>> run)
    {
        var command = new RootCommand("Checks a SCIM 2.0 server. Exit code 0: all cases passed. 1: a case failed. 2: it could not run.")
        {
            Url, Token, Out, JUnit, Markdown, Only, List, For, AtATime,
        };
        command.SetAction((result, _) => run(new RunOptions
        {
            Url = result.GetValue(Url),
            Token = result.GetValue(Token),
            Out = result.GetValue(Out),
            JUnit = result.GetValue(JUnit),
            Markdown = result.GetValue(Markdown),
            Only = result.GetValue(Only)!,
            List = result.GetValue(List),
            Profile = result.GetValue(For) == "rfc" ? Profile.Rfc : Profile.Provider,
            Parallel = Math.Max(1, result.GetValue(AtATime)),
        }));
        return command;
    }
}
