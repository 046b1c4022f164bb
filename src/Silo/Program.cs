using Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A silo on this machine, with state in Azure Table storage: ConnectionString names the account, Azurite by default.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.UseOrleans(silo =>
{
    silo.UseLocalhostClustering();
    silo.AddAzureTableGrainStorage(StorageNames.Provider, options =>
    {
        options.TableServiceClient = new Azure.Data.Tables.TableServiceClient(builder.Configuration["Storage:ConnectionString"] ?? "UseDevelopmentStorage=true");
        options.GrainStorageSerializer = new StateSerializer();
        options.DeleteStateOnClear = true;
    });
});
await builder.Build().RunAsync();
