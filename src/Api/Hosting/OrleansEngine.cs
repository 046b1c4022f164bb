using Api.Admin;
using Azure.Data.Tables;
using Grains.Storage;

namespace Api.Hosting;

/// <summary>The composition root of the Orleans engine: a silo in this process, with Azure Table storage.</summary>
internal static class OrleansEngine
{
    private const string TableStorage = "table";
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    /// <summary>Runs the grains in a silo of this process.</summary>
    public static void AddGrainEngine(this WebApplicationBuilder builder, MusterSettings settings)
    {
        builder.Services.AddGrainSettings(settings);
        builder.Services.AddSingleton<IBackups, NoBackups>();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddAzureTableGrainStorage(TableStorage, options =>
            {
                options.TableServiceClient = new TableServiceClient(settings.StorageConnectionString ?? DevelopmentStorage, ClientOptions());
                options.GrainStorageSerializer = new StateSerializer();
                options.DeleteStateOnClear = true;
            });
            silo.Services.AddKeyedSingleton<IGrainStorage>(StorageNames.Provider, (services, _) => services.Decorated(
                services.GetRequiredKeyedService<IGrainStorage>(TableStorage)));
        });
    }

    /// <summary>There is nothing to open beforehand: the tables are reached when the silo starts.</summary>
    public static bool OpenStorage(this IServiceProvider services) => services is not null;

    /// <summary>Time-outs and retries of the storage client, which together stay below the time-out of a grain call.</summary>
    private static TableClientOptions ClientOptions() => new()
    {
        Retry = { NetworkTimeout = TimeSpan.FromSeconds(5), MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(200), MaxDelay = TimeSpan.FromSeconds(1) },
    };
}
