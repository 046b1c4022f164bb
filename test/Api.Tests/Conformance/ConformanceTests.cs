using System.Runtime.CompilerServices;
using Conformance.Cases;
using Conformance.Reports;
using Conformance.Running;

namespace Api.Tests.Scim;

/// <summary>The conformance suite against the whole server: <c>docs/conformance.md</c>.</summary>
public sealed class ConformanceTests
{
    private const int Parallel = 8;

    [Theory]
    [InlineData("entra")]
    [InlineData("strict")]
    public async Task Suite_AgainstTheServer_FailsOnlyWhereItIsKnownTo(string dialect)
    {
        var server = await TestServer.Shared;
        var directory = await server.MakeDirectory(dialect: dialect);
        var cases = Catalogue.All.Where(c => c.Profile != (dialect == "strict" ? Profile.Provider : Profile.Rfc)).ToList();

        var results = await SuiteRun.Run(server.Http, directory.Scim.Root, directory.Token, cases, Parallel);

        var gaps = Listed("known-gaps.txt").Concat(dialect == "strict" ? Listed("strict-refusals.txt") : []).ToHashSet(StringComparer.Ordinal);
        var unknown = results.Where(r => r.Outcome == Outcome.Failed && !gaps.Contains(r.Case.Id)).ToList();
        unknown.ShouldBeEmpty(TextReport.Write(unknown));
        results.Where(r => r.Outcome != Outcome.Failed && gaps.Contains(r.Case.Id)).Select(r => r.Case.Id)
            .ShouldBeEmpty("These are listed as failing and do not any more: take them out.");
        (await directory.Scim.Get("/Users")).TotalResults.ShouldBe(0);
        (await directory.Scim.Get("/Groups")).TotalResults.ShouldBe(0);
    }

    [Fact]
    public void Cases_AreManyAndNamedOnce()
    {
        var ids = Catalogue.All.Select(c => c.Id).ToList();

        ids.Count.ShouldBeGreaterThanOrEqualTo(400);
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.All(c => char.IsAsciiLetterOrDigit(c) || c == '.' || c == '-'));
        Listed("known-gaps.txt").ShouldBeSubsetOf(ids);
        Listed("strict-refusals.txt").ShouldBeSubsetOf(ids);
    }

    [Fact]
    public async Task Documentation_ListsAllCases() =>
        (await File.ReadAllTextAsync(Path.Combine(Here(), "../../../docs/conformance.md")))
            .ShouldBe(MarkdownPage.Write(), "Write it anew: dotnet run --project test/Conformance -- --markdown docs/conformance.md");

    private static IEnumerable<string> Listed(string file) =>
        File.ReadAllLines(Path.Combine(Here(), file)).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#');

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
