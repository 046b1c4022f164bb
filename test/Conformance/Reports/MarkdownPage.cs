using System.Text;

namespace Conformance.Reports;

/// <summary>The documentation of the suite, with a table of all its cases.</summary>
internal static class MarkdownPage
{
    public static string Write()
    {
        var all = Catalogue.All;
        var page = new StringBuilder();
        page.Append($$"""
            # SCIM conformance

            `test/Conformance` checks any SCIM 2.0 server from outside, over HTTP: {{all.Count}} cases from RFC 7643, RFC 7644 and RFC 9865, from what Microsoft Entra ID and Okta document, from Microsoft's validator and from the checks of scim2-tester.

            ```sh
            dotnet run --project test/Conformance -- --url https://scim.example.com/scim/v2 --token "$TOKEN"
            ```

            | option | |
            |---|---|
            | `--url`, `--token` | the Tenant URL and the bearer token |
            | `--profile provider\|rfc` | where identity providers and the RFCs contradict each other (see Disagreements): go by the former (the default) or by the letter |
            | `--only patch` | only cases whose id begins so; may be given more than once |
            | `--list` | lists the cases and sends nothing |
            | `--out FILE`, `--junit FILE` | the report as text, the results as JUnit XML |
            | `--markdown FILE` | writes this page |
            | `--parallel 4` | how many cases run at a time |

            Exit code 0: all cases passed. 1: a case failed; the report says what was expected, what was sent and what came. 2: the server does not answer or does not let the suite in.

            Each case makes what it needs under names of its own and deletes it, also when it fails. A directory that is in use can be checked, but a test directory is better: some cases list all users. 429 and `Retry-After` are obeyed.

            What a server offers is read from `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas`. Cases about something optional that is not offered are counted apart, as *not offered*, never as passed; other cases then check what the RFCs ask of a server without it.

            A directory of Muster in the dialect `entra` (the default) is to be checked with `--profile provider`, one in the dialect `strict` with `--profile rfc`. The strict dialect refuses PATCH without a path, as the SCIM interoperability profile asks, though RFC 7644 allows it: those cases fail there.

            ## Disagreements

            Where a public test or an identity provider asks for something else than the RFCs.

            | who | expects | the RFC | here |
            |---|---|---|---|

            """);
        foreach (var item in Disagreements.All)
        {
            page.AppendLine($"| {Cell(item.Who)} | {Cell(item.Expects)} | {Cell(item.Rfc)} | {Cell(item.Here)} |");
        }

        page.AppendLine().AppendLine("## Cases").AppendLine();
        page.AppendLine("Level: how binding it is by RFC 2119, or *provider* for what an identity provider expects. *rfc*: only with `--profile rfc`.").AppendLine();
        foreach (var area in all.GroupBy(c => c.Area, StringComparer.Ordinal))
        {
            page.AppendLine($"### {area.Key} ({area.Count()})").AppendLine();
            page.AppendLine("| id | expected | source | level |").AppendLine("|---|---|---|---|");
            foreach (var item in area)
            {
                page.AppendLine($"| `{item.Id}` | {Cell(item.Title)} | {Cell(item.Source)} | {LevelOf(item)} |");
            }

            page.AppendLine();
        }

        return page.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    private static string LevelOf(Case item) => (item.Level, item.Profile) switch
    {
        (Level.Provider, _) => "provider",
        (_, Profile.Rfc) => $"{Name(item.Level)}, rfc",
        _ => Name(item.Level),
    };

    private static string Name(Level level) => level switch
    {
        Level.Must => "MUST",
        Level.Should => "SHOULD",
        _ => "MAY",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
