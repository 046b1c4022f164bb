using System.CommandLine;
using Api.Hosting;

namespace Api.Commands;

/// <summary>
/// The commands, beside running the server: on the database file <c>backup</c>, <c>restore</c>, <c>check</c>; by a running server
/// <c>export</c> and <c>import</c>.
/// </summary>
internal static class EmbeddedCommands
{
    /// <summary>The exit code where a command could not do what was asked.</summary>
    public const int CouldNot = 2;

    private static readonly Option<string> Database = new("--database") { Description = "The database file; by default the one of the settings (Storage:Path)." };

    /// <summary>Whether the arguments name a command; otherwise they are settings of the server.</summary>
    public static bool NameCommand(this string[] args) => args is ["backup" or "restore" or "check" or "export" or "import", ..];

    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code: 0 where it was done, 1 where a check found damage, 2 where it could not be done.</returns>
    public static async Task<int> RunCommand(this string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            return CouldNot;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException or FormatException)
        {
            await Console.Error.WriteLineAsync($"{args[0]}: {exception.Message}");
            return CouldNot;
        }
    }

    private static RootCommand Build() => new("Muster: a multi-tenant SCIM 2.0 platform. Without a command it runs the server.")
    {
        Backup(),
        Restore(),
        Check(),
        Export(),
        Import(),
    };

    private static Command Backup()
    {
        var to = new Option<string>("--to") { Description = "The file to make; by default one in the backups' folder (Storage:Backups), named by the time." };
        var url = Url("Where a server that is running is asked; by default where the settings have it listen.");
        var command = new Command("backup", "Makes a backup of the database, whether a server is running on it or not, and checks it.") { to, Database, url };
        command.SetAction((result, stop) => new BackupCommand(Settings(result), result.GetValue(to), result.GetValue(url), Console.Out).Run(stop));
        return command;
    }

    private static Command Restore()
    {
        var from = new Option<string>("--from") { Description = "The backup.", Required = true };
        var to = new Option<string>("--to") { Description = "The database file; by default the one of the settings (Storage:Path)." };
        var command = new Command("restore", "Puts a backup in the place of the database of a server that is stopped. The old file is kept under another name.") { from, to };
        command.SetAction(result =>
        {
            var restored = SqliteRestore.Run(result.GetValue(from)!, result.GetValue(to) ?? Settings(result).StoragePath, TimeProvider.System.GetUtcNow());
            Console.WriteLine($"Restored {restored.File}: {restored.Rows} rows, {restored.Bytes} bytes.");
            foreach (var kept in restored.Kept)
            {
                Console.WriteLine($"Kept what was there before as {kept}.");
            }

            return 0;
        });
        return command;
    }

    private static Command Check()
    {
        var repair = new Option<bool>("--repair") { Description = "Mends what can be mended without losing anything, and says what it did." };
        var acceptLoss = new Option<bool>("--accept-loss") { Description = "With --repair: lets go of rows that cannot be read and of users and groups that are lost." };
        var json = new Option<bool>("--json") { Description = "Writes what was found as JSON." };
        var command = new Command("check", "Compares all rows of a database that no server has, or of a backup. Exit code 0: sound; 1: damage; 2: it could not be checked.")
        {
            Database, repair, acceptLoss, json,
        };
        command.SetAction(result => new CheckCommand(
            result.GetValue(Database) ?? Settings(result).StoragePath,
            result.GetValue(repair),
            result.GetValue(acceptLoss),
            result.GetValue(json),
            Console.Out).Run());
        return command;
    }

    private static Command Export()
    {
        var file = new Argument<string>("file") { Description = "The file to write. One that broke off is gone on with." };
        var directory = new Option<string>("--directory") { Description = "The id of the directory.", Required = true };
        var url = Url("Where the server is; by default where the settings have it listen.");
        var after = new Option<string>("--after") { Description = "The cursor of a line: writes only what comes behind it, into a file of its own." };
        var command = new Command("export", $"Has a running server write a directory out into a file. The admin key is taken from {RunningServer.KeyVariable}.") { file, directory, url, after };
        command.SetAction((result, stop) => new ExportCommand(
            Settings(result),
            result.GetValue(file)!,
            result.GetValue(directory)!,
            result.GetValue(url),
            result.GetValue(after),
            Console.Out,
            Console.Error).Run(stop));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "The export." };
        var directory = new Option<string>("--directory") { Description = "The id of the directory that takes it, normally an empty one.", Required = true };
        var url = Url("Where the server is; by default where the settings have it listen.");
        var command = new Command("import", $"Has a running server make what an export holds; what is there already stays as it is. Exit code 0: all of it stands; 1: something was refused; 2: it could not be done. The admin key is taken from {RunningServer.KeyVariable}.")
        {
            file, directory, url,
        };
        command.SetAction((result, stop) => new ImportCommand(
            Settings(result), result.GetValue(file)!, result.GetValue(directory)!, result.GetValue(url), Console.Out, Console.Error).Run(stop));
        return command;
    }

    private static Option<Uri> Url(string description) => new("--url")
    {
        Description = description,
        CustomParser = argument =>
        {
            var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https"))
            {
                return url;
            }

            argument.AddError($"--url is '{text}'; it must be the address of a server, as http://localhost:5000.");
            return null;
        },
    };

    /// <summary>The settings as the server has them, with the database that was named.</summary>
    private static MusterSettings Settings(ParseResult result)
    {
        var settings = WebApplication.CreateBuilder().AddMusterSettings(out var read) ? read : throw new IOException("The settings are at fault.");
        return result.GetResult(Database) is not null && result.GetValue(Database) is { } path ? settings with { StoragePath = path } : settings;
    }
}
