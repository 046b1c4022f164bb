using Grains.Storage;

namespace Api.Hosting;

/// <summary>The composition root of the Orleans engine: a silo in this process, with Azure Table storage.</summary>
internal static class OrleansEngine
{
    private const string DevelopmentStorage = "UseDevelopmentStorage=true";

    /// <summary>Runs the grains in a silo of this process.</summary>
    public static void AddGrainEngine(this WebApplicationBuilder builder, MusterSettings settings)
    {
        builder.Services.AddGrainSettings(settings);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddAzureTableGrainStorage(StorageNames.Provider, options =>
            {
                options.TableServiceClient = new Azure.Data.Tables.TableServiceClient(settings.StorageConnectionString ?? DevelopmentStorage);
                options.GrainStorageSerializer = new StateSerializer();
                options.DeleteStateOnClear = true;
            });
        });
    }

    /// <summary>There is nothing to open beforehand: the tables are reached when the silo starts.</summary>
    public static bool OpenStorage(this IServiceProvider services) => services is not null;
}
