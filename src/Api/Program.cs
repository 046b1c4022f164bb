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

await server.Start();
await server.App.WaitForShutdownAsync();
return 0;
