using Bench;
using Bench.Client;
using Bench.Options;

const int NotMeasured = 1;

if (args is not ["bare", ..])
{
    LoadGenerator.Prepare();
}

try
{
    return BenchCommands.Build().Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (BenchException exception)
{
    Console.Error.WriteLine(exception.Message);
    return NotMeasured;
}
