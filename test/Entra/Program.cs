using Entra;
using Entra.Options;
using Spectre.Console;

var interactive = !Console.IsOutputRedirected;
var command = CommandLine.Build((options, cancellation)
    => new Simulation(options, AnsiConsole.Console, Console.Out, interactive).RunAsync(cancellation));
var parsed = command.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        Console.Error.WriteLine(error.Message);
    }

    Console.Error.WriteLine("See --help.");
    return CommandLine.UsageError;
}

return await parsed.InvokeAsync();
