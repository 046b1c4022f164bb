using Api.Commands;
using Api.Hosting;

if (args.NameCommand())
{
    return await args.RunCommand();
}

await using var server = MusterServer.Create(args);
if (server is null)
{
    return 1;
}

try
{
    await server.Start();
}
catch (Exception) when (server.App.Lifetime.ApplicationStopping.IsCancellationRequested)
{
    // It was told to end before it had begun, as when it waits for a cluster that is not there.
    return 0;
}

await server.App.WaitForShutdownAsync();
return 0;
