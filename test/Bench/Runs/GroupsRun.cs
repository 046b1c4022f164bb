using System.Diagnostics;
using System.Text;
using Bench.Client;
using Bench.Directories;
using Bench.Measuring;
using Bench.Options;
using Bench.Processes;
using Bench.Reports;
using Bench.Requests;

namespace Bench.Runs;

/// <summary>Measures what a member costs in groups of several sizes, many members at once, and reading a large group.</summary>
internal sealed class GroupsRun(BenchOptions options)
{
    private const int AtOnce = 2_000;
    private const int OutsidersEach = 16;
    private static readonly TimeSpan Warmth = TimeSpan.FromSeconds(5);

    /// <summary>Measures, and prints tables.</summary>
    public void Run()
    {
        var largest = options.Members.Max();
        var prepared = PreparedDatabase.Get(options.Work, largest, spares: 0, options.Assembly);
        using var server = new MusterProcess(prepared.Copy(options.Work), assembly: options.Assembly);
        var (tenantUrl, token, users) = (server.TenantUrl, prepared.Directory.Token, prepared.Directory.Users);
        var outsiders = DirectoryLoader.Fill(tenantUrl, token, "outsider", options.Connections * OutsidersEach, groups: 0);
        var groups = DirectoryLoader.MakeGroups(tenantUrl, token, "bench", options.Members.Count + 1);
        var empty = groups[^1];
        var patches = new TextTable("group of", $"PATCHes of {AtOnce}", "median s", "longest s");
        for (var i = 0; i < options.Members.Count; i++)
        {
            var times = DirectoryLoader.AddMembers(tenantUrl, token, groups[i], users[..options.Members[i]], AtOnce);
            var whole = options.Members[i] / AtOnce;
            if (whole > 0)
            {
                var seconds = times.Take(whole).Select(t => (double?)t.TotalSeconds).ToList();
                patches.Add(Figures.Text(options.Members[i]), Figures.Text(whole), Figures.Text(Spread.Of(seconds)?.Median, 3), Figures.Text(seconds.Max(), 3));
            }
        }

        var address = ServerAddress.Of(tenantUrl);
        var probe = new Probe(server.Id, server.Operations);
        var changes = ByTurns(probe, address, groups[..^1], options.Connections, (group, connection) => AddAndRemove(address, outsiders, group, connection));
        var ends = (string[])[empty, groups[options.Members.ToList().IndexOf(largest)]];
        var reads = ByTurns(probe, address, ends, options.Connections, (group, _) =>
            new TemplateSource(address.Request("GET", $"/Groups/{group}?excludedAttributes=members", token), expectedStatus: 200));

        Console.WriteLine($"""

            {LoadResults.ThisMachine()}

            One member added, then removed, by {options.Connections} connections:

            {Table(options.Members, changes)}
            Many members added by one request:

            {patches}
            GET with excludedAttributes=members:

            {Table([0, largest], reads)}
            GET of the largest group with all its members: {WholeGroup(tenantUrl, token, ends[1])}
            """);
    }

    private static TurnsSource AddAndRemove(ServerAddress address, BenchDirectory outsiders, string group, int connection)
    {
        var ids = outsiders.Users.Skip(connection * OutsidersEach).Take(OutsidersEach).Select(Encoding.UTF8.GetBytes).ToArray();
        var next = 0;
        return new TurnsSource(
            address.Request("PATCH", "/Groups/" + group, outsiders.Token, UserBodies.AddMember),
            address.Request("PATCH", "/Groups/" + group, outsiders.Token, UserBodies.RemoveMember),
            () => ids[next++ % ids.Length]);
    }

    private static string WholeGroup(Uri tenantUrl, string token, string group)
    {
        using var client = new SetupClient(tenantUrl, token);
        var start = Stopwatch.GetTimestamp();
        var (status, body) = client.Exchange(HttpMethod.Get, "/Groups/" + group);
        return $"{status}, {Figures.Text(body.Length / 1e6, 1)} MB in {Figures.Text(Stopwatch.GetElapsedTime(start).TotalSeconds, 2)} s";
    }

    private List<Sample>[] ByTurns(Probe probe, ServerAddress address, string[] groups, int connections, Func<string, int, RequestSource> make)
    {
        var samples = groups.Select(_ => new List<Sample>()).ToArray();
        Array.ForEach(groups, group => One(group, Warmth));
        for (var round = 0; round < options.Pairs; round++)
        {
            for (var i = 0; i < groups.Length; i++)
            {
                samples[i].Add(One(groups[i], TimeSpan.FromSeconds(options.Seconds)));
            }
        }

        return samples;

        Sample One(string group, TimeSpan time)
        {
            // What one run added and did not come to remove, the next one's first requests find there: a few of thousands.
            return probe.Run(address.Server, new LoadShape { Connections = connections, Duration = time }, i => make(group, i));
        }
    }

    private static TextTable Table(IReadOnlyList<int> members, List<Sample>[] samples)
    {
        var table = new TextTable("members", "CPU µs", "times", "reads", "writes", "a second", "p50 ms", "p99 ms", "generator µs", "errors");
        var first = Of(0, s => s.CpuMicroseconds)?.Median;
        for (var i = 0; i < samples.Length; i++)
        {
            table.Add(
                Figures.Text(members[i]),
                Figures.Text(Of(i, s => s.CpuMicroseconds)),
                Figures.Text(Of(i, s => s.CpuMicroseconds)?.Median / first, 2),
                Figures.Text(Of(i, s => s.Reads)?.Median, 2),
                Figures.Text(Of(i, s => s.Writes)?.Median, 2),
                Figures.Text(Of(i, s => s.PerSecond)),
                Figures.Text(Of(i, s => s.Median)?.Median, 2),
                Figures.Text(Of(i, s => s.P99)?.Median, 2),
                Figures.Text(Of(i, s => s.GeneratorMicroseconds)?.Median),
                Figures.Text(samples[i].Sum(s => s.Errors)));
        }

        return table;

        Spread? Of(int group, Func<Sample, double?> figure) => Spread.Of(samples[group].Select(figure));
    }
}
