using Azure.Data.Tables;
using Grains.Queries;
using Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A silo on this machine, with state in Azure Table storage: ConnectionString names the account, Azurite by default.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<Walks>();
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering();
    silo.AddAzureTableGrainStorage(StorageNames.Provider, options =>
    {
        options.TableServiceClient = new TableServiceClient(
            builder.Configuration["Storage:ConnectionString"] ?? "UseDevelopmentStorage=true",
            new TableClientOptions
            {
                // Together below the time-out of a grain call .
                Retry = { NetworkTimeout = TimeSpan.FromSeconds(5), MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(1) },
            });
        options.GrainStorageSerializer = new StateSerializer();
        options.DeleteStateOnClear = true;
    });
});
await builder.Build().RunAsync();
