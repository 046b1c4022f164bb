using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace Entra.Options;

/// <summary>The command line: its options, their documentation, and what values they take.</summary>
internal static class CommandLine
{
    /// <summary>The exit code when the command line is wrong.</summary>
    public const int UsageError = 2;

    private const string Okta = "okta";

    private static readonly SimulatorOptions s_defaults = new();

    private static readonly Option<Uri?> s_url = new("--url")
    {
        Description = "The Tenant URL of one directory (with --token), or the server's root URL (with --admin).",
        HelpName = "U",
        CustomParser = ParseUrl,
    };

    private static readonly Option<string?> s_token = new("--token")
    {
        Description = "The Secret Token of the directory at --url.",
        HelpName = "T",
    };

    private static readonly Option<string?> s_admin = new("--admin")
    {
        Description = "A platform admin key: a tenant and --directories directories are made with it, and all run at once.",
        HelpName = "A",
    };

    private static readonly Option<int> s_directories = Count(
        "--directories",
        "D",
        s_defaults.Directories,
        least: 1,
        "How many directories to make with --admin.");
    private static readonly Option<int> s_users = Count(
        "--users",
        "N",
        s_defaults.Users,
        least: 1,
        "Users of each directory at the start.");
    private static readonly Option<int> s_groups = Count(
        "--groups",
        "M",
        s_defaults.Groups,
        least: 0,
        "Groups of each directory at the start.");

    private static readonly Option<int> s_members = Count(
        "--members",
        "K",
        s_defaults.Members,
        least: 0,
        "Memberships of each directory in all, spread over its groups: few are large, many small.");

    private static readonly Option<string> s_idp = new Option<string>("--idp")
    {
        Description = "Whose traffic is played. Directories made with --admin get the dialect that goes with it.",
        DefaultValueFactory = _ => "entra",
    }.AcceptOnlyFromAmong("entra", Okta);

    private static readonly Option<string?> s_dialect = new Option<string?>("--dialect")
    {
        Description = "How changes are written. Entra: as by default, or as with a Tenant URL that ends in ?aadOptscim062020 (flagged). "
            + "Okta: as by an application made with its wizard (PUT) or one of its catalogue (PATCH too); unless told, directories take turns.",
    }.AcceptOnlyFromAmong("default", "flagged", "wizard", "catalogue");

    private static readonly Option<string> s_mapping = new Option<string>("--mapping")
    {
        Description = "What is sent: the attribute mapping of a product. Some have no groups; then none are sent. With --verify-only, that of the run.",
        DefaultValueFactory = _ => AttributeMapping.Standard.Name,
    }.AcceptOnlyFromAmong(AttributeMapping.Names);

    private static readonly Option<DnsEndPoint?> s_connectTo = new("--connect-to")
    {
        Description = "Where to connect to, whatever host the Tenant URL names.",
        HelpName = "host:port",
        CustomParser = ParseEndPoint,
    };

    private static readonly Option<bool> s_passwords = new("--passwords")
    {
        Description = "With --idp okta: creates carry a password.",
    };

    private static readonly Option<int> s_cycles = Count(
        "--cycles",
        "C",
        s_defaults.Cycles,
        least: 0,
        "Incremental cycles after the initial one.");

    private static readonly Option<int> s_parallel = Count(
        "--parallel",
        "P",
        s_defaults.Parallel,
        least: 1,
        "Requests in flight at a time, for each directory. With 1, a seed sends the same requests in the same order.");

    private static readonly Option<ulong> s_seed = new("--seed")
    {
        Description = "What all that is random is drawn from.",
        HelpName = "S",
        DefaultValueFactory = _ => s_defaults.Seed,
    };

    private static readonly Option<double> s_retries = new("--retries")
    {
        Description = "The fraction of writes that are sent a second time, as if the first answer had been lost (0 to 1).",
        HelpName = "fraction",
        DefaultValueFactory = _ => s_defaults.Retries,
        CustomParser = result => ParseNumber(result, low: 0, high: 1),
    };

    private static readonly Option<int> s_maxRetries = Count(
        "--max-retries",
        "count",
        s_defaults.MaxRetries,
        least: 0,
        "How often in a row one request may be told to wait (429, 503 with Retry-After).");

    private static readonly Option<double> s_outages = new("--outages")
    {
        Description = "For how many seconds the server may be away at a time: requests are then repeated, as Entra does. "
            + "0: a connection that is refused or lost is a surprise.",
        HelpName = "seconds",
        DefaultValueFactory = _ => s_defaults.Outages.TotalSeconds,
        CustomParser = result => ParseNumber(result, low: 0, high: 3600),
    };

    private static readonly Option<double> s_settle = new("--settle")
    {
        Description = "For how many seconds the final reading may differ from the model.",
        HelpName = "seconds",
        DefaultValueFactory = _ => s_defaults.Settle.TotalSeconds,
        CustomParser = result => ParseNumber(result, low: 0, high: 3600),
    };

    private static readonly Option<FileInfo?> s_state = new("--state")
    {
        Description = "The file that the model is saved to at the end, or read from with --verify-only. It holds the tokens.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> s_verifyOnly = new("--verify-only")
    {
        Description = "Changes nothing; compares the server with the model in --state.",
    };

    /// <summary>The command; <paramref name="run"/> is called with options that were found good.</summary>
    public static RootCommand Build(Func<SimulatorOptions, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand(
            "Plays Microsoft Entra ID or Okta: provisions invented people and groups into SCIM directories, and checks every answer. "
            + "Exit code 0: all was as expected. 1: there were surprises. 2: the command line is wrong.")
        {
            s_url, s_token, s_admin, s_directories, s_users, s_groups, s_members, s_idp, s_dialect, s_mapping, s_connectTo, s_passwords, s_cycles, s_parallel, s_seed,
            s_retries, s_maxRetries, s_outages, s_settle, s_state, s_verifyOnly,
        };
        command.SetAction(async (result, cancellation) =>
        {
            // Not a validator of the command: those run before defaults are filled in.
            var options = Read(result);
            var problems = OptionsCheck.Problems(options);
            foreach (var problem in problems)
            {
                await Console.Error.WriteLineAsync(problem);
            }

            return problems.Count > 0 ? UsageError : await run(options, cancellation);
        });
        return command;
    }

    private static SimulatorOptions Read(ParseResult result)
    {
        var mapping = AttributeMapping.Read(result.GetValue(s_mapping)!);
        return new SimulatorOptions
        {
            Url = result.GetValue(s_url),
            Token = result.GetValue(s_token),
            AdminKey = result.GetValue(s_admin),
            Directories = result.GetValue(s_directories),
            Users = result.GetValue(s_users),
            Groups = mapping.Groups ? result.GetValue(s_groups) : 0,
            Members = mapping.Groups ? result.GetValue(s_members) : 0,
            Idp = result.GetValue(s_idp) == Okta ? IdentityProvider.Okta : IdentityProvider.Entra,
            Dialect = result.GetValue(s_dialect) is { } dialect ? Enum.Parse<PatchDialect>(dialect, ignoreCase: true) : null,
            Mapping = mapping,
            ConnectTo = result.GetValue(s_connectTo),
            Passwords = result.GetValue(s_passwords),
            Cycles = result.GetValue(s_cycles),
            Parallel = result.GetValue(s_parallel),
            Seed = result.GetValue(s_seed),
            Retries = result.GetValue(s_retries),
            MaxRetries = result.GetValue(s_maxRetries),
            Outages = TimeSpan.FromSeconds(result.GetValue(s_outages)),
            Settle = TimeSpan.FromSeconds(result.GetValue(s_settle)),
            State = result.GetValue(s_state),
            VerifyOnly = result.GetValue(s_verifyOnly),
        };
    }

    private static Option<int> Count(string name, string helpName, int standard, int least, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least)
            {
                return value;
            }

            result.AddError($"{name}: '{text}' is not a whole number of {least} or more.");
            return standard;
        },
    };

    private static double ParseNumber(ArgumentResult result, double low, double high)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= low
            && value <= high)
        {
            return value;
        }

        result.AddError($"{NameOf(result)}: '{text}' is not a number from {low} to {high}.");
        return low;
    }

    private static Uri? ParseUrl(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0)
        {
            return url;
        }

        result.AddError($"--url: '{text}' is not an absolute http or https address without a query (for the flag, use --dialect flagged).");
        return null;
    }

    private static DnsEndPoint? ParseEndPoint(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var colon = text.LastIndexOf(':');
        if (colon > 0 && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return new DnsEndPoint(text[..colon], port);
        }

        result.AddError($"--connect-to: '{text}' is not a host with a port.");
        return null;
    }

    private static string NameOf(ArgumentResult result) => (result.Parent as OptionResult)?.Option.Name ?? "";
}
