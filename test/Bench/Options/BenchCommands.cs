using System.CommandLine;
using System.Globalization;
using Bench.Bare;
using Bench.Library;
using Bench.Measuring;
using Bench.Reports;
using Bench.Requests;
using Bench.Runs;

namespace Bench.Options;

/// <summary>The command line: what can be measured, and how.</summary>
internal static class BenchCommands
{
    private static readonly BenchOptions Defaults = new();

    private static readonly Option<int[]> Users = Counts("--users", Defaults.Users, "How many users a directory has; one measurement for each.");
    private static readonly Option<int[]> Members = Counts("--members", Defaults.Members, "How many members a group has; one measurement for each.");
    private static readonly Option<int> Connections = Count("--connections", Defaults.Connections, "How many connections send at once.");
    private static readonly Option<int> Seconds = Count("--seconds", Defaults.Seconds, "How long a run is.");
    private static readonly Option<int> Pairs = Count("--pairs", Defaults.Pairs, "How many runs of each sort there are.");
    private static readonly Option<int> Directories = Count("--directories", Defaults.Directories, "How many directories there are at once.");
    private static readonly Option<int> RateLimit = Count("--rate-limit", Defaults.RateLimit, "Requests a second that a directory takes; 0 for no limit.", least: 0);
    private static readonly Option<int> Tries = Count("--tries", Defaults.Tries, "How often each credential is tried.");
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long the soak is.", DefaultValueFactory = _ => Defaults.Minutes };
    private static readonly Option<Uri?> Url = new("--url")
    {
        Description = "The Tenant URL of a server that runs already, by http; any SCIM server.",
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp)
            {
                return url;
            }

            result.AddError($"--url: '{result.Tokens.Single().Value}' is not an absolute http address.");
            return null;
        },
    };

    private static readonly Option<string?> Token = new("--token") { Description = "The bearer token for --url." };
    private static readonly Option<int?> ProcessId = new("--pid") { Description = "The process of the server at --url, if its CPU time is to be read." };
    private static readonly Option<string> Work = new("--work")
    {
        Description = "The folder for databases and logs. Filled databases are kept for the next time.",
        DefaultValueFactory = _ => Defaults.Work,
    };

    private static readonly Option<string?> Out = new("--out") { Description = "The file that all results are written to, as JSON." };
    private static readonly Option<string?> Assembly = new("--server") { Description = "The server's Api.dll, if another than the one built with this." };
    private static readonly Option<string[]> Kinds = new("--kinds")
    {
        Description = $"The kinds of requests: {string.Join(',', RequestKinds.All.Select(k => k.Name))}.",
        DefaultValueFactory = _ => [.. RequestKinds.All.Select(k => k.Name)],
        CustomParser = result =>
        {
            var names = result.Tokens[0].Value.Split(',');
            foreach (var unknown in names.Where(n => !RequestKinds.All.Any(k => k.Name == n)))
            {
                result.AddError($"--kinds: there is no '{unknown}'.");
            }

            return names;
        },
    };

    /// <summary>All that this program does.</summary>
    public static RootCommand Build() => new("Measures Muster: its library, and its server beside a bare endpoint on the same machine.")
    {
        LibraryCommand(),
        Command(
            "load",
            "Measures kinds of requests in pairs with a bare endpoint, for directories of several sizes.",
            options => new LoadRun(options).Run(),
            Users, Connections, Seconds, Pairs, Kinds, Url, Token, ProcessId),
        Command(
            "groups",
            "Measures members and large groups.",
            options => new GroupsRun(options).Run(),
            Members, Connections, Seconds, Pairs),
        Command(
            "neighbours",
            "Measures what many directories feel when one is hammered.",
            options => new NeighboursRun(options).Run(),
            Directories, Connections, Seconds, Pairs, RateLimit),
        Command(
            "soak",
            "Puts a mixed load on the server for long, and watches memory and latency.",
            options => new SoakRun(options).Run(),
            Users, Connections, Minutes),
        Command(
            "bulk",
            "Measures many creates in one bulk request, and as requests of their own.",
            options => new BulkRun(options).Run(),
            Users, Connections, Pairs),
        Command(
            "startup",
            "Measures how long the server takes to start with many users stored.",
            options => new StartupRun(options).Run(),
            Users, Pairs),
        Command(
            "queries",
            "Measures filters without an index and sorts in a directory of the last of --users, and what a neighbour feels of them.",
            options => new QueriesRun(options).Run(),
            Users, Seconds, Pairs),
        Command(
            "indexes",
            "Measures the building of an index in a directory of the last of --users while the directory is provisioned.",
            options => new IndexesRun(options).Run(),
            Users, Seconds),
        Command(
            "refusals",
            "Measures whether the time of a refusal tells what was wrong with the credential.",
            options => new RefusalsRun(options).Run(),
            Tries),
        Command(
            "requestlog",
            "Measures what the request log costs a request: kinds of requests at full speed, and a steady load on many directories, with it and without by turns.",
            options => new RequestLogRun(options).Run(),
            Users, Connections, Seconds, Pairs, Kinds, Directories),
        PlotCommand(),
        BareCommand(),
    };

    private static Command Command(string name, string description, Action<BenchOptions> run, params Option[] options)
    {
        var command = new Command(name, description) { Work, Out, Assembly };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(result => run(Read(result, command)));
        return command;
    }

    private static Command LibraryCommand()
    {
        var filter = new Option<string>("--filter") { Description = "Which benchmarks, as a pattern.", DefaultValueFactory = _ => "*" };
        var quick = new Option<bool>("--quick") { Description = "Few and short runs: to see that it works, not to measure." };
        var command = new Command("library", "Measures the protocol library by itself: time and allocations.") { filter, quick };
        command.SetAction(result => LibraryRun.Run(result.GetValue(filter)!, result.GetValue(quick)));
        return command;
    }

    private static Command PlotCommand()
    {
        var from = new Argument<string>("results") { Description = "What load --out has written." };
        var to = new Argument<string>("plot") { Description = "The SVG file to write." };
        var command = new Command("plot", "Draws what a request costs against the size of the directory.") { from, to };
        command.SetAction(result => File.WriteAllText(result.GetValue(to)!, CostPlot.Draw(LoadResults.Read(result.GetValue(from)!))));
        return command;
    }

    private static Command BareCommand()
    {
        var folder = new Option<string>("--folder") { Description = "Holds the answers.", Required = true };
        var rows = Count("--rows", 0, "How many rows there are at the start.", least: 0);
        var rowBytes = Count("--row-bytes", 0, "How large a row is.", least: 0);
        var command = new Command("bare", "Serves the bare endpoints; the other commands start it.") { folder, rows, rowBytes };
        command.Hidden = true;
        command.SetAction(result => BareServer.Run(result.GetValue(folder)!, result.GetValue(rows), result.GetValue(rowBytes)));
        return command;
    }

    private static BenchOptions Read(ParseResult result, Command command)
    {
        return new BenchOptions
        {
            Users = Get(Users) ?? Defaults.Users,
            Members = Get(Members) ?? Defaults.Members,
            Connections = Has(Connections) ? Get(Connections) : Defaults.Connections,
            Seconds = Has(Seconds) ? Get(Seconds) : Defaults.Seconds,
            Pairs = Has(Pairs) ? Get(Pairs) : Defaults.Pairs,
            Directories = Has(Directories) ? Get(Directories) : Defaults.Directories,
            RateLimit = Has(RateLimit) ? Get(RateLimit) : Defaults.RateLimit,
            Tries = Has(Tries) ? Get(Tries) : Defaults.Tries,
            Minutes = Has(Minutes) ? Get(Minutes) : Defaults.Minutes,
            Kinds = Get(Kinds) ?? Defaults.Kinds,
            Url = Get(Url),
            Token = Get(Token) ?? "",
            ProcessId = Get(ProcessId),
            Work = Path.GetFullPath(Get(Work)!),
            Out = Get(Out),
            Assembly = Get(Assembly),
        };

        bool Has(Option option) => command.Options.Contains(option);

        T? Get<T>(Option<T> option) => Has(option) ? result.GetValue(option) : default;
    }

    private static Option<int> Count(string name, int standard, string description, int least = 1) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least)
            {
                return value;
            }

            result.AddError($"{name}: '{result.Tokens[0].Value}' is not a whole number of {least} or more.");
            return standard;
        },
    };

    private static Option<int[]> Counts(string name, IReadOnlyList<int> standard, string description) => new(name)
    {
        Description = description + " Separated by commas.",
        DefaultValueFactory = _ => [.. standard],
        CustomParser = result =>
        {
            var counts = new List<int>();
            foreach (var text in result.Tokens[0].Value.Split(','))
            {
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0)
                {
                    counts.Add(value);
                }
                else
                {
                    result.AddError($"{name}: '{text}' is not a whole number of 1 or more.");
                }
            }

            return [.. counts];
        },
    };
}
