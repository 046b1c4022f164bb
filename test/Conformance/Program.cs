using Conformance;
using Conformance.Options;

var parsed = CommandLine.Build(ConformanceRun.Run).Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync(error.Message);
    }

    await Console.Error.WriteLineAsync("See --help.");
    return ExitCodes.CouldNotRun;
}

return await parsed.InvokeAsync();
