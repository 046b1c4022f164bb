using System.CommandLine;
using System.Globalization;
using Crash.Faults;
using Crash.Kills;

namespace Crash.Options;

/// <summary>The command line: kills by default, and the faults of the file as commands of their own.</summary>
internal static class CommandLine
{
    /// <summary>The dialect that is all of Okta's traffic.</summary>
    public const string Okta = "okta";

    private const string Both = "both";

    private static readonly Option<int> s_kills = Number("--kills", 200, "How often the server is killed, over all rounds.");
    private static readonly Option<int> s_users = Number("--users", 300, "Users of each directory.");
    private static readonly Option<int> s_groups = Number("--groups", 20, "Groups of each directory.");
    private static readonly Option<int> s_members = Number("--members", 3000, "Memberships of each directory.");
    private static readonly Option<int> s_directories = Number("--directories", 4, "Directories of each round.");
    private static readonly Option<int> s_cycles = Number("--cycles", 3, "Incremental cycles of each round.");
    private static readonly Option<int> s_settle = Number("--settle", 10, "For how many seconds the final reading may differ from the model.");
    private static readonly Option<int> s_minutes = Number("--minutes", 30, "After so many minutes no new round begins.");
    private static readonly Option<int> s_copies = Number("--copies", 300, "How many damaged copies are tried.");

    private static readonly Option<string> s_dialect = new Option<string>("--dialect")
    {
        Description = "The dialect of Entra's PATCH, or okta for Okta's traffic; with both, rounds take all three in turn.",
        DefaultValueFactory = _ => Both,
    }.AcceptOnlyFromAmong(Both, "default", "flagged", Okta);

    private static readonly Option<bool> s_allowLeftovers = new("--allow-leftovers")
    {
        Description = "A deleted resource that is still named by the other side of a membership is reported, and is no failure.",
    };

    private static readonly Option<ulong> s_seed = new("--seed")
    {
        Description = "The seed of the first round; each round has the next one. Drawn where it is not given, and printed.",
        DefaultValueFactory = _ => (ulong)Random.Shared.Next(1, 1_000_000),
    };

    private static readonly Option<string> s_work = new("--work")
    {
        Description = "The folder for databases, models and logs; it is kept.",
        DefaultValueFactory = _ => Path.Combine(
            Path.GetTempPath(), "muster-crash", DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)),
    };

    public static RootCommand Build()
    {
        var root = new RootCommand(
            "Kills a Muster server at random moments while the simulator provisions into it, and compares at the end. "
            + "Uses what `dotnet build -c Release` of src/Api and test/Entra made. Exit code 0: all as expected. 1: not.")
        {
            s_kills, s_users, s_groups, s_members, s_directories, s_cycles, s_settle, s_minutes, s_dialect, s_seed, s_work, s_allowLeftovers,
        };
        root.SetAction((result, stop) => new KillRun(Read(result)).RunAsync(stop));
        root.Add(Fault("damaged", "Serves randomly damaged copies of a database.", (options, stop) => new DamagedCopies(options).RunAsync(stop)));
        root.Add(Fault("disk-full", "Fills the disk under a server at work.", (options, stop) => new FullDisk(options).RunAsync(stop)));
        root.Add(Fault("read-only", "Starts a server on a file, and in a folder, that cannot be written.", (options, stop) => new ReadOnlyFile(options).RunAsync(stop)));
        return root;
    }

    private static Command Fault(string name, string description, Func<CrashOptions, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description) { s_users, s_groups, s_members, s_directories, s_cycles, s_settle, s_seed, s_work, s_copies };
        command.SetAction((result, stop) => run(Read(result), stop));
        return command;
    }

    private static CrashOptions Read(ParseResult result)
    {
        var dialect = result.GetValue(s_dialect);
        return new()
        {
            Kills = result.GetValue(s_kills),
            Dialects = dialect is null or Both ? ["default", "flagged", Okta] : [dialect],
            Users = result.GetValue(s_users),
            Groups = result.GetValue(s_groups),
            Members = result.GetValue(s_members),
            Directories = result.GetValue(s_directories),
            Cycles = result.GetValue(s_cycles),
            Seed = result.GetValue(s_seed),
            Work = Path.GetFullPath(result.GetValue(s_work)!),
            Settle = result.GetValue(s_settle),
            Minutes = result.GetValue(s_minutes),
            AllowLeftovers = result.GetValue(s_allowLeftovers),
            Copies = result.GetValue(s_copies),
        };
    }

    private static Option<int> Number(string name, int standard, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => standard,
    };
}
